// Where Tab leads, and whether a reader sees it there.
window.keyboard = (() => {
  const INTERACTIVE = "a[href], button, input, select, textarea, summary, [tabindex]";
  const looks = new Map();
  const reached = new Set();
  const stops = [];
  let presses = 0;
  let round = false;

  const isShown = (element) => {
    const box = element.getBoundingClientRect();
    const sees = { opacityProperty: true, visibilityProperty: true };
    return (
      element.checkVisibility(sees) &&
      box.width * box.height > 0 &&
      box.right > 0 &&
      box.left < innerWidth
    );
  };

  // An option may be shown by a label alone: its own, or the one beside it.
  const faces = (element) => {
    const next = element.nextElementSibling;
    return [
      element,
      ...(element.labels ?? []),
      ...(element.localName === "input" && next?.localName === "label" ? [next] : []),
    ];
  };

  const look = (element) => {
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== "none" && style.outlineWidth !== "0px";
    return [
      outlined && `${style.outlineWidth} ${style.outlineColor}`,
      style.boxShadow,
      style.borderColor,
      style.backgroundColor,
      style.textDecoration,
    ].join();
  };

  const candidates = () =>
    [...document.querySelectorAll(INTERACTIVE)].filter(
      (element) => element.tabIndex >= 0 && !element.disabled,
    );

  for (const element of candidates().flatMap(faces)) looks.set(element, look(element));

  function stop(element) {
    const before = [...reached].at(-1);
    const changed = (face) => isShown(face) && look(face) !== looks.get(face);
    reached.add(element);
    return {
      name: selectorOf(element),
      press: presses,
      marked: faces(element).some(changed),
      shown: faces(element).some(isShown),
      held: false,
      after:
        !before ||
        Boolean(
          before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
        ),
    };
  }

  addEventListener("keydown", ({ key }) => key === "Tab" && presses++, true);
  addEventListener(
    "focusin",
    ({ target }) => {
      if (round) return;
      round = reached.has(target);
      if (!round) stops.push(stop(target));
      // Back at an element that is not the first: the end cannot be reached.
      else if (target !== [...reached][0]) stops.at(-1).held = true;
    },
    true,
  );

  return {
    // Every stop, once Tab has come round; null while it is on its way.
    walked: () => {
      const last = [...reached].at(-1);
      const stuck = stops.length && presses > stops.at(-1).press + 1;
      if (stuck && document.activeElement === last) round = stops.at(-1).held = true;
      return round || presses > 2000 ? stops : null;
    },

    // What a mouse can use and Tab has not come to; one of a group is enough.
    missed: () => {
      const groups = new Set([...reached].map((element) => element.name).filter(Boolean));
      return candidates()
        .filter((element) => isShown(element) && !reached.has(element))
        .filter((element) => element.type !== "radio" || !groups.has(element.name))
        .map(selectorOf);
    },

    // Labels of hidden boxes: a mouse can use them, the keyboard has no way to.
    labels: () => {
      const focusable = (box) => box?.checkVisibility({ visibilityProperty: true });
      return [...document.querySelectorAll("label[for]")]
        .filter((label) => isShown(label) && getComputedStyle(label).cursor === "pointer")
        .filter((label) => label.tabIndex < 0 && !focusable(label.control))
        .map(selectorOf);
    },
  };
})();
