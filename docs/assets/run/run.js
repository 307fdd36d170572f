// Run and Edit on the examples that run in the page. What they need is fetched when
// somebody is about to use them.
(() => {
  const folder = new URL("./", document.currentScript.src).href;
  const load = () => import(`${folder}figures.js`);
  const cannot = "This browser cannot run Python: it has no WebAssembly";
  const lost = "This could not be fetched. Check your connection, then try again.";

  function button(name, file, action) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = name;
    made.ariaLabel = `${name} ${file}`;
    made.dataset.action = action;
    return made;
  }

  // A remark beside the buttons.
  function say(tools, text) {
    const note = document.createElement("span");
    note.role = "status";
    tools.prepend(note);
    note.textContent = text;
  }

  function equip(figure) {
    const tools = figure.querySelector(".example__tools");
    if (!window.WebAssembly) return say(tools, cannot);
    const file = figure.querySelector(".example__name").textContent;
    const verb = figure.dataset.check ? "Check" : "Run";
    const mine = `edit ${figure.dataset.example} `;
    const edited = kept.names().some((name) => name.startsWith(mine));
    const edit = edited ? "Edit yours" : "Edit";
    const buttons = [button(verb, file, "run"), button(edit, file, "edit")];
    tools.prepend(...buttons);
    const prepare = () =>
      load().then(
        ({ of }) => of(figure).prepare(),
        () => {}, // a click will say it
      );
    for (const event of navigator.connection?.saveData ? [] : ["pointerenter", "focus"]) {
      buttons[0].addEventListener(event, prepare, { once: true });
    }
    for (const made of buttons) {
      made.addEventListener("click", async () => {
        tools.querySelector("[role=status]")?.remove();
        try {
          const { of } = await load();
          await of(figure)[made.dataset.action]();
        } catch (error) {
          say(tools, lost);
          throw error;
        }
      });
    }
  }

  document$.subscribe(() => {
    if (location.protocol === "file:") return; // browsers start no workers there
    document.querySelectorAll("[data-run], [data-check]").forEach(equip);
  });
})();
