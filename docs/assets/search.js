// The search's dialog. It loads nothing before it is opened for the first time;
// then search_query.js, which loads the pieces of the index that a query needs.
(() => {
  const ROOT = new URL("..", document.currentScript.src);
  const FIRST = 8;
  const FIELDS = "textarea, select, [contenteditable], input:not([type=radio])";
  const HINT =
    "Type a word, a name such as cursor.execute, or an operator such as :=";
  let turn = 0; // an answer that is not to the newest query is thrown away
  let searching;

  window.provenSearch = {
    load(path) {
      return new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL(path, ROOT);
        script.onload = () => resolve(script.remove());
        script.onerror = () => reject(new Error(script.src), script.remove());
        document.head.append(script);
      });
    },
  };

  function element(tag, properties = {}, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  const input = element("input", {
    type: "search",
    id: "search-query",
    autocomplete: "off",
    spellcheck: false,
  });
  const status = element("p", { className: "search__status" });
  const list = element("ol", { className: "search__results" });
  const more = element("button", { type: "button", textContent: "More results" });
  const close = element("button", { type: "button", textContent: "Close" });
  const label = element("label", { htmlFor: input.id, textContent: "Search" });
  const head = element("div", { className: "search__head" }, label, input, close);
  const body = element("div", { className: "search__body" }, status, list, more);
  const dialog = element("dialog", { className: "search" }, head, body);
  input.autocapitalize = "none";
  status.setAttribute("role", "status");
  dialog.setAttribute("aria-label", "Search");
  more.hidden = true;

  let loading;
  function ready() {
    loading ??= provenSearch.load("assets/search_query.js");
    loading.catch(() => (loading = undefined));
    return loading;
  }

  function open() {
    if (!dialog.isConnected) document.body.append(dialog);
    if (!dialog.open) {
      dialog.showModal();
      ready().then(() => provenSearch.ready).catch(failed);
      status.textContent = HINT;
    }
    input.select();
  }

  function failed() {
    delete list.dataset.query;
    status.textContent =
      "The index of the search could not be loaded. Reload the page and try again.";
  }

  async function search() {
    const mine = ++turn;
    const query = input.value.trim();
    try {
      await ready();
      const found = query
        ? await provenSearch.find(query)
        : { numbers: [], words: [], cut: false };
      if (mine !== turn) return;
      const added = await results(found, 0);
      if (mine !== turn) return;
      list.replaceChildren(...added);
      list.dataset.query = query; // what these results answer
      body.scrollTop = 0;
      offerMore(found, mine);
      status.textContent = query ? summary(found, query) : HINT;
    } catch {
      if (mine === turn) failed();
    }
  }

  function summary({ numbers, cut }, query) {
    const count = numbers.length;
    if (!count) return `Nothing found for ${query}. Try fewer words or letters.`;
    return `${cut ? "At least " : ""}${count} result${count === 1 ? "" : "s"}`;
  }

  function offerMore(found, mine) {
    more.hidden = list.children.length >= found.numbers.length;
    more.onclick = async () => {
      try {
        const added = await results(found, list.children.length);
        if (mine !== turn) return;
        list.append(...added);
        added[0].querySelector("a").focus();
        offerMore(found, mine);
      } catch {
        failed();
      }
    };
  }

  async function results({ numbers, words }, start) {
    const shown = numbers.slice(start, start + FIRST);
    return (await provenSearch.records(shown)).map((record) => result(record, words));
  }

  function result([kind, address, above, title, excerpt], words) {
    const text = (tag, className, content) =>
      element(tag, { className }, ...marked(content, words));
    const link = element("a", { href: new URL(file(address), ROOT) });
    if (above.length) {
      const path = above.join(" › ");
      link.append(element("span", { className: "search__above" }, path));
    }
    link.append(text("span", "search__title", title));
    if (excerpt) link.append(text("span", "search__excerpt", excerpt));
    return element("li", { className: `search__${kind}` }, link);
  }

  // From a folder, nobody turns the address of a folder into its page.
  const file = (address) =>
    location.protocol === "file:"
      ? address.replace(/(^|\/)(#|$)/, "$1index.html$2")
      : address;

  function marked(content, words) {
    const escaped = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
    const longest = escaped.sort((a, b) => b.length - a.length).join("|");
    const pieces = longest ? content.split(new RegExp(`(${longest})`, "iu")) : [content];
    return pieces.map((piece, i) =>
      i % 2 ? element("mark", { textContent: piece }) : piece,
    );
  }

  // Up and down go through the results; Enter in the field follows the first.
  function move(event) {
    event.stopPropagation(); // the theme has shortcuts of its own
    const stops = [input, ...list.querySelectorAll("a"), ...(more.hidden ? [] : [more])];
    const now = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") shut();
    else if (event.key === "Enter" && event.target === input) followFirst();
    else if (step && now >= 0) stops[now + step]?.focus();
    else return;
    event.preventDefault();
  }

  async function followFirst() {
    const mine = turn;
    await searching;
    if (mine === turn) list.querySelector("a")?.click();
  }

  // The browser tells of a close later, when the dialog may be open again.
  function shut() {
    dialog.close();
    forget();
  }

  function forget() {
    turn += 1;
    input.blur();
    input.value = "";
    list.replaceChildren();
    delete list.dataset.query;
    more.hidden = true;
  }

  input.addEventListener("input", () => (searching = search()));
  dialog.addEventListener("close", () => dialog.open || forget());
  close.addEventListener("click", shut);
  list.addEventListener("click", ({ target }) => {
    if (target.closest("a")) dialog.close();
  });
  dialog.addEventListener("keydown", move);
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) shut(); // beside it
  });
  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-search]")) open();
  });
  document.addEventListener("keydown", (event) => {
    const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    const [target] = event.composedPath(); // in the editor's shadow root, too
    if (!k || target.closest?.(FIELDS)) return;
    event.preventDefault();
    open();
  });
})();
