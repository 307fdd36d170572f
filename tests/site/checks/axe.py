"""WCAG 2.0 to 2.2, A and AA, and good practice, as axe-core sees them."""

from collections import defaultdict
from pathlib import Path

from visit import WIDTHS, Visit

DARK_WIDTHS = (390, 1280)
RUNS = len(WIDTHS) + len(DARK_WIDTHS)
OPTIONS = {
    "runOnly": [
        *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
        "best-practice",
    ],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": False,
}
# All that another scheme can change.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
}
CHECKS = {
    "light": dict.fromkeys(WIDTHS, OPTIONS),
    "dark": dict.fromkeys(DARK_WIDTHS, OPTIONS | COLOURS),
}


def problems(visit: Visit, axe: Path) -> list[str]:
    """Every violation on a phone, a tablet and a desktop; in dark, of the colours."""
    script = (axe / "axe.min.js").read_text("utf-8")
    found = defaultdict(list)
    for scheme, widths in CHECKS.items():
        visit.page.emulate_media(color_scheme=scheme)
        visit.again()
        visit.page.evaluate(script)
        visit.open_folds()
        for width, options in widths.items():
            visit.resize(width)
            visit.let_draw()
            for violation in violations(visit, options):
                found[violation].append(f"{scheme} {width} px")
    return [
        f"{visit.name}: {violation} ({', '.join(where)})"
        for violation, where in found.items()
    ]


def violations(visit: Visit, options: dict = OPTIONS) -> list[str]:
    """What axe objects to in the page as it stands."""
    result = visit.page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{' '.join(map(str, node['target']))}: {rule['id']}: "
        + " ".join(node["failureSummary"].split())
        for rule in result["violations"]
        for node in rule["nodes"]
    ]
