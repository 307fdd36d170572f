// Tries a program as the reader's page runs it, but under Node.
// node in_page.mjs ASSETS RUNTIME < PROGRAM.json; both folders as file: addresses.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [assets, runtime] = process.argv.slice(2);
const { start } = await import(`${assets}python.js`);
const program = JSON.parse(readFileSync(0, "utf8"));
const text = (name) => readFileSync(new URL(name, assets), "utf8");
const printed = { stdout: "", stderr: "" };
const run = await start({
  here: fileURLToPath(runtime),
  modules: { sql_file: text("sql_file.py"), terminal: text("terminal.py") },
  lock: JSON.parse(readFileSync(new URL("packages.json", runtime), "utf8")),
  program,
  write: (stream, text) => (printed[stream] += text),
});
const end = await run(program, { folder: program.folder, ask() {}, tell() {} });
process.stdout.write(JSON.stringify({ ...printed, ...end }));
