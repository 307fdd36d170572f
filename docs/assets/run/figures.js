// The examples and exercises of the page that is shown, each made when it is first used.
import { Example } from "./example.js";
import { Exercise } from "./exercise.js";

const made = new Map();

export function of(figure) {
  const kind = figure.dataset.check ? Exercise : Example;
  if (!made.has(figure)) made.set(figure, new kind(figure));
  return made.get(figure);
}

// A page that is left leaves no program behind.
document$.subscribe(() => {
  for (const [figure, example] of made) {
    if (figure.isConnected) continue;
    if (example.running) example.stop();
    made.delete(figure);
  }
});
