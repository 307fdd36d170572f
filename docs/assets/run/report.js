// The report of an exercise's tests: each by its name, as it ends.
import { Output, element } from "./output.js";

export class Report extends Output {
  constructor(exercise) {
    super(exercise);
    this.list = element("ul", { className: "run__tests" });
    this.text.before(this.list);
  }

  clear() {
    super.clear();
    this.list?.replaceChildren();
    this.counts = { passed: 0, failed: 0, skipped: 0 };
  }

  show(message, answer) {
    if (message.test) this.add(message.test);
    super.show(message, answer);
  }

  // A test without a name: the files could not even be read.
  add({ test, outcome, message }) {
    this.counts[outcome] += 1;
    const item = element("li");
    item.dataset.outcome = outcome;
    const name = element("code", { textContent: test || "exercise.py" });
    item.append(name, ` ${outcome}`);
    if (message) item.append(element("pre", { textContent: message, tabIndex: 0 }));
    this.list.append(item);
  }

  start() {
    super.start();
    this.say("Checking");
  }

  end({ status }) {
    const { passed, failed } = this.counts;
    const all = passed + failed;
    if (status === 0) this.say(`All ${all} tests pass. The exercise is solved.`);
    else if (passed) this.say(`${passed} of ${all} tests pass.`);
    else this.say("No test passes yet.");
  }
}
