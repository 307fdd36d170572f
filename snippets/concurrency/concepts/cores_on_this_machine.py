import os
import sys
from pathlib import Path

# Which hardware threads share a core? One entry for each of them,
# as Linux writes it: 0 and 4 are the two of the laptop's first core.
LAPTOP = ["0,4", "1,5", "2,6", "3,7", "0,4", "1,5", "2,6", "3,7"]
LINUX = Path("/sys/devices/system/cpu")


def cores(siblings: list[str]) -> int:
    return len(set(siblings))


def siblings_here() -> list[str]:
    found = LINUX.glob("cpu[0-9]*/topology/core_cpus_list")
    return [path.read_text() for path in found]


def usable_cpus() -> int | None:
    if sys.version_info >= (3, 13):
        return os.process_cpu_count()
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count()


def main() -> None:
    print("laptop, hardware threads:", len(LAPTOP))
    print("laptop, cores:", cores(LAPTOP))

    hardware_threads = os.cpu_count() or 1
    known = cores(siblings_here())  # 0 where there is no Linux
    usable = usable_cpus() or 1
    print("here, cores <= hardware threads:", known <= hardware_threads)
    print(
        "here, usable <= hardware threads:", usable <= hardware_threads
    )


if __name__ == "__main__":
    main()
