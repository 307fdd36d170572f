"""How much a first visit transfers, and how much the page holds."""

from dataclasses import dataclass

from visit import Visit

KIB = 120
ELEMENTS = 3000
HEAVY = 40  # KiB, from which on a resource is named


@dataclass(frozen=True)
class Weight:
    """What a first visit has cost, in KiB for each resource."""

    resources: dict[str, float]
    elements: int

    @property
    def kib(self) -> float:
        """All of it."""
        return round(sum(self.resources.values()), 1)


def weigh(visit: Visit) -> Weight:
    """Add up the bodies as they were transferred."""
    transferred = {
        request.url: request.sizes()["responseBodySize"] / 1024
        for request in visit.first_requests()
        if request.url.startswith(visit.address)
    }
    elements = visit.page.evaluate("document.querySelectorAll('*').length")
    return Weight(transferred, elements)


def problems(visit: Visit, weight: Weight) -> list[str]:
    """What makes the page heavier than it may be."""
    found = []
    if weight.kib > KIB:
        heavy = sorted(weight.resources.items(), key=lambda item: -item[1])
        names = ", ".join(
            f"{visit.asked_by(url)} {url} {kib:.0f} KiB"
            for url, kib in heavy
            if kib > HEAVY
        )
        found.append(
            f"{visit.name}: {weight.kib} KiB are transferred, {KIB} may be; "
            f"the largest: {names or 'many small ones'}; make them smaller"
        )
    if weight.elements > ELEMENTS:
        found.append(
            f"{visit.name}: {weight.elements} elements, {ELEMENTS} may be; most are "
            f"in {fullest(visit)}; divide the page"
        )
    return found


def fullest(visit: Visit) -> str:
    """The block of the text that holds the most elements."""
    return visit.page.evaluate(
        """() => {
          const size = block => block.querySelectorAll("*").length;
          const blocks = [...document.querySelectorAll("article > *")];
          return selectorOf(blocks.reduce((a, b) => (size(b) > size(a) ? b : a)));
        }"""
    )
