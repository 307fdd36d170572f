"""It believes that all C code lets go of the GIL."""

from collections.abc import Callable

# True: in a default build, two threads that do this can finish earlier
# than one thread that does it twice.
THREADS_HELP = {
    "ask_supplier": True,
    "count_primes": False,
    "compress_catalogue": True,
    "sort_titles": True,
    "read_prices": True,
    "hash_isbns": True,
}


def gil_state(
    setting: int | None, is_gil_enabled: Callable[[], bool] | None
) -> str:
    """Name the build, and say whether the GIL is on.

    `setting` is what `sysconfig.get_config_var("Py_GIL_DISABLED")`
    returns, and `is_gil_enabled` is `sys._is_gil_enabled`, or None
    where Python has no such function.
    """
    if setting != 1:
        return "default build"
    if is_gil_enabled is None or is_gil_enabled():
        return "free-threaded build, GIL on"
    return "free-threaded build, GIL off"
