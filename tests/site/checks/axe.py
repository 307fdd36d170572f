"""WCAG 2.0 to 2.2, A and AA, and good practice, as axe-core sees them."""

from collections import defaultdict
from pathlib import Path

from visit import Visit

OPTIONS = {
    "runOnly": [
        *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
        "best-practice",
    ],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": False,
}
COLOURS = ["color-contrast", "link-in-text-block"]
ONLY_COLOURS = {"runOnly": {"type": "rule", "values": COLOURS}}
NO_COLOURS = {
    "rules": OPTIONS["rules"] | {rule: {"enabled": False} for rule in COLOURS}
}
# Another scheme can change nothing but colours. A tablet has those of the other two:
# to look them up costs half of a run.
CHECKS = {
    "dark": {390: OPTIONS | ONLY_COLOURS, 1280: OPTIONS | ONLY_COLOURS},
    "light": {390: OPTIONS, 768: OPTIONS | NO_COLOURS, 1280: OPTIONS},
}
PAGE = "html"
RUNS = sum(map(len, CHECKS.values()))


def problems(visit: Visit, axe: Path, within: str = PAGE) -> list[str]:
    """Every violation on a phone, a tablet and a desktop; in dark, of the colours."""
    script = (axe / "axe.min.js").read_text("utf-8")
    found = defaultdict(list)
    visit.again()
    visit.page.evaluate(script)
    visit.open_folds()
    for scheme, widths in CHECKS.items():
        visit.show_in(scheme)
        for width, options in widths.items():
            visit.resize(width)
            visit.let_draw()
            for violation in violations(visit, options, within):
                found[violation].append(f"{scheme} {width} px")
    return [
        f"{visit.name}: {violation} ({', '.join(where)})"
        for violation, where in found.items()
    ]


def violations(visit: Visit, options: dict = OPTIONS, within: str = PAGE) -> list[str]:
    """What axe objects to in the page as it stands, or in these elements of it."""
    run = "([within, options]) => axe.run(within, options)"
    result = visit.page.evaluate(run, [within, options])
    return [
        f"{' '.join(map(str, node['target']))}: {rule['id']}: "
        + " ".join(node["failureSummary"].split())
        for rule in result["violations"]
        for node in rule["nodes"]
    ]
