// What the theme leaves out for keyboards and screen readers.
document$.subscribe(() => {
  const labels = {
    ".md-tags": "Tags of this lesson",
    ".md-path": "Breadcrumbs",
  };
  for (const [selector, label] of Object.entries(labels)) {
    for (const element of document.querySelectorAll(selector)) {
      element.setAttribute("aria-label", label);
    }
  }
});

// What scrolls sideways can be reached and scrolled with the keyboard.
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
  }
});

// The theme wraps tables and makes Copy buttons whenever it comes to them.
const seen = new WeakSet();
function look() {
  const scrolling =
    ".highlight pre > code, .md-typeset__table, .timeline__scroll";
  for (const element of document.querySelectorAll(scrolling)) {
    if (!seen.has(element)) sizes.observe(element);
    seen.add(element);
  }
  // Each Copy button stands in a landmark of its own, without a name.
  for (const wrapper of document.querySelectorAll(".md-code__nav:not([role])")) {
    wrapper.role = "none";
  }
}
document$.subscribe(look);
new MutationObserver(look).observe(document.body, { childList: true, subtree: true });

// A tooltip can be put away without moving the pointer or the focus.
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const tooltip of document.querySelectorAll(".md-tooltip2")) {
    tooltip.hidden = true;
  }
});

// A letter alone is no command (WCAG 2.1.4): the theme's never arrive.
document.addEventListener("keydown", (event) => {
  const held = event.ctrlKey || event.metaKey || event.altKey;
  if (event.key.length === 1 && !held) event.stopPropagation();
});

// "Skip to content" takes the focus along; the theme would load the page again.
document.addEventListener(
  "click",
  (event) => {
    if (!event.target.matches(".md-skip")) return;
    event.preventDefault();
    event.stopPropagation();
    const heading = document.querySelector(event.target.hash);
    heading.tabIndex = -1;
    heading.focus();
  },
  true,
);
