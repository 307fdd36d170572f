// An example that is run, stopped, edited and reset in the page.
import { Output } from "./output.js";
import { Results } from "./results.js";
import * as edits from "./edits.js";
import * as pythons from "./pythons.js";

export class Example {
  constructor(figure) {
    this.figure = figure;
    this.id = figure.dataset.example;
    this.name = figure.querySelector(".example__name").textContent;
    this.blocks = [...figure.querySelectorAll(".example__code")];
    this.originals = this.blocks.map((block) => block.querySelector("code").textContent);
    this.buttons = Object.fromEntries(
      [...figure.querySelectorAll("[data-action]")].map((one) => [one.dataset.action, one]),
    );
    this.editors = [];
    this.verb = this.buttons.run.textContent; // "Run", or what it is here
  }

  // The files as they are now: the proven ones, or the reader's.
  files() {
    const texts = this.originals.map((text, n) => this.editors[n]?.text() ?? text);
    return Object.fromEntries(texts.map((text, n) => [this.blocks[n].dataset.file, text]));
  }

  get edited() {
    return this.editors.some((editor, n) => editor.text() !== this.originals[n]);
  }

  program() {
    return { files: this.files(), command: this.figure.dataset.run };
  }

  makeOutput() {
    return this.name.endsWith(".sql") ? new Results(this) : new Output(this);
  }

  // What a hover or a focus asks for may come later than the click's own run.
  prepare() {
    if (!this.running) pythons.prepare(this.program());
  }

  run() {
    if (this.running) return this.stop();
    this.prepare(); // Python starts while the page is laid out anew
    this.mark(null);
    this.output ??= this.makeOutput();
    const lines = this.output.begin(this.edited, this.program());
    if (lines === null) return;
    this.label("run", "Stop");
    this.running = pythons.run(this.program(), (message) => this.hear(message), lines);
  }

  hear(message) {
    this.output.show(message, (line) => this.running.answer(line));
    if (this.output.full) return this.stop();
    if ("end" in message) this.mark(message.end);
    if ("end" in message || "failed" in message) this.finish();
  }

  stop() {
    this.running.stop();
    this.output.stopped();
    this.finish();
  }

  finish() {
    this.running = null;
    this.label("run", this.verb);
    if (this.edited) this.offerReset();
  }

  // One button, two names: the focus stays where it is.
  label(action, name) {
    this.buttons[action].textContent = name;
    this.buttons[action].ariaLabel = `${name} ${this.name}`;
  }

  // The line that an exception came from, in the editor or in the proven code.
  mark(end) {
    CSS.highlights?.delete("failed");
    this.blocks.forEach((block, n) => {
      const line = end?.line && block.dataset.file === end.file ? end.line : null;
      if (line) unfold(block);
      if (this.editors[n]) this.editors[n].mark(line);
      else if (line) highlight(block.querySelector("code"), line);
    });
  }

  async edit() {
    if (this.editors.length) return this.editors[0].focus();
    const { edit } = await import("./editor.js");
    this.editors = this.blocks.map((block, n) => this.open(edit, block, n));
    this.editors[0].focus();
    if (this.edited) this.offerReset();
  }

  open(edit, block, n) {
    const key = `${this.id} ${block.dataset.file}`;
    const original = this.originals[n];
    const kept = edits.read(key, original);
    const place = document.createElement("div");
    place.className = "example__editor";
    unfold(block);
    const tall = block.offsetHeight;
    block.hidden = true;
    block.before(place);
    if (kept?.outdated) this.tell("Your edit is of an older version of this example.");
    const editor = edit(place, {
      text: kept?.text ?? original,
      file: block.dataset.file,
      tall,
      changed: (text) => {
        edits.write(key, text, original);
        this.offerReset();
        if (!this.running) this.outdate();
      },
      run: () => this.run(),
      leave: () => this.buttons.run.focus(),
    });
    return {
      ...editor,
      key,
      close() {
        editor.close();
        place.remove();
        block.hidden = false;
      },
    };
  }

  // What an older text has printed says nothing about this one.
  outdate() {
    this.mark(null);
    this.output?.clear();
    this.tell("Your edit has not run yet. Below is the recording of the proven file.");
  }

  offerReset() {
    if (this.buttons.reset) return;
    const button = this.buttons.edit.cloneNode();
    button.dataset.action = "reset";
    button.addEventListener("click", () => this.reset());
    this.buttons.edit.after(button);
    this.buttons.reset = button;
    this.label("reset", "Reset");
  }

  // The proven file is back, and the recording is its output.
  reset() {
    if (this.running) this.stop();
    for (const editor of this.editors) {
      edits.forget(editor.key);
      editor.close();
    }
    this.editors = [];
    this.mark(null);
    this.tell("The proven file is back; below is its recorded output.");
    this.output.clear();
    this.buttons.run.focus();
    this.buttons.reset?.remove();
    delete this.buttons.reset;
    this.label("edit", "Edit");
  }

  tell(text) {
    this.output ??= this.makeOutput();
    this.output.say(text);
  }
}

// A file that the reader knows may be folded away.
function unfold(block) {
  const fold = block.closest("details.example__fold");
  if (fold) fold.open = true;
}

function highlight(code, line) {
  if (!CSS.highlights) return;
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  const range = new Range();
  let number = 1;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let at = 0; at < node.length; at += 1) {
      if (number === line && !begun) {
        range.setStart(node, at);
        begun = true;
      }
      if (node.data[at] !== "\n") continue;
      if (number === line) range.setEnd(node, at);
      number += 1;
    }
  }
  if (begun && range.collapsed) range.setEnd(code, code.childNodes.length);
  if (begun) CSS.highlights.set("failed", new Highlight(range));
}
