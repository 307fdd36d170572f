import sys
import time
from mmap import mmap
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

MINUTE, MOMENT = 60.0, 0.001
BEGUN, THREAD, PROCESS = range(3)  # three bytes of shared memory


def ring(path: Path, bell: int) -> None:
    with path.open("r+b") as file, mmap(file.fileno(), 3) as shared:
        while not shared[BEGUN]:
            time.sleep(MOMENT)
        shared[bell] = 1


def compute_until_process_rings(path: Path) -> list[bool]:
    spawn = get_context("spawn")
    thread = Thread(target=ring, args=(path, THREAD))
    process = spawn.Process(target=ring, args=(path, PROCESS))
    with path.open("r+b") as file, mmap(file.fileno(), 3) as shared:
        thread.start()
        process.start()
        shared[BEGUN] = 1
        while not shared[PROCESS]:  # compute, and never wait
            pass
        rang = [bool(shared[THREAD]), bool(shared[PROCESS])]
    thread.join()
    process.join()
    return rang


def main() -> None:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(MINUTE)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bells"
        path.write_bytes(bytes(3))
        rang = compute_until_process_rings(path)
        print("[thread, process] rang meanwhile:", rang)
        thread, process = path.read_bytes()[THREAD:]
        print("in the end:", [bool(thread), bool(process)])
    sys.setswitchinterval(usual)


if __name__ == "__main__":
    main()
