// The menu of a phone, for the keyboard. To the theme it is a hidden checkbox with
// labels; here the labels become buttons that say whether they are open.
(() => {
  const drawer = document.querySelector("#__drawer");
  const menu = () => document.querySelector(".md-sidebar--primary");

  function button(label, name) {
    const made = document.createElement("button");
    const box = label.control;
    // The theme's styles know these by their "for".
    for (const { name, value } of label.attributes) {
      if (name !== "tabindex") made.setAttribute(name, value);
    }
    made.type = "button";
    if (!label.textContent.trim()) made.ariaLabel = name;
    made.ariaExpanded = box.checked;
    made.append(...label.childNodes);
    made.addEventListener("click", () => box.click());
    box.addEventListener("change", () => (made.ariaExpanded = box.checked));
    label.replaceWith(made);
    return made;
  }

  const opener = button(document.querySelector("label.md-header__button"), "Menu");

  document$.subscribe(() => {
    for (const label of menu()?.querySelectorAll("label:not([for=__drawer])") ?? []) {
      const item = label.closest("li");
      const title = item.querySelector(".md-nav__link, .md-nav__title");
      button(label, title.textContent.trim());
    }
  });

  // Who opens it with the keyboard goes on in it.
  opener.addEventListener("click", ({ detail }) => {
    if (detail === 0 && drawer.checked) menu().querySelector("a").focus();
  });

  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !drawer.checked) return;
    drawer.click();
    opener.focus();
  });

  // Who goes on with Tab has left the menu, which would cover the text.
  document.addEventListener("focusin", ({ target }) => {
    if (drawer.checked && target !== opener && !menu().contains(target)) drawer.click();
  });
})();
