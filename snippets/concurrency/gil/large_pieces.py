import hashlib
import sys
from collections.abc import Callable
from threading import Event, Thread

MINUTE = 60.0
ROUNDS = 300
FIRST = 9_780_000_000_000
ISBNS = [b"%d" % isbn for isbn in range(FIRST, FIRST + 50_000)]


def in_small_pieces() -> str:
    checksum = hashlib.sha256()
    for isbn in ISBNS:
        checksum.update(isbn)
    return checksum.hexdigest()


def in_one_piece() -> str:
    return hashlib.sha256(b"".join(ISBNS)).hexdigest()


def ring(go: Event, rang: Event) -> None:
    go.wait()
    rang.set()


def gets_in(job: Callable[[], object]) -> bool:
    go, rang = Event(), Event()
    neighbour = Thread(target=ring, args=(go, rang))
    neighbour.start()
    go.set()
    for _ in range(ROUNDS):
        job()
        if got_in := rang.is_set():
            break
    neighbour.join()
    return got_in


def main() -> None:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(MINUTE)
    print("same checksum:", in_small_pieces() == in_one_piece())
    for job in (in_small_pieces, in_one_piece):
        print(f"{job.__name__}, a neighbour gets in:", gets_in(job))
    sys.setswitchinterval(usual)


if __name__ == "__main__":
    main()
