"""The table that the bench prints."""

from dataclasses import dataclass

HEAD = ("Measured", "Value", "Compared with", "Ratio", "Limit", "Holds")


@dataclass(frozen=True)
class Row:
    """One measurement; ``ratio`` and ``limit`` stay empty where there are none."""

    what: str
    value: str
    against: str = ""
    ratio: str = ""
    limit: str = ""
    holds: bool = True

    @property
    def missed(self) -> bool:
        """Whether there is a limit, and it does not hold."""
        return bool(self.limit) and not self.holds

    @property
    def cells(self) -> tuple[str, ...]:
        """The row's cells, in the order of the head."""
        verdict = ("holds" if self.holds else "MISSED") if self.limit else ""
        return (
            self.what, self.value, self.against, self.ratio, self.limit, verdict,
        )  # fmt: skip


def markdown(rows: list[Row]) -> str:
    """The rows as a Markdown table, its columns in line."""
    table = [HEAD, *(row.cells for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    table.insert(1, tuple("-" * width for width in widths))
    lines = [
        " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        for cells in table
    ]
    return "\n".join(f"| {line} |" for line in lines)


def at_most(what: str, value: str, against: str, ratio: float, limit: float) -> Row:
    """A row whose ratio must not exceed the limit."""
    return Row(what, value, against, f"{ratio:.3f}", f"<= {limit:g}", ratio <= limit)


def below(what: str, value: str, against: str, ratio: float, limit: float) -> Row:
    """A row whose ratio must stay below the limit."""
    return Row(what, value, against, f"{ratio:.3f}", f"< {limit:g}", ratio < limit)


def exactly(what: str, value: int, limit: int) -> Row:
    """A row whose number must be this one."""
    return Row(what, str(value), limit=f"= {limit}", holds=value == limit)
