// What readers have made of the examples, kept (assets/kept.js) with the file that
// they began with: so it shows when the site has another one since.
const PREFIX = "edit ";

// The reader's text of an example, or null. It is `outdated` when it was made from
// another file than `original`, the one that the site has now.
export function read(id, original) {
  const edit = parsed(kept.read(PREFIX + id));
  return edit && { text: edit.text, outdated: edit.original !== original };
}

// Keeps an edit, and answers whether that was possible. Who goes on with an outdated
// edit still has one; who is back at the original has none.
export function write(id, text, original) {
  if (text === original) return forget(id);
  const began = parsed(kept.read(PREFIX + id)) ?? { original };
  return kept.write(PREFIX + id, JSON.stringify({ text, original: began.original }));
}

export function forget(id) {
  return kept.forget(PREFIX + id);
}

// The examples that have an edit.
export function all() {
  const names = kept.names().filter((name) => name.startsWith(PREFIX));
  return names.map((name) => name.slice(PREFIX.length));
}

function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
