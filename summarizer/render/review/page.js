/* The page: what is chosen, what is shown, what keys do. */

const entries = data("index");
const store = new Store();
const opened = new Map();
const filter = { kind: "", doubt: "", category: "", place: "", show: "all", sort: "doubt", q: "" };
const page = { n: 0, ref: null, doc: null, things: [], shown: [], editing: null, adding: null, found: null };
let panes = {};

async function open(n) {
  if (!opened.has(n)) {
    const element = $(`document-${n}`);
    const packed = element.type === "text/plain";
    opened.set(n, packed ? await unpacked(element.textContent) : JSON.parse(element.textContent));
    if (opened.size > 20) opened.delete([...opened.keys()].find((key) => key !== n));
  }
  return opened.get(n);
}

/** Show a document, and a thing of it: the one named, else the first. */
async function go(n, ref = null) {
  page.going = n;
  const doc = await open(n);
  if (page.going !== n) return;
  Object.assign(page, { n, doc, editing: null, adding: null });
  refresh("document");
  choose(page.things.some((one) => one.ref === ref) ? ref : page.shown[0]?.ref ?? null, false);
  document.title = `${page.doc.title} · ${say("app")}`;
}

/** Work out things again after another document, a filter or a decision, and draw what changed. */
function refresh(why) {
  page.things = thingsOf(page.doc, store.state(entries[page.n]));
  page.shown = chosen(page.things, filter);
  if (page.ref && !page.shown.some((one) => one.ref === page.ref) && page.editing !== page.ref) {
    page.ref = page.shown[0]?.ref ?? null;
  }
  const redraws = why === "document" || (why === "decision" && !panes.source.update(page.things));
  if (redraws) panes.source.show(page.doc, page.things);
  if (why !== "decision") drawFrame();
  drawCards();
  drawDocuments();
  keepAddress();
}

function choose(ref, focuses = true) {
  page.ref = ref;
  for (const card of panes.cards.querySelectorAll(".card")) {
    const is = card.dataset.ref === ref;
    card.toggleAttribute("aria-current", is);
    if (is) card.setAttribute("aria-current", "true");
    card.tabIndex = is ? 0 : -1;
    card.querySelector(".actions")?.toggleAttribute("hidden", !is);
    if (is) {
      card.scrollIntoView({ block: "nearest" });
      if (focuses) card.focus({ preventScroll: true });
    }
  }
  const one = page.things.find((each) => each.ref === ref);
  if (one) panes.source.choose(ref, one.evidence.length ? one.evidence : one.spans);
  keepAddress();
}

function move(by) {
  const at = page.shown.findIndex((one) => one.ref === page.ref);
  const next = page.shown[at + by];
  if (next) choose(next.ref);
  else announce(say("at_end"));
}

function moveDocument(by) {
  const rows = listed();
  const at = rows.findIndex((row) => row.n === page.going);
  const next = rows[at + by];
  if (next) go(next.n).then(() => announce(page.doc.title));
}

/** Keep a decision about the chosen thing and go on to the next that has none. */
function decide(verdict, extra = {}) {
  const one = page.things.find((each) => each.ref === page.ref);
  if (!one) return;
  const at = page.shown.indexOf(one);
  store.add(entries[page.n], { ref: one.ref, verdict, text: one.decided?.add ? one.decided.text : one.text || one.title, span: one.span, ...extra });
  const following = [...page.shown.slice(at + 1), ...page.shown.slice(0, Math.max(0, at))];
  const next = following.find((each) => !each.decided?.verdict) ?? following[0] ?? one;
  page.editing = null;
  refresh("decision");
  choose(page.shown.some((each) => each.ref === next.ref) ? next.ref : page.shown[0]?.ref ?? null);
  announce(say("decided", { verdict: say(verdict === "edited" ? "kept" : verdict), what: one.text || one.title }));
  warnOfStorage();
}

function undo() {
  const last = store.undo(entries[page.n]);
  if (!last) return;
  refresh("decision");
  choose(page.things.some((one) => one.ref === last.ref) ? last.ref : page.ref);
  announce(say("undone", { what: last.text ?? last.ref }));
}

function edit() {
  const one = page.things.find((each) => each.ref === page.ref);
  if (!one || one.kind === "own") return;
  if (one.kind === "missed" || one.kind === "unaccounted") return addFrom(one.span, one.ref);
  page.editing = one.ref;
  drawCards();
  panes.cards.querySelector(".editor input, .editor textarea")?.focus();
}

/** Open the form for a missed figure or item over a span of the source. */
function addFrom(span, instead = null) {
  if (!span) return announce(say("no_mark"));
  const text = panes.source.text.slice(...span);
  page.adding = { span, text, instead };
  drawCards();
  panes.cards.querySelector(".adding")?.scrollIntoView({ block: "nearest" });
  panes.cards.querySelector(".adding #field-label")?.focus();
}

