import sqlite3
from contextlib import closing

SALE = "INSERT INTO sales VALUES (?)"


def sell(shop: sqlite3.Connection, title: str) -> None:
    with shop:
        shop.execute(SALE, (title,))


def main() -> None:
    with closing(sqlite3.connect(":memory:")) as shop:
        shop.execute("CREATE TABLE sales (title TEXT)")
        try:
            with shop:
                shop.execute(SALE, ("The Tide Clock",))
                sell(shop, "Salt Roads")
                shop.execute(SALE, ("Night Trains",))
                raise RuntimeError("the till is jammed")
        except RuntimeError as error:
            print(error)
        cursor = shop.execute("SELECT count(*) FROM sales")
        print("sales:", cursor.fetchone()[0])


if __name__ == "__main__":
    main()
