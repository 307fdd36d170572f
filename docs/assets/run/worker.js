// The worker that a program of the page runs in; it is used once.
import { start } from "./python.js";

const here = new URL("./", import.meta.url).href;
const get = async (name) => (await fetch(here + name)).text();
let running;
let answer;

addEventListener("message", ({ data }) => {
  if (data.prepare) running = begin(data.prepare);
  if (data.run) running.then((run) => finish(run, data)).catch(fail);
  if ("line" in data) answer(data.line);
});

async function begin(program) {
  const [terminal, list] = await Promise.all([get("terminal.py"), get("packages.json")]);
  const lock = JSON.parse(list);
  countBytes(lock.bytes);
  const write = (stream, text) => postMessage({ write: text, stream });
  const run = await start({ here, terminal, lock, program, write });
  postMessage({ ready: true });
  return run;
}

async function finish(run, { run: program, lines }) {
  postMessage({ began: true });
  const ask = () => {
    if (lines) return lines.shift();
    postMessage({ ask: true });
    return new Promise((resolve) => (answer = resolve));
  };
  const tell = (test) => postMessage({ test });
  postMessage({ end: await run(program, { folder: "/home/reader", ask, tell }) });
}

function fail(error) {
  postMessage({ failed: String(error.message ?? error) });
}

// Tells how much of the files has come. What WebAssembly compiles must be the
// response itself, or the browser does not keep what it has compiled.
function countBytes(total) {
  const { fetch } = self;
  let loaded = 0;
  self.fetch = async (...request) => {
    const response = await fetch(...request);
    count(response.clone());
    return response;
  };
  async function count(response) {
    for await (const chunk of response.body) {
      loaded += chunk.length;
      postMessage({ loaded, total });
    }
  }
}
