// From a query to its results, by way of the pieces of the index that
// docs/.build/search_index.py wrote. Pieces are scripts: they load over http
// and from a folder. Loaded by search.js when the search is first opened.
(() => {
  const MOST_WORDS = 8;
  const LETTER = /[\p{L}\p{N}_]/u;
  const taken = {};
  const pieces = new Map();

  provenSearch.take = (name, content) => {
    taken[name] = content;
  };

  function piece(name, folder = `${taken.root?.version}/`) {
    if (!pieces.has(name)) {
      const loaded = provenSearch.load(`search/${folder}${name}.js`);
      pieces.set(name, loaded.then(() => taken[name]));
      loaded.catch(() => pieces.delete(name));
    }
    return pieces.get(name);
  }

  const root = () => piece("root", "");

  // The last of these sorted terms that is not after the wanted one.
  const lastUpTo = (terms, wanted) =>
    Math.max(0, terms.findLastIndex((term) => term <= wanted));

  async function leafWith(term) {
    const { group, groups } = await root();
    const number = lastUpTo(groups, term);
    const leaves = await piece(`groups/${number}`);
    return number * group + lastUpTo(leaves, term);
  }

  async function firstTermOf(leaf) {
    const { group, groups } = await root();
    const number = Math.floor(leaf / group);
    if (leaf % group === 0) return groups[number];
    return (await piece(`groups/${number}`))[leaf % group];
  }

  // The rows of a word: the term itself, and the terms that begin with it; or
  // one row, ending in a space, for all of these where they are many.
  async function rowsOf(word) {
    const sign = !LETTER.test(word);
    const begins = ([term]) => (sign ? term === word : term.startsWith(word));
    const rows = [];
    let leaf = await leafWith(word);
    do {
      rows.push(...(await piece(`terms/${leaf}`)).filter(begins));
      const many = rows.find(([term]) => term === `${word} `);
      if (many) return rows.slice(0, rows.indexOf(many) + 1);
      leaf += 1;
    } while ((await firstTermOf(leaf))?.startsWith(word));
    return rows;
  }

  // Scores by record for one word; `cut` when the index left some out.
  async function look(word) {
    const { beginning, most } = await root();
    const found = { scores: new Map(), cut: false };
    for (const [term, worth, ...steps] of await rowsOf(word)) {
      const whole = term === word || term === `${word} `;
      const near = whole ? 1 : (beginning * word.length) / term.length;
      found.cut ||= steps.length >= 2 * most;
      for (let i = 0, number = 0; i < steps.length; i += 2) {
        number += steps[i];
        const score = near * worth * steps[i + 1];
        found.scores.set(number, Math.max(score, found.scores.get(number) ?? 0));
      }
    }
    return found;
  }

  // The records that all words have. If there are none, a word whose records
  // the index has cut only ranks: it may be in the records that were left out.
  function together(lists) {
    const all = joined(lists, lists);
    return all.scores.size ? all : joined(lists, lists.filter((list) => !list.cut));
  }

  function joined(lists, needed) {
    const scores = new Map();
    const numbers = lists.flatMap((list) => [...list.scores.keys()]);
    for (const number of new Set(numbers)) {
      if (needed.every((list) => list.scores.has(number))) {
        const add = (sum, list) => sum + (list.scores.get(number) ?? 0);
        scores.set(number, lists.reduce(add, 0));
      }
    }
    return { scores, cut: lists.some((list) => list.cut) };
  }

  const partsOf = (word) => word.match(/[\p{L}\p{N}]+/gu) ?? [];

  // A word as it is, then without its plural's s, then by its parts.
  async function lookWhole(word, small) {
    const found = await look(word);
    if (/^[a-z]{2,}[a-rt-z]s$/.test(word)) {
      const one = await look(word.slice(0, -1));
      for (const [number, score] of one.scores) {
        const before = found.scores.get(number) ?? 0;
        found.scores.set(number, Math.max(before, 0.8 * score));
      }
    }
    const parts = partsOf(word).filter((part) => part !== word);
    if (found.scores.size || !parts.length) return found;
    const needed = parts.filter((part) => !small.has(part));
    return together(await Promise.all((needed.length ? needed : parts).map(look)));
  }

  // Words without the punctuation of a sentence; a lone sign stays what it is.
  function wordsOf(query) {
    const words = query.toLowerCase().replace(/["'`]/g, " ").trim().split(/\s+/);
    const bare = words.map((word) =>
      LETTER.test(word) ? word.replace(/^[(,;:?!{[.]+|[)(,;:?!}\].]+$/g, "") : word,
    );
    return [...new Set(bare)].filter(Boolean).slice(0, MOST_WORDS);
  }

  provenSearch.find = async (query) => {
    const small = new Set((await root()).small);
    const words = wordsOf(query);
    const lists = await Promise.all(words.map((word) => lookWhole(word, small)));
    const telling = lists.filter((_, i) => !small.has(words[i]));
    const needed = telling.length ? telling : lists;
    const { scores, cut } = together(needed);
    for (const list of lists.filter((list) => !needed.includes(list))) {
      for (const [number, score] of list.scores) {
        if (scores.has(number)) scores.set(number, scores.get(number) + score / 4);
      }
    }
    const ranked = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const marked = words.filter((word) => !telling.length || !small.has(word));
    const parts = marked.flatMap((word) => [word, ...partsOf(word)]);
    return { numbers: ranked.map(([number]) => number), words: parts, cut };
  };

  provenSearch.records = async (numbers) => {
    const { batch } = await root();
    const of = async (number) =>
      (await piece(`records/${Math.floor(number / batch)}`))[number % batch];
    return Promise.all(numbers.map(of));
  };

  provenSearch.ready = root();
})();
