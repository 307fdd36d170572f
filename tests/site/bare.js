// The same Python without our page: from nothing to the first thing it prints.
import { loadPyodide } from "./assets/run/pyodide/pyodide.mjs";

const here = new URL("./assets/run/", import.meta.url).href;
const list = await fetch(`${here}packages.json`);
const pyodide = await loadPyodide({
  indexURL: `${here}pyodide/`,
  lockFileContents: await list.text(),
});
pyodide.setStdout({ batched: (text) => postMessage(text) });
pyodide.runPython("print(1)");
