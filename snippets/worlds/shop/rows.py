"""The rows of each table, their values in the order of its columns."""

from datetime import date, datetime, timedelta

CUSTOMERS = [  # id, email, name, phone
    (1, "amara@example.com", "Amara Osei", "555-0101"),
    (2, "bilal@example.com", "Bilal Khan", "555-0102"),
    (3, "chloe@example.com", "Chloé Martin", "555-0103"),
    (4, "diego@example.com", "Diego O'Neill", "555-0104"),
    (5, "emi@example.com", "Emi Sato", None),
]

BOOKS = [  # isbn, title, price_cents, stock, category_id, published_on
    ("9780000000019", "The Tide Clock", 1850, 12, 2, date(2021, 3, 4)),
    ("9780000000026", "Salt Roads", 2200, 3, 2, date(2019, 9, 12)),
    ("9780000000033", "100% Bread", 1500, 0, 5, date(2023, 10, 5)),
    ("9780000000040", "snake_case Stories", 999, 5, 1, None),
    ("9780000000057", "Field Guide to Clouds", 2750, 7, 4, None),
    ("9780000000064", "Night Trains", 1250, 1, 1, date(2025, 11, 20)),
    ("9780000000071", "L'Été indien", 1750, 4, 1, date(2022, 8, 18)),
    ("9780000000088", "A Short Silence", 1100, 2, None, None),
]

SOLD = [  # one {book_id: copies} a day, over the counter and online
    {1: 1, 3: 2},
    {1: 2, 2: 2},
    {5: 1},
    {4: 1},
    {1: 1, 5: 2},
    {1: 3, 2: 1, 3: 1, 7: 2},
    {7: 1},
    {4: 3},
    {1: 1},
    {2: 1, 8: 1},
    {1: 2, 5: 1},
    {4: 1, 7: 1},
    {1: 3, 5: 2},
    {2: 1},
]


def all_rows(start: datetime) -> dict[str, list[tuple]]:
    """Every table with its rows; the clock is passed in."""

    def after(days: int) -> datetime:
        return start + timedelta(days=days)

    return {
        "authors": [
            (1, "Ines Moreau", 1974),
            (2, "Teo Brandt", 1981),
            (3, "Wen Li", 1990),
            (4, "Noor Haddad", None),
        ],
        "categories": [
            (1, "fiction", "Fiction", None),
            (2, "sea", "Sea", 1),
            (3, "non-fiction", "Non-fiction", None),
            (4, "nature", "Nature", 3),
            (5, "food", "Food", 3),
        ],
        "books": [
            (number, isbn, title, None, *others)
            for number, (isbn, title, *others) in enumerate(BOOKS, 1)
        ],
        "book_authors": [
            (1, 1, 1),
            (2, 1, 1),
            (2, 2, 2),
            (3, 4, 1),
            (4, 3, 1),
            (5, 2, 1),
            (6, 3, 1),
            (7, 1, 1),
        ],
        "tags": [(1, "gift"), (2, "outdoors"), (3, "signed")],
        "book_tags": [(1, 1), (1, 3), (5, 1), (5, 2)],
        "customers": [(*known, start, None) for known in CUSTOMERS],
        "addresses": [
            (1, 3, "home", "Quai 12", "Nantes", "44000", "France"),
        ],
        "orders": [
            (1, 1, "sent", after(days=1)),
            (2, 1, "open", after(days=4)),
            (3, 2, "paid", after(days=7)),
            (4, 4, "cancelled", after(days=3)),
        ],
        "order_lines": [
            (1, 1, 1, 1850),
            (1, 2, 2, 2200),
            (2, 5, 1, 2750),
            (3, 4, 3, 999),
            (4, 3, 1, 1500),
        ],
        "reviews": [
            (1, 1, 1, 5, "Could not put it down.", after(days=5)),
            (2, 1, 2, 4, None, after(days=6)),
            (3, 2, 2, 3, "A long road.", after(days=8)),
            (4, 5, 1, 4, None, after(days=9)),
        ],
        "wallets": [(1, 1, 10_000), (2, 2, 2_500), (3, 3, 0)],
        "wallet_entries": [
            (1, 1, 16_250, "gift card", start),
            (2, 1, -6_250, "order 1", after(days=1)),
            (3, 2, 5_497, "gift card", start),
            (4, 2, -2_997, "order 3", after(days=7)),
        ],
        "daily_sales": [
            (after(number).date(), book, copies, copies * price)
            for number, sold in enumerate(SOLD)
            for book, copies in sold.items()
            for price in [BOOKS[book - 1][2]]
        ],
    }
