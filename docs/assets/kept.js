// What is kept in this browser only. Storage may be full or denied: then nothing is
// kept, and `write` and `forget` answer false. No module: the offline copy loads none.
const kept = {
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
      return true;
    } catch {
      return false;
    }
  },
  forget(name) {
    try {
      localStorage.removeItem(name);
      return true;
    } catch {
      return false;
    }
  },
  names() {
    try {
      return Object.keys(localStorage).sort();
    } catch {
      return [];
    }
  },
};
