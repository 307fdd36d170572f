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
    await figures.idle();
    const says = () => figure.querySelector(".run__status").textContent;
    return until(figure, () => says().startsWith("Ended"));
  },

  // The newest interpreter has started, and only waits for a program.
  async idle() {
    const last = () => heard.findLast(({ ready, prepare }) => ready || prepare);
    while (!last()?.ready) await new Promise(requestAnimationFrame);
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
