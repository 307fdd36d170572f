"""Each rule of the normalisers, by its name, and that it touches nothing else."""

import pytest

from proving.normalise import RULES, normalise

BY_NAME = {rule.name: rule for rule in RULES}
CASES = {
    "folder": [
        ('File "/tmp/proven-a1b2/work/till.py", line 3', 'File "till.py", line 3'),
        ("/private/var/proven-x/tmp/receipt.txt", "receipt.txt"),
        ("/tmp/till.py", "/tmp/till.py"),
    ],
    "library frames": [
        (
            'Traceback (most recent call last):\n  File "till.py", line 3, in main\n'
            "    main()\n    ~~~~^^\n"
            '  File "/usr/lib/python3.13/asyncio/timeouts.py", line 9, in exit\n'
            '    raise TimeoutError\n  File "till.py", line 1, in main\nTimeoutError',
            'Traceback (most recent call last):\n  File "till.py", line 3, in main\n'
            '    main()\n  File "till.py", line 1, in main\nTimeoutError',
        ),
        ("^ is a caret in a sentence", "^ is a caret in a sentence"),
    ],
    "link between errors": [
        (
            "KeyError\n\nDuring handling of the above exception, another exception "
            "occurred:\n",
            "KeyError\n\nThe above exception led to the following exception:\n",
        ),
        (
            "The above exception was the direct cause of the following exception:",
            "The above exception led to the following exception:",
        ),
    ],
    "duration": [
        ("1 passed in 0.12s", "1 passed in 0.00s"),
        ("[generated in 0.00052s] ()", "[generated in 0.00s] ()"),
        ("12.50 s of music", "12.50 s of music"),
    ],
    "slow step": [
        (
            "test_open ... Executing <Task finished name='Task-1' coro=<DeskTest.x() "
            "done, defined at desk.py:3>> took 0.121 seconds\nok",
            "test_open ... ok",
        ),
        ("Executing <b> took a day\n", "Executing <b> took a day\n"),
    ],
    "address": [("<Till at 0x7f3a2b1c>", "<Till at 0x…>"), ("0x1f", "0x1f")],
    "port": [
        ("http://127.0.0.1:54321/price", "http://127.0.0.1:PORT/price"),
        ("at 12:30", "at 12:30"),
    ],
    "id": [("7d444840-9dc0-11d1-b245-5ffdce74fad2", "UUID"), ("978-1", "978-1")],
    "line ends": [("12.50  \r\n3", "12.50\n3")],
}


def test_every_rule_has_cases() -> None:
    """The list of cases equals the list of rules, in its order."""
    assert list(CASES) == [rule.name for rule in RULES]


@pytest.mark.parametrize("name", CASES)
def test_rule(name: str) -> None:
    """The rule replaces what varies and leaves the rest."""
    for text, expected in CASES[name]:
        assert BY_NAME[name].apply(text) == expected


def test_order_of_rules() -> None:
    """A run's own frames are known as such only after its folder is gone."""
    text = '  File "/tmp/proven-a/work/till.py", line 3, in main\n    sell()'
    assert normalise(text) == '  File "till.py", line 3, in main\n    sell()'
