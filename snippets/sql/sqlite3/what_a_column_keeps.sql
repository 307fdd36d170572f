-- The same three values, stored in columns of four types.
CREATE TABLE kept (
    as_integer INTEGER,
    as_real REAL,
    as_text TEXT,
    as_blob BLOB
);
INSERT INTO kept VALUES
    (12, 12, 12, 12),
    ('12', '12', '12', '12'),
    ('abc', 'abc', 'abc', 'abc');

-- A BLOB column changes nothing, so it still says what was given.
SELECT
    quote(as_blob) AS given,
    quote(as_integer) AS as_integer,
    quote(as_real) AS as_real,
    quote(as_text) AS as_text
FROM kept;

-- Text is greater than every number.
SELECT as_integer FROM kept WHERE as_integer > 1000;
