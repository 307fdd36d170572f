// The page "Your progress": what is kept of each lesson, and how to forget it.
import { lessonAt, passed, showTicks } from "./progress.js";

const KINDS = {
  question: ["answer", "answers"],
  edit: ["edited program", "edited programs"],
  passed: ["passed exercise", "passed exercises"],
};
const MINE = new RegExp(`^(${Object.keys(KINDS).join("|")}) `);

// The names under which something is kept, of one lesson or of all.
function keptOf(lesson) {
  const names = kept.names().filter((name) => MINE.test(name));
  const of = (name) => `${name.replace(MINE, "")}/`.startsWith(`${lesson}/`);
  return lesson ? names.filter(of) : names;
}

// Such as "2 answers and 1 passed exercise".
function inWords(names) {
  const counts = Object.entries(KINDS).map(([kind, [one, many]]) => {
    const count = names.filter((name) => name.startsWith(`${kind} `)).length;
    return count && `${count} ${count === 1 ? one : many}`;
  });
  return new Intl.ListFormat("en-GB").format(counts.filter(Boolean));
}

function made(tag, text, properties = {}) {
  const element = document.createElement(tag);
  element.textContent = text;
  return Object.assign(element, properties);
}

// A lesson of the list: what was done of what there is.
function stateOf({ dataset }, lesson) {
  const questions = dataset.questions.split(" ").filter(Boolean);
  const answered = questions.filter(
    (name) => kept.read(`question ${lesson}/questions/${name}`) !== null,
  );
  const exercises = Number(dataset.exercises);
  const done = exercises && passed(lesson) ? 1 : 0;
  return { exercises, done, asked: questions.length, answered: answered.length };
}

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
const count = (done, all, noun) => `${done} of ${all} ${noun}${all === 1 ? "" : "s"}`;

// Fill the page with what is kept, and with the buttons that forget it.
export function show(page) {
  const items = [...page.querySelectorAll("li")];
  const total = made("p", "");
  const choice = made("div", "", { role: "group", ariaLabel: "Forget everything" });
  const status = made("p", "", { role: "status", tabIndex: -1 });
  page.prepend(total, choice, status);

  function button(text, onclick, ariaLabel = text) {
    return made("button", text, { type: "button", ariaLabel, onclick });
  }

  function forget(names, next) {
    status.textContent = `Forgotten: ${inWords(names)}.`;
    names.forEach(kept.forget);
    showTicks();
    update();
    next.focus();
  }

  function ask() {
    const names = keptOf();
    const question = made("p", `Forget ${inWords(names)}?`);
    const no = button("No, keep it", () => {
      offer();
      choice.querySelector("button").focus();
    });
    const yes = button("Yes, forget it", () => forget(names, status));
    choice.replaceChildren(question, yes, no);
    no.focus();
  }

  function offer() {
    const any = keptOf().length > 0;
    choice.replaceChildren(...(any ? [button("Forget everything", ask)] : []));
  }

  function updateItem(item) {
    const link = item.querySelector("a");
    const lesson = lessonAt(link.href);
    const state = stateOf(item, lesson);
    const names = keptOf(lesson);
    const exercise = state.done ? "exercise passed" : "exercise not passed";
    item.querySelector("small").textContent = [
      `${count(state.answered, state.asked, "question")} answered`,
      ...(state.exercises ? [exercise] : []),
    ].join(", ");
    item.classList.toggle("progress__passed", state.done === 1);
    item.querySelector("button")?.remove();
    const label = `Forget ${link.textContent}`;
    if (names.length) item.append(button("Forget", () => forget(names, link), label));
    return state;
  }

  function update() {
    const states = items.map(updateItem);
    const all = (name) => sum(states.map((state) => state[name]));
    total.textContent =
      `${count(all("answered"), all("asked"), "question")} answered, ` +
      `${count(all("done"), all("exercises"), "exercise")} passed.`;
    offer();
  }

  update();
}
