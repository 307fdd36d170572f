import sys
from mmap import mmap
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

MINUTE = 60.0
THREAD, PROCESS = 0, 1  # each has a bell: a byte in shared memory


def ring(path: Path, bell: int) -> None:
    with path.open("r+b") as file, mmap(file.fileno(), 2) as bells:
        bells[bell] = 1


def ring_after(go: Event, path: Path) -> None:
    go.wait()
    ring(path, THREAD)


def compute_until_process_rings(path: Path) -> list[bool]:
    go = Event()
    thread = Thread(target=ring_after, args=(go, path))
    spawn = get_context("spawn")
    process = spawn.Process(target=ring, args=(path, PROCESS))
    with path.open("r+b") as file, mmap(file.fileno(), 2) as bells:
        thread.start()
        process.start()
        go.set()
        while not bells[PROCESS]:  # compute, and never wait
            pass
        rang = [bool(bells[THREAD]), bool(bells[PROCESS])]
    thread.join()
    process.join()
    return rang


def main() -> None:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(MINUTE)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bells"
        path.write_bytes(bytes(2))
        rang = compute_until_process_rings(path)
        print("[thread, process] rang meanwhile:", rang)
        print("and in the end:", list(path.read_bytes()))
    sys.setswitchinterval(usual)


if __name__ == "__main__":
    main()
