import sys


class Book: ...


def main() -> None:
    book = Book()
    before = sys.getrefcount(book)
    shelf = [book, book]
    window = shelf
    print(sys.getrefcount(book) - before, len(window))


if __name__ == "__main__":
    main()
