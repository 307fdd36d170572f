// The worker that a program of the page runs in; it is used once.
import "./pyodide/pyodide.mjs"; // python.js will ask for it; so it comes at once
import { start } from "./python.js";

const here = new URL("./", import.meta.url).href;
const get = async (name) => (await fetch(here + name)).text();
const LOST = "Python could not be fetched. Check your connection, then try again.";
let running;
let answer;

addEventListener("message", ({ data }) => {
  if (data.prepare) {
    running = begin(data.prepare);
    running.catch(fail);
  }
  if (data.run) running.then((run) => finish(run, data)).catch(fail);
  if ("line" in data) answer(data.line);
});

async function begin(program) {
  const files = ["sql_file.py", "terminal.py", "packages.json"];
  const [sql_file, terminal, list] = await Promise.all(files.map(get));
  const lock = JSON.parse(list);
  total = lock.bytes;
  const write = (stream, text) => postMessage({ write: text, stream });
  const run = await start({ here, modules: { sql_file, terminal }, lock, program, write });
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

// Tells how much of the files has come, and of one that does not come: Pyodide
// would wait for it for ever. What WebAssembly compiles must be the response itself,
// or the browser does not keep what it has compiled.
const { fetch: plain } = self;
let total = 0; // bytes, known when the list of packages is here
let loaded = 0;

self.fetch = async (...request) => {
  try {
    const response = await plain(...request);
    if (!response.ok) throw new Error(`${response.url} answers ${response.status}`);
    if (total) count(response.clone()).catch(lost);
    return response;
  } catch (error) {
    lost();
    throw error;
  }
};

async function count(response) {
  for await (const chunk of response.body) {
    loaded += chunk.length;
    postMessage({ loaded, total });
  }
}

function lost() {
  postMessage({ failed: LOST });
}
