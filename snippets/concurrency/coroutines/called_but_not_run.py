import inspect

NIGHT_TRAINS = "9780000000064"
LIST_CENTS = {NIGHT_TRAINS: 1250}


async def ask(supplier: str, isbn: str) -> int:
    print("ask", supplier)
    return LIST_CENTS[isbn]


def main() -> None:
    call = ask("north", NIGHT_TRAINS)
    print("the call gave", call)
    print("coroutine function:", inspect.iscoroutinefunction(ask))
    print("coroutine:", inspect.iscoroutine(call))
    print("its state:", inspect.getcoroutinestate(call))
    call.close()
    print("closed:", inspect.getcoroutinestate(call))


if __name__ == "__main__":
    main()
