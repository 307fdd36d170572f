// An exercise: the reader's attempt is checked by the tests that every run of CI uses.
import { pass } from "../progress.js";
import { Example } from "./example.js";
import { Report } from "./report.js";

export class Exercise extends Example {
  makeOutput() {
    return new Report(this);
  }

  get tests() {
    return this.figure.dataset.check;
  }

  program() {
    const box = this.figure.closest(".exercise");
    const code = box.querySelector(`[data-file="${this.tests}"] code`);
    const files = { ...this.files(), [this.tests]: code.textContent };
    return { files, command: `check ${this.tests}` };
  }

  hear(message) {
    super.hear(message);
    if (message.end?.status === 0) pass(this.id.replace("/exercise", ""));
  }
}
