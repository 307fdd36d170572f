"""WCAG 2.0 to 2.2, A and AA, and good practice, as axe-core sees them."""

from collections import defaultdict
from pathlib import Path

from visit import SCHEMES, WIDTHS, Visit

RUNS = len(SCHEMES) * len(WIDTHS)
OPTIONS = {
    "runOnly": [
        *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
        "best-practice",
    ],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": False,
}


def problems(visit: Visit, axe: Path) -> list[str]:
    """Every violation in light and dark, on a phone, a tablet and a desktop."""
    script = (axe / "axe.min.js").read_text("utf-8")
    found = defaultdict(list)
    for scheme in SCHEMES:
        visit.page.emulate_media(color_scheme=scheme)
        visit.again()
        visit.page.evaluate(script)
        visit.open_folds()
        for width in WIDTHS:
            visit.resize(width)
            visit.let_draw()
            for violation in violations(visit):
                found[violation].append(f"{scheme} {width} px")
    return [
        f"{visit.name}: {violation} ({', '.join(where)})"
        for violation, where in found.items()
    ]


def violations(visit: Visit) -> list[str]:
    """What axe objects to in the page as it stands."""
    result = visit.page.evaluate("options => axe.run(document, options)", OPTIONS)
    return [
        f"{' '.join(map(str, node['target']))}: {rule['id']}: "
        + " ".join(node["failureSummary"].split())
        for rule in result["violations"]
        for node in rule["nodes"]
    ]
