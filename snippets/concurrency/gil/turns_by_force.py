import sys
from threading import Thread

ENOUGH = 6


def count(name: str, turns: list[str]) -> None:
    while len(turns) < ENOUGH:
        if turns[-1] != name:
            turns.append(name)


def main() -> None:
    print("switch interval:", sys.getswitchinterval(), "s")
    turns = ["south"]
    threads = [
        Thread(target=count, args=(name, turns), name=name)
        for name in ("north", "south")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("turns:", turns[1:ENOUGH])


if __name__ == "__main__":
    main()
