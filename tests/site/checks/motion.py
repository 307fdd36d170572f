"""Nothing moves for readers who asked for less motion."""

from visit import Visit

MOVING = """() => {
  const seconds = list => Math.max(...list.split(",").map(parseFloat));
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(element, part);
      const moves = style.animationName !== "none"
        ? seconds(style.animationDuration) : 0;
      const fades = style.transitionProperty !== "none"
        ? seconds(style.transitionDuration) : 0;
      if (Math.max(moves, fades) > 0.01) found.push(selectorOf(element) + (part ?? ""));
    }
  }
  return found;
}"""


def problems(visit: Visit) -> list[str]:
    """Each element that is animated all the same."""
    return [
        f"{visit.name}: {name}: moves under prefers-reduced-motion; keep it still"
        for name in visit.page.evaluate(MOVING)
    ]
