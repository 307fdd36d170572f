// What a program prints in the page: its progress, its output, its questions, its end.

const MOST = 200_000; // characters that are shown before a program is stopped
const canWait = "Suspending" in WebAssembly; // see python.js
const READS = /\binput\(|\bstdin\b/;
const TOOK = /\bin \d+\.\d+ ?s\b/g; // the recording has 0.00s

export class Output {
  constructor({ figure, name, blocks }) {
    this.name = name;
    const recorded = figure.querySelector(".example__output code").textContent;
    this.recorded = recorded.slice(recorded.indexOf("\n") + 1);
    this.box = element("div", { className: "run", role: "group" });
    this.status = element("p", { className: "run__status", role: "status" });
    this.progress = element("progress", { max: 1, ariaLabel: "Fetching Python" });
    this.fetched = element("span", { className: "run__fetched" });
    this.lines = element("textarea", { rows: 3, ariaLabel: "Input, one line each" });
    this.text = element("pre", { role: "log", tabIndex: 0 });
    this.form = this.question();
    this.box.append(this.status, this.progress, this.fetched);
    this.box.append(this.lines, this.text, this.form);
    blocks.at(-1).after(this.box);
    this.clear();
  }

  // A field for input(), shown while a program waits for a line.
  question() {
    const form = element("form", { className: "run__input" });
    this.line = element("input", { ariaLabel: "A line for the program", autocomplete: "off" });
    const send = element("button", { textContent: "Enter" });
    const end = element("button", { type: "button", textContent: "End of input" });
    end.addEventListener("click", () => this.give(undefined));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.give(this.line.value);
    });
    form.append(this.line, send, end);
    return form;
  }

  give(line) {
    if (line !== undefined) this.write("stdin", `${line}\n`);
    this.text.hidden = false;
    this.text.focus(); // who has it now is hidden
    this.form.hidden = true;
    this.answer(line);
  }

  clear() {
    for (const part of [this.progress, this.fetched, this.lines, this.text, this.form]) {
      part.hidden = true;
    }
    this.text.replaceChildren();
    this.printed = "";
  }

  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  // Returns the lines for input(), undefined where the program will ask for them;
  // null if the reader has to write them first.
  begin(edited, { files }) {
    const asked = !this.lines.hidden;
    this.clear();
    this.edited = edited;
    this.began = 0;
    const reads = Object.values(files).some((text) => READS.test(text));
    if (reads && !canWait) {
      this.lines.hidden = false;
      if (!asked) {
        this.say("This program reads input. Write its lines, then choose Run again.");
        this.lines.focus();
        return null;
      }
    }
    this.reveal();
    this.text.ariaLabel = `Output of your run of ${this.name}`;
    this.say("Starting Python");
    return reads && !canWait ? this.lines.value.split("\n") : undefined;
  }

  // Who runs a long program by its buttons sees what comes of it.
  reveal() {
    const figure = this.box.closest("figure");
    if (!figure.contains(document.activeElement)) return;
    this.box.scrollIntoView({ block: "nearest" });
  }

  get full() {
    return this.printed.length > MOST;
  }

  show(message, answer) {
    if ("loaded" in message) this.load(message);
    if (message.began) this.start();
    if ("write" in message) this.write(message.stream, message.write);
    if (message.ask) this.ask(answer);
    if ("end" in message) this.end(message.end);
    if ("failed" in message) this.fail(message.failed);
  }

  load({ loaded, total }) {
    if (this.began) return;
    const megabytes = (bytes) => Math.round(Math.min(bytes, total) / 1e6);
    this.progress.hidden = this.fetched.hidden = false;
    this.progress.value = Math.min(1, loaded / total);
    this.fetched.textContent = `Fetching Python, once: ${megabytes(loaded)} of ${megabytes(total)} MB`;
  }

  start() {
    this.began = performance.now();
    this.progress.hidden = this.fetched.hidden = true;
    this.say(this.edited ? "Running your edit" : "Running");
  }

  write(stream, text) {
    if (this.full) return;
    this.printed += text;
    this.text.hidden = false;
    const last = this.text.lastElementChild;
    if (last?.dataset.stream === stream) return last.append(text);
    const part = element("span", { textContent: text });
    part.dataset.stream = stream;
    this.text.append(part);
  }

  ask(answer) {
    this.answer = answer;
    this.line.value = "";
    this.form.hidden = false;
    this.say("The program waits for a line");
    this.line.focus();
  }

  end({ status, error, line, file }) {
    const whose = this.edited ? "Your edit ended" : "Ended";
    const took = `after ${Math.round(performance.now() - this.began)} ms`;
    const how = status ? `, exit status ${status}` : "";
    const why = error ? `: ${error}${line ? ` (${file}, line ${line})` : ""}` : "";
    this.say(`${whose} ${took}${how}${why}. ${this.compared()}`);
    this.reveal();
  }

  // What the recording below has to do with what was printed.
  compared() {
    if (this.edited) return "Below is the recording of the proven file.";
    const same = alike(this.printed, this.recorded);
    return same ? "It printed what is recorded below." : "";
  }

  stopped() {
    const why = this.full ? ": it printed more than the page shows" : "";
    this.halt(`Stopped${why}.`);
  }

  fail(why) {
    this.halt(why);
  }

  halt(text) {
    this.progress.hidden = this.fetched.hidden = this.form.hidden = true;
    this.say(text);
  }
}

function alike(printed, recorded) {
  const plain = (text) =>
    text.replace(TOOK, "in 0.00s").replace(/[ \t]+$/gm, "").trimEnd();
  return plain(printed) === plain(recorded);
}

export function element(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}
