/* What the reader decided: a log for each document, kept in the browser, folded into a state. */

/** What a summary is known by: two of one document are two. */
const nameOf = (entry) => `${entry.key}.${entry.digest}`;

class Store {
  constructor() {
    this.logs = new Map();
    this.states = new Map();
    this.keeps = true;
  }

  /** The entries of a document, oldest first: {ref, at, by, verdict, fields, add, removed}. */
  log(entry) {
    const name = `summarizer.review.${nameOf(entry)}`;
    if (!this.logs.has(name)) {
      let kept = null;
      try {
        kept = JSON.parse(localStorage.getItem(name) ?? "[]");
      } catch {
        this.keeps = false;
      }
      this.logs.set(name, Array.isArray(kept) ? kept : []);
    }
    return this.logs.get(name);
  }

  write(entry) {
    const name = `summarizer.review.${nameOf(entry)}`;
    this.states.delete(name);
    try {
      const log = this.log(entry);
      if (log.length) localStorage.setItem(name, JSON.stringify(log));
      else localStorage.removeItem(name);
    } catch {
      this.keeps = false;
    }
  }

  add(entry, decision) {
    this.log(entry).push({ ...decision, at: new Date().toISOString(), by: this.reviewer });
    this.write(entry);
  }

  /** Take the document's last decision back, with those that were made in one with it; the first. */
  undo(entry) {
    const log = this.log(entry);
    let last = log.pop();
    while (last?.joined && log.length) last = log.pop();
    this.write(entry);
    return last;
  }

  /** What was decided of each thing of a document, by its ref; later words count. */
  state(entry) {
    const name = `summarizer.review.${nameOf(entry)}`;
    if (!this.states.has(name)) this.states.set(name, folded(this.log(entry)));
    return this.states.get(name);
  }

  get reviewer() {
    try {
      return localStorage.getItem("summarizer.reviewer") ?? "";
    } catch {
      return this.name ?? "";
    }
  }

  set reviewer(name) {
    this.name = name;
    try {
      localStorage.setItem("summarizer.reviewer", name);
    } catch {
      this.keeps = false;
    }
  }
}

function folded(log) {
  const found = new Map();
  for (const one of log) {
    const last = found.get(one.ref);
    const before = last && !last.removed ? last : { fields: {} };
    const now = { ...before, ...one, fields: { ...before.fields, ...one.fields } };
    found.set(one.ref, now);
  }
  for (const [ref, one] of found) if (one.removed) found.delete(ref);
  return found;
}

/** The decisions of all documents as the file that `summarizer review --apply` takes. */
function exported(store, entries, reviewer) {
  const documents = {};
  let decided = 0;
  for (const entry of entries) {
    const state = store.state(entry);
    if (!state.size) continue;
    decided += state.size;
    documents[nameOf(entry)] = {
      source: entry.source,
      digest: entry.digest,
      decisions: [...state.values()].map(({ ref, at, by, verdict, fields, add, text, span }) =>
        ({ ref, at, by, verdict, fields, add, text, span })),
    };
  }
  const file = { format: "summarizer.review/1", reviewer, made: new Date().toISOString(), documents };
  return { file, decided };
}
