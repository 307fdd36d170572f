import ast
import dis
import io
import tokenize

LINE = "counter.sold += copies"
NOT_A_WORD = {tokenize.NEWLINE, tokenize.ENDMARKER}


def tokens(line: str) -> list[str]:
    found = tokenize.generate_tokens(io.StringIO(line).readline)
    return [one.string for one in found if one.type not in NOT_A_WORD]


def nodes(tree: ast.AST) -> list[str]:
    return [
        type(node).__name__
        for node in ast.walk(tree)
        if not isinstance(node, ast.expr_context)  # Load, Store
    ]


def steps(tree: ast.AST) -> list[str]:
    code = compile(tree, "till.py", "exec")
    names = [step.opname for step in dis.get_instructions(code)]
    first, last = names.index("LOAD_NAME"), names.index("STORE_ATTR")
    return names[first : last + 1]


def main() -> None:
    tree = ast.parse(LINE)
    print("source:  ", LINE)
    print("tokens:  ", tokens(LINE))
    print("tree:    ", nodes(tree.body[0]))
    print("bytecode:", steps(tree))


if __name__ == "__main__":
    main()
