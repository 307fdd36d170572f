// How messages name an element: the nearest id, and the way down from there.
window.selectorOf = (element) => {
  const way = [];
  for (let at = element; at && at !== document.documentElement; at = at.parentElement) {
    if (at.id) {
      way.unshift(`#${CSS.escape(at.id)}`);
      break;
    }
    const alike = [...(at.parentElement?.children ?? [])].filter(
      (other) => other.localName === at.localName,
    );
    const nth = alike.length > 1 ? `:nth-of-type(${alike.indexOf(at) + 1})` : "";
    const kind = at.classList.length ? `.${CSS.escape(at.classList[0])}` : "";
    way.unshift(at.localName + kind + nth);
  }
  return way.slice(-4).join(" > ");
};

window.askedBy = (url) => {
  const asking = [...document.querySelectorAll("[src], link[href]")];
  const element = asking.find((one) => (one.src || one.href) === url);
  return element ? selectorOf(element) : "the page";
};

// What the page's policy has refused.
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.refused.push([event.blockedURI, event.effectiveDirective]);
});
