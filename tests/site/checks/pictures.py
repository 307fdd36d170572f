"""Pictures have a size before they are loaded, so that no text jumps."""

from visit import Visit

UNSIZED = """() => {
  const sides = ["width", "height"];
  const attributes = element => sides.every(side => element.hasAttribute(side));
  const styled = element => sides.every(
    side => String(element.computedStyleMap().get(side)) !== "auto");
  const pictures = [...document.querySelectorAll("img")]
    .filter(picture => !attributes(picture) && !styled(picture));
  const drawings = [...document.querySelectorAll("svg:not([viewBox])")]
    .filter(drawing => !drawing.closest("svg svg") && !attributes(drawing));
  return [...pictures, ...drawings].map(selectorOf);
}"""


def problems(visit: Visit) -> list[str]:
    """Each picture whose size only its file knows."""
    return [
        f"{visit.name}: {name}: the picture has no size; give it width and height"
        for name in visit.page.evaluate(UNSIZED)
    ]
