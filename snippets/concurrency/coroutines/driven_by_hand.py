import types
from collections.abc import Coroutine, Generator
from typing import Any


@types.coroutine
def pause() -> Generator[str, None, None]:
    yield "somebody else, please"


async def ask_and_log(supplier: str, log: list[str]) -> int:
    log.append(f"ask {supplier}")
    await pause()
    log.append(f"{supplier} answers")
    return 1250


def drive(call: Coroutine[Any, Any, int], log: list[str]) -> int:
    while True:
        try:
            log.append(f"it hands over: {call.send(None)}")
        except StopIteration as end:
            return end.value


def main() -> None:
    log: list[str] = []
    price = drive(ask_and_log("north", log), log)
    print(*log, f"price: {price}", sep="\n")


if __name__ == "__main__":
    main()
