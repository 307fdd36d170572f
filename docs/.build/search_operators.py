"""What the signs and constructs of Python are called, so that search finds them.

Names follow the language reference and what readers type. Each line has the
signs first, then words.
"""

import ast
from collections.abc import Iterator

# By the name of the node in Python's own syntax tree.
NODES = {
    "Add": "+ plus addition",
    "Sub": "- minus subtraction",
    "Mult": "* times multiplication",
    "Div": "/ true division",
    "FloorDiv": "// floor integer division",
    "Mod": "% modulo modulus remainder",
    "Pow": "** power exponent exponentiation",
    "MatMult": "@ matrix multiplication matmul",
    "BitOr": "| bitwise or union",
    "BitAnd": "& bitwise and intersection",
    "BitXor": "^ bitwise exclusive or xor",
    "LShift": "<< left shift",
    "RShift": ">> right shift",
    "Invert": "~ bitwise complement inversion",
    "UAdd": "+ unary plus",
    "USub": "- unary minus negative",
    "Not": "not negation",
    "And": "and conjunction",
    "Or": "or disjunction",
    "Eq": "== equal equality",
    "NotEq": "!= unequal inequality",
    "Lt": "< less than",
    "LtE": "<= less than or equal",
    "Gt": "> greater than",
    "GtE": ">= greater than or equal",
    "Is": "is identity",
    "IsNot": "is not identity",
    "In": "in membership",
    "NotIn": "not in membership",
    "NamedExpr": ":= walrus assignment expression",
    "AugAssign": "augmented assignment in-place",
    "Starred": "* *args star unpacking",
    "Lambda": "lambda anonymous function",
    "IfExp": "if else conditional expression ternary",
    "Slice": ": [:] slice slicing",
    "JoinedStr": "f-string formatted string",
    "TemplateStr": "t-string template string",
    "ListComp": "list comprehension",
    "SetComp": "set comprehension",
    "DictComp": "dict comprehension",
    "GeneratorExp": "generator expression",
    "Yield": "yield generator",
    "YieldFrom": "yield from generator",
    "Await": "await",
    "With": "with context manager",
    "AsyncWith": "async with asynchronous context manager",
    "AsyncFor": "async for asynchronous iteration",
    "TryStar": "except* except star exception group",
    "Match": "match case structural pattern matching",
}
# What is no node of its own.
AUGMENTED = {
    "Add": "+=",
    "Sub": "-=",
    "Mult": "*=",
    "Div": "/=",
    "FloorDiv": "//=",
    "Mod": "%=",
    "Pow": "**=",
    "MatMult": "@=",
    "BitOr": "|=",
    "BitAnd": "&=",
    "BitXor": "^=",
    "LShift": "<<=",
    "RShift": ">>=",
}
DECORATOR = "@ decorator"
RETURNS = "-> return annotation arrow type hint"
ANNOTATION = ": annotation type hint"
POSITIONAL_ONLY = "/ positional-only parameter"
KEYWORD_ONLY = "* keyword-only parameter"
MORE_POSITIONAL = "* *args variable arguments"
MORE_KEYWORDS = "** **kwargs keyword arguments"
UNPACKED_MAPPING = "** **kwargs unpacking mapping"
ELLIPSIS = "... ellipsis"


def used_in(tree: ast.AST) -> Iterator[str]:
    """The signs and constructs of a program, each as often as it occurs."""
    for node in ast.walk(tree):
        if names := NODES.get(type(node).__name__):
            yield names
        yield from by_role(node)


def by_role(node: ast.AST) -> Iterator[str]:
    """What a node shows by one of its parts."""
    match node:
        case ast.AugAssign():
            yield AUGMENTED[type(node.op).__name__]
        case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
            yield from [DECORATOR] * len(node.decorator_list)
            if getattr(node, "returns", None):
                yield RETURNS
        case ast.AnnAssign() | ast.arg(annotation=ast.expr()):
            yield ANNOTATION
        case ast.arguments():
            yield from [POSITIONAL_ONLY] * bool(node.posonlyargs)
            yield from [KEYWORD_ONLY] * bool(node.kwonlyargs)
            yield from [MORE_POSITIONAL] * bool(node.vararg)
            yield from [MORE_KEYWORDS] * bool(node.kwarg)
        case ast.keyword(arg=None):
            yield UNPACKED_MAPPING
        case ast.Dict() if None in node.keys:
            yield UNPACKED_MAPPING
        case ast.Constant(value=value) if value is ...:
            yield ELLIPSIS


def named(sign: str) -> Iterator[str]:
    """Everything this sign may stand for; nothing for what is no sign."""
    others = [DECORATOR, RETURNS, POSITIONAL_ONLY, KEYWORD_ONLY, MORE_KEYWORDS]
    for names in [*NODES.values(), *others, ELLIPSIS]:
        if sign in names.split() and not sign.isalpha():
            yield names
    if sign in AUGMENTED.values():
        yield f"{sign} {NODES['AugAssign']}"
