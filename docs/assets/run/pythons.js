// Interpreters for the page's programs. Each runs one program and is thrown away, so
// that nothing is left over; the next one stands by, and is given back when idle.

const IDLE = 5 * 60 * 1000; // milliseconds after which nobody will run anything soon
const BLOCKED =
  "This browser did not let Python start. Download the example and run it on your computer.";

let standby = null;
let idle = 0;

class Python {
  constructor(program) {
    const address = new URL("worker.js", import.meta.url);
    this.said = [];
    this.worker = new Worker(address, { type: "module" });
    this.worker.onmessage = ({ data }) => this.hear(data);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.hear({ failed: BLOCKED });
    };
    this.worker.postMessage({ prepare: program });
  }

  // Until somebody listens, what it says is kept.
  hear(message) {
    this.failed ||= "failed" in message;
    if (this.listener) this.listener(message);
    else this.said.push(message);
  }

  listen(listener) {
    this.listener = listener;
    this.said.splice(0).forEach(listener);
  }

  end() {
    this.listener = () => {};
    this.worker.terminate();
  }
}

// Has an interpreter ready for a program like this one.
export function prepare(program) {
  if (standby?.failed) release();
  standby ??= new Python(program);
  clearTimeout(idle);
  idle = setTimeout(release, IDLE);
}

// Gives the memory of the idle interpreter back.
export function release() {
  standby?.end();
  standby = null;
}

// Runs a program; `heard(message)` gets all that worker.js says. `lines`: what to
// give to input(), where the program cannot wait for the page.
export function run(program, heard, lines) {
  prepare(program);
  const python = standby;
  standby = null;
  const end = (replace) => {
    python.end();
    if (replace) prepare(program);
  };
  python.worker.postMessage({ run: program, lines });
  python.listen((message) => {
    heard(message);
    if ("end" in message || "failed" in message) end("end" in message);
  });
  return {
    answer: (line) => python.worker.postMessage({ line }),
    stop: () => end(true),
  };
}
addEventListener("pagehide", release);
