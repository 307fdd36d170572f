"""Fewer elements in highlighted code: most of a page's elements are its spans."""

import re

# Names (built-in ones too), punctuation, operators, space, outputs: plain text.
PLAIN = "n|nn|nv|nx|nb|bp|fm|vm|p|o|ow|w|go"
# All parts of a string have one colour, the f before it too.
STRING = re.compile(r'<span class="(?:s1|s2|sa|sb|sc|si|ss)">')
PRE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
PLAIN_SPAN = re.compile(rf'<span class="(?:{PLAIN})">([^<]*)</span>')
# Recorded SQL is long, and stands in folds: it is plain text altogether.
SQL = re.compile(
    r'(?<=<div class="language-sql highlight no-copy">)<pre\b.*?</pre>', re.DOTALL
)
SPAN = re.compile(r"</?span\b[^>]*>")
# Spaces have no colour, so they do not part neighbours: async def, return await.
SAME_TWICE = re.compile(r'<span class="(\w+)">([^<]*)</span>( *)<span class="\1">')


def lean(html: str) -> str:
    """The page without spans that colour nothing, and with neighbours joined."""
    html = SQL.sub(lambda block: SPAN.sub("", block[0]), html)
    return PRE.sub(lambda block: lean_block(block[0]), html)


def lean_block(block: str) -> str:
    """One ``<pre>``; its text stays as it is, character for character."""
    block = block.replace(
        "<span></span>", ""
    )  # it guards line ends from browsers of 2010
    block = STRING.sub('<span class="s">', PLAIN_SPAN.sub(r"\1", block))
    joined = 1
    while joined:
        block, joined = SAME_TWICE.subn(r'<span class="\1">\2\3', block)
    return block
