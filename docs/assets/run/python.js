// CPython in WebAssembly (Pyodide): the same for the page's worker and for the
// tests, which try every example under Node.

const ENVIRONMENT = {
  COLUMNS: "80",
  HOME: "/home/reader",
  LINES: "24",
  NO_COLOR: "1",
  PYTEST_DISABLE_PLUGIN_AUTOLOAD: "1",
  PYTHONHASHSEED: "0",
  TZ: "UTC",
};
// A module from its text.
const ADD = `
def add(name, text):
    module = sys.modules[name] = types.ModuleType(name)
    exec(compile(text, f"<{name}>", "exec"), module.__dict__)
    return module

import sys, types
add
`;
const IMPORT = /^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+([\w., \t]+))/gm;

// A running program can wait for the page (JavaScript Promise Integration).
const canWait = "Suspending" in WebAssembly;

const first = (name) => name.split(/[./]/)[0];

// The modules that a program imports; its own files are none of them.
function imported({ files, command }) {
  const texts = Object.values(files);
  if (/^(pytest|check) /.test(command)) texts.push("import pytest");
  if (command.startsWith("sqlite3 ")) texts.push("import sqlite3");
  const found = texts.flatMap((text) => [...text.matchAll(IMPORT)]);
  const modules = found.flatMap(([, from, names]) =>
    from ? [from] : names.split(",").map((name) => name.trim().split(/\s/)[0]),
  );
  const programs = Object.keys(files).filter((name) => name.endsWith(".py"));
  const own = ["", ...programs.map(first)];
  return modules.filter((name) => !own.includes(first(name)));
}

// The packages, of those there are, that have some of these modules.
function packagesOf(modules, packages) {
  const tops = modules.map(first);
  return Object.values(packages)
    .filter(({ imports }) => tops.some((top) => imports.includes(top)))
    .map(({ name }) => name);
}

// Starts an interpreter with what a program needs, and gives a function that runs a
// program. `here`: the address of what build/runtime holds; `modules`: the texts of
// our own, of which terminal is the last; `lock`: the packages there are;
// `write(stream, text)` gets what is printed.
export async function start({ here, modules, lock, program, write }) {
  const { loadPyodide } = await import(`${here}pyodide/pyodide.mjs`);
  const pyodide = await loadPyodide({
    indexURL: `${here}pyodide/`,
    packageBaseUrl: `${here}packages/`,
    packageCacheDir: `${here}packages/`,
    lockFileContents: lock,
    packages: packagesOf(imported(program), lock.packages),
    env: ENVIRONMENT,
  });
  pyodide.setStdout(writer("stdout", write));
  pyodide.setStderr(writer("stderr", write));
  const add = pyodide.runPython(ADD);
  const own = Object.entries(modules).map(([name, text]) => add(name, text));
  const terminal = own.at(-1);
  const main = terminal.run;
  const execute = canWait ? main.callPromising.bind(main) : main;

  async function prepare(program) {
    const modules = imported(program);
    const packages = packagesOf(modules, lock.packages);
    await pyodide.loadPackage(packages, { messageCallback() {} });
    terminal.prepare(pyodide.toPy(modules));
  }
  await prepare(program);

  // Runs the command in `folder`. `ask()` gives a line for input(), or a promise
  // of one; `tell(test)` hears of each test while an exercise is checked.
  return async (program, { folder, ask, tell }) => {
    await prepare(program);
    const { files, command } = program;
    const hear = (test) => tell(test.toJs());
    const end = await execute(folder, pyodide.toPy(files), command, ask, hear);
    return end.toJs();
  };
}

// Bytes to text, a character's bytes never apart.
function writer(stream, write) {
  const decoder = new TextDecoder();
  return {
    write(bytes) {
      write(stream, decoder.decode(bytes, { stream: true }));
      return bytes.length;
    },
  };
}