/** Keep what was added; why it cannot be kept, or "". */
function keepAdded(kind, fields) {
  const { span, text, instead } = page.adding;
  const ref = `added-${kind}-${span[0]}-${span[1]}`;
  const entry = entries[page.n];
  const there = kind === "figures" && page.things.find((one) => one.kind === kind && one.ref !== ref
    && one.decided?.verdict !== "wrong" && one.spans.some(([start, end]) => start < span[1] && span[0] < end));
  if (there) return say("taken", { what: `${there.text} ${there.title}` });
  if (instead) store.add(entry, { ref: instead, verdict: "wrong", text, span });
  store.add(entry, { ref, verdict: "added", text, span, fields, add: { kind, span }, joined: instead });
  page.adding = null;
  getSelection().removeAllRanges();
  refresh("decision");
  choose(ref);
  announce(say("kept"));
  warnOfStorage();
  return "";
}

/** Take an added thing away, and what was decided with it. */
function remove(one) {
  const { joined } = one.decided;
  if (joined) store.add(entries[page.n], { ref: joined, removed: true });
  store.add(entries[page.n], { ref: one.ref, removed: true, joined });
  refresh("decision");
  choose(page.things.some((each) => each.ref === joined) ? joined : page.ref);
}

function save(one, fields) {
  const changed = {};
  for (const [name, value] of Object.entries(fields)) {
    if ((one.values[name] ?? null) !== value) changed[name] = value;
  }
  page.ref = one.ref;
  decide("edited", { fields: changed });
}

function announce(words) {
  panes.live.textContent = "";
  panes.live.textContent = visible(words);
}

function warnOfStorage() {
  panes.storage.hidden = store.keeps;
}

function download() {
  const { file, decided } = exported(store, entries, store.reviewer);
  const blob = new Blob([`${JSON.stringify(file, null, 1)}\n`], { type: "application/json" });
  const link = make("a", { href: URL.createObjectURL(blob), download: "decisions.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  announce(say("exported", { n: decided }));
}

/** The documents that the list shows: those that match the search, the doubt and the place. */
function listed() {
  return entries.flatMap((entry, n) => {
    const fits = (!page.found || page.found.has(n)) && (!filter.doubt || entry.codes.includes(filter.doubt))
      && (!filter.place || entry.place === filter.place);
    return fits || n === page.n ? [{ n, entry, done: store.state(entry).size }] : [];
  });
}

/** Search all documents, a few at a time, so that the page stays answerable. */
async function searchAll() {
  const words = filter.q.toLowerCase();
  page.searching = words;
  if (!words) {
    page.found = null;
    return drawDocuments();
  }
  const found = new Set();
  announce(say("searching"));
  for (const [n, entry] of entries.entries()) {
    if (page.searching !== words) return undefined;
    const doc = opened.get(n) ?? await peek(n);
    const said = `${entry.title} ${entry.source} ${doc.overview} ${doc.text ?? ""}`.toLowerCase();
    if (said.includes(words) || thingsOf(doc, store.state(entry)).some((one) => haystack(one).includes(words))) found.add(n);
    if (n % 25 === 24) await new Promise((done) => setTimeout(done));
  }
  page.found = found;
  drawDocuments();
  announce(say("matches", { n: found.size }));
  return found;
}

async function peek(n) {
  const element = $(`document-${n}`);
  return element.type === "text/plain" ? unpacked(element.textContent) : JSON.parse(element.textContent);
}

/** The address holds what is shown, so that it can be kept and sent. */
function keepAddress() {
  const said = new URLSearchParams({ d: nameOf(entries[page.n]) });
  if (page.ref) said.set("s", page.ref);
  for (const [name, value] of Object.entries(filter)) {
    if (value && !(name === "show" && value === "all") && !(name === "sort" && value === "doubt")) said.set(name, value);
  }
  if (language !== settings.language) said.set("lang", language);
  history.replaceState(null, "", `#${said}`);
}

function readAddress() {
  const said = new URLSearchParams(location.hash.slice(1));
  for (const name of Object.keys(filter)) if (said.has(name)) filter[name] = said.get(name);
  if (Object.hasOwn(settings.languages, said.get("lang") ?? "")) language = said.get("lang");
  const n = entries.findIndex((entry) => [nameOf(entry), entry.key].includes(said.get("d")));
  return [Math.max(0, n), said.get("s")];
}

const KEYS = {
  j: [() => move(1), "next"], k: [() => move(-1), "previous"],
  ArrowDown: [() => move(1)], ArrowUp: [() => move(-1)],
  a: [() => decide("right"), "right"], x: [() => decide("wrong"), "wrong"],
  s: [() => decide("unsure"), "unsure"], e: [edit, "edit"], u: [undo, "undo"],
  m: [() => addFrom(panes.source.marked()), "add"],
  n: [() => moveDocument(1), "next_document"], p: [() => moveDocument(-1), "previous_document"],
  "/": [() => panes.search.focus(), "search"], "?": [() => panes.help.showModal(), "help"],
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || panes.help.open) return;
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const known = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!known || (event.target.tagName === "BUTTON" && event.key.startsWith("Arrow"))) return;
  event.preventDefault();
  known[0]();
});

addEventListener("hashchange", () => go(...readAddress()));
build();
go(...readAddress());
