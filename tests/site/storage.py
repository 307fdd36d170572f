"""Browsers that keep nothing: scripts to run before a page's own."""

FULL = """Storage.prototype.setItem = function (name, value) {
  throw new DOMException("full", "QuotaExceededError");
};"""
DENIED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); },
});"""
