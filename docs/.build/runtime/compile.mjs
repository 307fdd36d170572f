// Compiles Python modules with the Pyodide that will run them, and packs them.
// node compile.mjs PYODIDE compile.py FOLDER ARCHIVE PLACE ...
import { readFileSync, writeFileSync } from "node:fs";

const [pyodidePath, script, ...packs] = process.argv.slice(2);
const { loadPyodide } = await import(`${pyodidePath}/pyodide.mjs`);
const pyodide = await loadPyodide({ indexURL: `${pyodidePath}/` });
pyodide.runPython(readFileSync(script, "utf8"));
for (let n = 0; n < packs.length; n += 3) {
  const [folder, archive, place] = packs.slice(n);
  pyodide.mountNodeFS("/sources", folder);
  const packed = pyodide.globals.get("pack")("/sources", place).toJs();
  pyodide.FS.unmount("/sources");
  writeFileSync(archive, packed);
}
