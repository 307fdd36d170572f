// What a reader does is kept in this browser only. Storage may be full or denied;
// then nothing is kept, and nothing breaks.
export const kept = {
  read(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  },
  write(name, value) {
    try {
      localStorage.setItem(name, value);
    } catch {}
  },
  forget(name) {
    try {
      localStorage.removeItem(name);
    } catch {}
  },
  names() {
    try {
      return Object.keys(localStorage);
    } catch {
      return [];
    }
  },
};
