-- with closing(sqlite3.connect(":memory:")) as connection:
-- a new connection

-- connection.execute(create)
CREATE TABLE tags (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

-- gift = connection.execute(ADD, ("gift",)).lastrowid
BEGIN;
INSERT INTO tags (name)
VALUES ('gift');

-- signed = connection.execute(ADD, ("signed",)).lastrowid
INSERT INTO tags (name)
VALUES ('signed');

-- connection.execute("DELETE FROM tags WHERE id = ?", (signed,))
DELETE
FROM tags
WHERE id = 2;

-- outdoors = connection.execute(ADD, ("outdoors",)).lastrowid
INSERT INTO tags (name)
VALUES ('outdoors');

-- with connection:
COMMIT;

-- connection.execute("DROP TABLE tags")
DROP TABLE tags;

-- connection.execute(create)
CREATE TABLE tags (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE
);

-- gift = connection.execute(ADD, ("gift",)).lastrowid
BEGIN;
INSERT INTO tags (name)
VALUES ('gift');

-- signed = connection.execute(ADD, ("signed",)).lastrowid
INSERT INTO tags (name)
VALUES ('signed');

-- connection.execute("DELETE FROM tags WHERE id = ?", (signed,))
DELETE
FROM tags
WHERE id = 2;

-- outdoors = connection.execute(ADD, ("outdoors",)).lastrowid
INSERT INTO tags (name)
VALUES ('outdoors');

-- with connection:
COMMIT;

-- connection.execute("DROP TABLE tags")
DROP TABLE tags;
