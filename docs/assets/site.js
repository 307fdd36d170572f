// What the theme leaves out for keyboards and screen readers.
document$.subscribe(() => {
  const labels = {
    "[data-md-component=search]": "Search",
    "[data-md-component=progress]": "Loading",
    ".md-annotation__index": "Note on this line",
  };
  for (const [selector, label] of Object.entries(labels)) {
    for (const element of document.querySelectorAll(selector)) {
      element.setAttribute("aria-label", label);
    }
  }
  // What scrolls sideways can be reached and scrolled with the keyboard.
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    }
  });
  const scrolling = ".highlight pre > code, .md-typeset table";
  for (const element of document.querySelectorAll(scrolling)) {
    sizes.observe(element);
  }
});
