"""The numbers of the site, page by page: a table, and ``build/site-report.json``."""

import json
from collections.abc import Callable

from proving.layout import BUILD

FILE = BUILD / "site-report.json"


# The row of what is true of the machine, not of a page.
MACHINE = "the machine"
# ``measured(page, KiB=91.2)``: the fixture by which tests fill the report.
Measure = Callable[..., None]


class Report:
    """What the checks have measured, in this run and, of other checks, before it."""

    def __init__(self) -> None:
        kept = json.loads(FILE.read_text("utf-8")) if FILE.is_file() else {}
        self.pages: dict[str, dict[str, float]] = kept.get("pages", {})
        self.machine: dict[str, float] = kept.get("machine", {})

    def add(self, page: str, **numbers: float) -> None:
        """Keep a page's numbers, or the machine's."""
        row = self.machine if page == MACHINE else self.pages.setdefault(page, {})
        row.update(numbers)

    @property
    def columns(self) -> list[str]:
        """Every kind of number there is, in the order of their first coming."""
        return list(dict.fromkeys(name for row in self.pages.values() for name in row))

    def totals(self) -> dict[str, float]:
        """The largest number of each column."""
        return {
            name: max(row[name] for row in self.pages.values() if name in row)
            for name in self.columns
        }

    def table(self) -> str:
        """One row a page, then the largest of each column."""
        rows = [
            ["page", *(name.replace("_", " ") for name in self.columns)],
            *self.row_of(sorted(self.pages.items())),
            *self.row_of([("largest", self.totals())]),
        ]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = [
            "  ".join(
                [
                    row[0].ljust(widths[0]),
                    *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True)),
                ]
            ).rstrip()
            for row in rows
        ]
        lines += [
            f"{name.replace('_', ' ')}: {value:g}"
            for name, value in self.machine.items()
        ]
        return "\n".join(lines) + "\n"

    def row_of(self, items: list[tuple[str, dict[str, float]]]) -> list[list[str]]:
        """The cells of rows; a number that was not measured leaves its cell empty."""
        return [
            [page, *(f"{row[n]:g}" if n in row else "" for n in self.columns)]
            for page, row in items
        ]

    def write(self) -> None:
        """Leave the numbers for other programs."""
        data = {"pages": self.pages, "largest": self.totals(), "machine": self.machine}
        FILE.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", "utf-8")
