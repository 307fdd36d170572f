from dataclasses import dataclass


@dataclass
class Label:
    """A price label; lengths in millimetres."""

    width: int
    height: int

    @property
    def area(self) -> int:
        return self.width * self.height
