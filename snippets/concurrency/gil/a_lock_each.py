import sys
from ctypes import c_bool
from multiprocessing import get_context
from multiprocessing.sharedctypes import RawValue
from threading import Event, Thread

MINUTE = 60.0


def ring(bell: c_bool) -> None:
    bell.value = True


def ring_after(go: Event, bell: c_bool) -> None:
    go.wait()
    ring(bell)


def main() -> None:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(MINUTE)
    door, telephone = RawValue(c_bool), RawValue(c_bool)
    spawn = get_context("spawn")
    process = spawn.Process(target=ring, args=(telephone,))
    process.start()
    go = Event()
    thread = Thread(target=ring_after, args=(go, door))
    thread.start()

    go.set()
    while not telephone.value:  # compute, and never wait
        pass
    rang_so_far = [door.value, telephone.value]

    thread.join()
    process.join()
    sys.setswitchinterval(usual)
    print("rang while we computed, [thread, process]:", rang_so_far)
    print("rang in the end:", [door.value, telephone.value])


if __name__ == "__main__":
    main()
