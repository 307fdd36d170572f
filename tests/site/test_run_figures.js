// Measures in the page, from a click to what is then to be seen.
function until(figure, seen) {
  return new Promise((done) => {
    const watcher = new MutationObserver(() => {
      if (!seen()) return;
      watcher.disconnect();
      done(performance.now() - from);
    });
    const watched = { childList: true, characterData: true, subtree: true };
    watcher.observe(figure, watched);
    const from = performance.now();
    figure.querySelector("[data-action=run]").click();
  });
}

window.figures = {
  firstOutput(figure) {
    return until(figure, () => figure.querySelector(".run [data-stream]"));
  },

  // The click itself changes what was said of the run before.
  async end(figure) {
    while (!figures.ready()) await new Promise(requestAnimationFrame);
    const says = () => figure.querySelector(".run__status").textContent;
    return until(figure, () => says().startsWith("Ended"));
  },

  // Whether the newest interpreter only waits for a program.
  ready() {
    return heard.findLast(({ ready, prepare }) => ready || prepare)?.ready;
  },

  async stop(figure) {
    const from = performance.now();
    const next = () => heard.find(({ ready, at }) => ready && at > from);
    figure.querySelector("[data-action=run]").click();
    while (!next()) await new Promise(requestAnimationFrame);
    return next().at - from;
  },

  // A worker that starts Pyodide and prints, without our page.
  bare() {
    return new Promise((done) => {
      const from = performance.now();
      const worker = new Worker("bare.js", { type: "module" });
      worker.onmessage = () => {
        worker.terminate();
        done(performance.now() - from);
      };
    });
  },
};
