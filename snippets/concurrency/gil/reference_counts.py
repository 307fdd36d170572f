import sys
import weakref


class Book:
    def __init__(self, title: str) -> None:
        self.title = title


def main() -> None:
    book = Book("Night Trains")
    weakref.finalize(book, print, "the book is gone")
    one_name = sys.getrefcount(book)

    window = book
    print("a second name:", sys.getrefcount(book) - one_name)
    shelf = [book, book]
    print("and twice in a list:", sys.getrefcount(book) - one_name)

    shelf.clear()
    print("list cleared:", sys.getrefcount(book) - one_name)
    del window
    print("second name gone:", sys.getrefcount(book) - one_name)
    del book
    print("end of main")


if __name__ == "__main__":
    main()
