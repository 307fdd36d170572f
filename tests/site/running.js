// Everything that goes to and comes from the page's workers, with its time.
window.heard = [];
window.Worker = class extends Worker {
  constructor(...address) {
    super(...address);
    this.addEventListener("message", ({ data }) => note(data));
  }

  postMessage(data) {
    note(data);
    super.postMessage(data);
  }
};

function note(data) {
  heard.push({ ...data, at: performance.now() });
}
