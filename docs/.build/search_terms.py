"""From text and code to the terms that a reader may type.

A term comes with a share: 1 for a whole word or name, less for its parts, so
that ``execute`` finds ``cursor.execute``, and ``cursor.execute`` finds it first.
"""

import ast
import io
import keyword
import re
import tokenize
from collections.abc import Iterator

import search_operators

# They say little: not indexed in prose, and a query is not refused for one.
SMALL_WORDS = """
a an and are as at be but by can do does for from had has have how i if in into is
it its me my no not of on or so than that the their them then there they this to
was we what when where which while who why will with you your
"""
SMALL = frozenset(SMALL_WORDS.split())
DOTTED = 0.9  # the end of a dotted name: mark.parametrize, parametrize
PART = 0.6  # another name of a dotted one: mark
SINGULAR = 0.8  # key of keys
SPLIT = 0.5  # a word of a name: task of TaskGroup, rows of print_rows
ENDING = 0.15  # letters within an API's name: load of selectinload
SHORTEST_ENDING = 4
SIGN = 1.0
NAME_OF_SIGN = 0.6

JOINED = re.compile(r"\w+(?:[.+/-]\w+)*\+*")
HUMP = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_]+")
PLURAL = re.compile(r"[A-Za-z]{2,}[a-rt-z]s")
NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
CHAIN = re.compile(r"\.?\w+(?:\.\w+)*")
TEXTS = {"STRING", "COMMENT", "FSTRING_MIDDLE", "TSTRING_MIDDLE"}
SIGNS_OF_KEYWORDS = {"and", "else", "if", "in", "is", "not", "or"}

Terms = Iterator[tuple[str, float]]


def in_prose(text: str) -> Terms:
    """The words of a text, and the names in it."""
    for found in JOINED.findall(text):
        if found.lower() not in SMALL:
            yield from in_name(found)
            if PLURAL.fullmatch(found):
                yield found[:-1].lower(), SINGULAR


def in_name(name: str) -> Terms:
    """A whole name, its ends, its parts."""
    yield name.lower(), 1
    links = name.split(".")
    for start in range(1, len(links)):
        yield ".".join(links[start:]).lower(), DOTTED
    for part in filter(None, re.split(r"[.+/-]", name)):
        share = 1 if part == links[-1] else PART
        if part not in (name, links[-1]) and len(part) > 1:
            yield part.lower(), share
        for hump in HUMP.findall(part):
            word = hump.lower()
            if len(hump) > 1 and word != part.lower() and word not in SMALL:
                yield word, share * SPLIT


def in_inline_code(text: str) -> Terms:
    """The names and the signs of a piece of code within a sentence."""
    for names in search_operators.named(text.strip()):
        yield from in_signs(names)
    for name in NAME.findall(text):
        yield from in_api_name(name)


def in_api_name(name: str) -> Terms:
    """A name as a library spells it: also what stands in the middle of it."""
    yield from in_name(name)
    last = name.rpartition(".")[2].lower()
    if last.isalpha():
        for start in range(1, len(last) - SHORTEST_ENDING + 1):
            yield last[start:], ENDING


def in_signs(names: str) -> Terms:
    """The signs of a construct, and what they are called."""
    for name in names.split():
        sign = not name.isalpha() or keyword.iskeyword(name)
        yield name, SIGN if sign else NAME_OF_SIGN
        if "-" in name and name[0].isalpha():
            for part in name.split("-"):
                yield part, NAME_OF_SIGN


def in_python(source: str) -> Terms:
    """The names, words and constructs of a program.

    One that does not parse (it may be there to show that) has only words.
    """
    try:
        tree = ast.parse(source)
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (SyntaxError, tokenize.TokenError):
        yield from in_prose(source)
        return
    for names in search_operators.used_in(tree):
        yield from in_signs(names)
    for name in imported(tree):
        yield from in_api_name(name)
    for name in CHAIN.findall(names_only(tokens)):
        if "." in name:
            yield from in_api_name(name.strip("."))
        elif name not in SIGNS_OF_KEYWORDS:
            yield from in_name(name)
    for token in tokens:
        if tokenize.tok_name[token.type] in TEXTS:
            yield from ((word, share / 2) for word, share in in_prose(token.string))


def imported(tree: ast.AST) -> Iterator[str]:
    """What a program imports, with its module: ``sqlalchemy.orm.selectinload``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def names_only(tokens: list[tokenize.TokenInfo]) -> str:
    """A program's names with their dots; a space for all else."""
    text = ""
    for token in tokens:
        if token.type == tokenize.NAME:
            text += token.string if text.endswith(".") else f" {token.string}"
        else:
            text += "." if token.string == "." else " "
    return text
