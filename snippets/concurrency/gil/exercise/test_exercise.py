from exercise import THREADS_HELP, gil_state

DEFAULT = "default build"
ON = "free-threaded build, GIL on"
OFF = "free-threaded build, GIL off"

# What Python's documentation says of each, in a default build
WAITS = {"ask_supplier", "read_prices"}
LETS_GO = {"compress_catalogue"}
HOLDS = {"count_primes", "sort_titles", "hash_isbns"}


def look_again(names: set[str], helps: bool) -> str:
    wrong = sorted(
        name for name in names if THREADS_HELP.get(name) is not helps
    )
    return " ".join(wrong)


def test_all_six_are_predicted():
    assert set(THREADS_HELP) == WAITS | LETS_GO | HOLDS


def test_jobs_that_wait():
    wrong = look_again(WAITS, helps=True)
    assert not wrong, f"look again: {wrong}"


def test_jobs_that_compute():
    wrong = look_again(LETS_GO, helps=True)
    wrong = f"{wrong} {look_again(HOLDS, helps=False)}".strip()
    assert not wrong, f"look again: {wrong}"


def test_default_builds():
    assert gil_state(0, lambda: True) == DEFAULT, "Python 3.13"


def test_default_builds_without_the_function():
    assert gil_state(None, None) == DEFAULT, "Python 3.12"
    assert gil_state(0, None) == DEFAULT, "no function to ask"


def test_free_threaded_builds():
    assert gil_state(1, lambda: False) == OFF


def test_the_gil_can_be_switched_on_again():
    assert gil_state(1, lambda: True) == ON
