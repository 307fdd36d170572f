// What a file of SQL gives in the page: each result as a table.
import { Output, element } from "./output.js";

const EDGE = /^[┌├└]/;

export class Results extends Output {
  constructor(example) {
    super(example);
    this.tables = element("div", { className: "run__tables", role: "group", tabIndex: 0 });
    this.tables.ariaLabel = `Results of ${this.name}`;
    this.text.before(this.tables);
    this.clear();
  }

  clear() {
    super.clear();
    this.tables?.replaceChildren();
    if (this.tables) this.tables.hidden = true;
  }

  // The text stays for whoever compares it with the recording.
  end(how) {
    const found = [...this.text.children].filter((part) => part.dataset.stream === "stdout");
    this.tables.append(...found.flatMap((part) => tables(part.textContent)));
    this.tables.hidden = !this.tables.children.length;
    for (const part of found) part.hidden = true;
    this.text.hidden = found.length === this.text.children.length;
    super.end(how);
  }
}

// Tables from what `sqlite3 -box` prints.
function tables(text) {
  const boxes = text.split(/^┌.*\n/m).slice(1);
  return boxes.map((box, n) => table(rows(box), `Result ${n + 1} of ${boxes.length}`));
}

function rows(box) {
  const lines = box.split("\n").filter((line) => line && !EDGE.test(line));
  return lines.map((line) => line.slice(1, -1).split("│").map((cell) => cell.trim()));
}

function table([names, ...values], title) {
  const made = element("table");
  made.append(element("caption", { textContent: title }));
  made.createTHead().append(row(names, "th"));
  made.createTBody().append(...values.map((cells) => row(cells, "td")));
  return made;
}

function row(cells, tag) {
  const made = element("tr");
  made.append(...cells.map((textContent) => element(tag, { textContent })));
  return made;
}
