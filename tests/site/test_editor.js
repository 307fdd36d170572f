const FRAMES = 300; // in which a text is read to its end

// Opens the editor where the nth block of code is, and keeps what it reports.
async function open(module, blocks, options) {
  const { edit } = await import(module);
  window.editor?.close();
  window.code = document.querySelectorAll(blocks)[options.nth ?? 0];
  const place = document.createElement("div");
  code.closest(".highlight").after(place);
  window.told = [];
  window.editor = edit(place, {
    text: options.text ?? code.textContent,
    file: code.closest("[data-file]")?.dataset.file ?? "example.py",
    tall: options.tall,
    changed: (text) => told.push(text),
    run: () => told.push("run"),
    leave: () => document.querySelector(options.leave)?.focus(),
  });
  window.content = place.firstElementChild.shadowRoot.querySelector(".cm-content");
  content.scrollIntoView({ behavior: "instant" }); // what is out of sight is not drawn
}

// Where the editor looks other than the block of code; null when it does not. It
// reads a long text in pieces, between two frames, and colours what it has read.
async function difference() {
  const block = look(code);
  let found;
  for (let frame = 0; found !== null && frame < FRAMES; frame += 1) {
    await new Promise(requestAnimationFrame);
    found = firstDifference(block, look(content));
  }
  return found;
}

function firstDifference(block, edited) {
  const at = block.findIndex((one, n) => !alike(one, edited[n]));
  if (at < 0) return null;
  const text = block.slice(at, at + 20).map(({ character }) => character);
  return [text.join(""), block[at], edited[at]];
}

function alike(one, other) {
  const near = (name) => Math.abs(one[name] - other[name]) < 1;
  const same = (name) => one[name] === other[name];
  return other && ["x", "y"].every(near) && ["character", "colour", "font"].every(same);
}

// Each character with its colour, its font and its place.
function look(element) {
  const { x, y } = element.getBoundingClientRect();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = new Range();
  const seen = [];
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    const { color: colour, fontFamily, fontSize } = getComputedStyle(parentElement);
    const font = `${fontSize} ${fontFamily}`;
    [...data].forEach((character, n) => {
      if (!character.trim()) return;
      range.setStart(walker.currentNode, n);
      range.setEnd(walker.currentNode, n + 1);
      const box = range.getBoundingClientRect();
      seen.push({ character, colour, font, x: box.x - x, y: box.y - y });
    });
  }
  return seen;
}

window.editing = { open, difference };
