// The exercises a reader has passed, with ticks in the navigation and above each.

const site = new URL("..", import.meta.url).href;

// Whether the exercise of a lesson ("concurrency/tasks") was passed in this browser.
export const passed = (lesson) => kept.read(`passed ${lesson}`) !== null;

// Remember that it was, and show it.
export function pass(lesson) {
  kept.write(`passed ${lesson}`, "yes");
  showTicks();
}

// The page at an address of this site, as lessons are named.
export const lessonAt = (address) =>
  address.replace(site, "").replace(/[?#].*/, "").replace(/\/(index\.html)?$/, "");

function tick(element, before, wanted) {
  const shown = element.querySelector(":scope > .tick");
  if (!wanted) shown?.remove();
  if (!wanted || shown) return;
  const made = document.createElement("span");
  made.className = "tick";
  made.role = "img";
  made.ariaLabel = "exercise passed";
  element.insertBefore(made, before);
}

// The pages in the side bar, without the headings of the open one.
const PAGES = ".md-sidebar--primary a.md-nav__link:not(.md-nav--secondary *)";

// Put the ticks where they belong, and take them away where they do not.
export function showTicks() {
  for (const link of document.querySelectorAll(PAGES)) {
    const wanted = passed(lessonAt(link.href));
    tick(link, null, wanted);
    // On a phone, a button stands in for the link to the open page.
    const button = link.parentElement.querySelector(":scope > [for=__toc]");
    if (button) tick(button, button.querySelector(".md-nav__icon"), wanted);
  }
  let heading = document.querySelector(".exercise");
  while (heading && heading.localName !== "h2") heading = heading.previousElementSibling;
  const wanted = passed(lessonAt(location.href));
  if (heading) tick(heading, heading.querySelector(".headerlink"), wanted);
}

document$.subscribe(() => {
  showTicks();
  const page = document.querySelector(".progress");
  if (page) import("./your_progress.js").then(({ show }) => show(page));
});
