/* The page's parts and the summary's cards. */

/** Everything around the panes, once for each language. */
function build() {
  document.documentElement.lang = language;
  const live = make("p", { class: "live", role: "status", "aria-live": "polite" });
  const search = make("input", {
    type: "search", id: "search", "aria-label": say("search_all"), placeholder: say("search"), value: filter.q,
    on: { input: later(() => { filter.q = search.value.trim(); refresh("filter"); searchAll(); }) },
  });
  const languages = choice("language", language, Object.entries(settings.languages), (value) => {
    language = value;
    build();
    go(page.n, page.ref);
  });
  const reviewer = make("input", {
    id: "reviewer", "aria-label": say("reviewer"), placeholder: say("reviewer"), value: store.reviewer,
    autocomplete: "off", on: { change: () => { store.reviewer = reviewer.value.trim(); } },
  });
  const help = helpDialog();
  const progress = make("span", { class: "progress", id: "progress" });
  const title = make("h1", { id: "title" });
  const header = make("header", { class: "top" },
    button("documents_button", () => toggle("documents-open"), { class: "phone" }),
    title, progress, search, reviewer, languages,
    button("export", download, { class: "primary", id: "export" }), button("help", () => help.showModal(), { class: "keyed" }));
  const documents = make("div", { class: "list", role: "listbox", tabindex: "0", "aria-label": say("documents") });
  const filters = make("div", { class: "filters", role: "group", "aria-label": say("show") });
  const cards = make("ol", { class: "cards", "aria-label": say("summary") });
  const overview = make("div", { class: "overview" });
  const sourceText = make("div", { class: "text", tabindex: "0", "aria-label": say("source"), role: "region" });
  const storage = make("p", { class: "notice", hidden: store.keeps }, say("no_storage"));
  const app = $("app");
  app.hidden = false;
  app.replaceChildren(header, storage, make("div", { class: "panes" },
    make("nav", { class: "documents", "aria-label": say("documents") }, make("h2", {}, say("documents")), documents),
    make("main", { class: "summary" }, make("h2", {}, say("summary")), filters, overview, cards),
    make("aside", { class: "source", "aria-label": say("source") }, make("div", { class: "head" },
      make("h2", {}, say("source")),
      button("add", () => addFrom(panes.source.marked()), { class: "add", on: { mousedown: (event) => event.preventDefault() } }),
      button("source_button", () => toggle("source-open"), { class: "phone" })), sourceText)), keysLine(), live, help);
  panes = { live, search, help, progress, title, filters, cards, overview, storage };
  panes.documents = new DocumentList(documents, (n) => { app.classList.remove("documents-open"); go(n); });
  panes.source = new SourceView(sourceText, (ref) => {
    if (!page.shown.some((one) => one.ref === ref)) Object.assign(filter, { kind: "", doubt: "", category: "", show: "all", q: "" });
    search.value = filter.q;
    refresh("filter");
    choose(ref);
  });
}

const toggle = (name) => $("app").classList.toggle(name);

function button(key, act, attributes = {}) {
  const { on = {}, ...rest } = attributes;
  return make("button", { type: "button", ...rest, on: { click: act, ...on } }, say(key));
}

function later(act) {
  let timer = 0;
  return () => { clearTimeout(timer); timer = setTimeout(act, 150); };
}

function choice(key, value, options, act) {
  const select = make("select", { id: `choice-${key}`, on: { change: () => act(select.value) } },
    ...options.map(([name, words]) => make("option", { value: name, selected: name === value }, words)));
  return make("label", { for: select.id, class: "choice" }, make("span", {}, say(key)), select);
}

function helpDialog() {
  const known = Object.entries(KEYS).filter(([, [, key]]) => key);
  const rows = known.flatMap(([key, [, words]]) => [make("dt", {}, make("kbd", {}, key.toUpperCase())), make("dd", {}, say(words))]);
  const dialog = make("dialog", { "aria-label": say("help") }, make("h2", {}, say("help")), make("dl", {}, ...rows),
    make("form", { method: "dialog" }, make("button", { class: "primary" }, say("close"))));
  return dialog;
}

function keysLine() {
  const shown = Object.entries(KEYS).filter(([, [, key]]) => key);
  return make("footer", { class: "keys" }, ...shown.map(([key, [act, words]]) =>
    make("button", { type: "button", on: { mousedown: (event) => event.preventDefault(), click: act } }, make("kbd", {}, key.toUpperCase()), ` ${say(words)}`)));
}

function drawDocuments() {
  panes.documents.show(listed(), page.n);
}

/** The title, the filters and what is said of the whole document. */
function drawFrame() {
  const { doc, things } = page;
  panes.title.textContent = visible(doc.title);
  panes.title.lang = doc.lang;
  const kinds = [["figures", say("figures")], ...(doc.own.length ? [["own", say("own")]] : []), ...doc.lists.map((one) => [one.name, named("list", one)]), ["missed", say("missed")], ["unaccounted", say("unaccounted")]];
  const set = (name) => (value) => { filter[name] = value; refresh("filter"); choose(page.ref, false); };
  const any = ["", say("any")];
  const categories = [...new Set(things.map((one) => one.category).filter(Boolean))].map((one) => [one, one]);
  const places = [...new Set(entries.map((entry) => entry.place).filter(Boolean))].map((one) => [one, visible(one)]);
  panes.filters.replaceChildren(
    choice("sort", filter.sort, ["doubt", "text"].map((one) => [one, say(`sort.${one}`)]), set("sort")),
    choice("show", filter.show, ["all", "open", "done", "wrong", "unsure"].map((one) => [one, say(`show.${one}`)]), set("show")),
    choice("kind", filter.kind, [any, ...kinds], set("kind")),
    choice("doubt", filter.doubt, [any, ...CODES.map((one) => [one, say(`group.${one}`)])], set("doubt")),
    categories.length ? choice("category", filter.category, [any, ...categories], set("category")) : "",
    places.length > 1 ? choice("place", filter.place, [any, ...places], set("place")) : "");
  panes.overview.replaceChildren(...overviewOf(doc, things));
  panes.drawn = new Map();
}

/** The cards that are shown; one that says what it said before stays as it is. */
function drawCards() {
  const { things, shown } = page;
  panes.progress.textContent = say("progress", { done: checked(things), total: things.length });
  const before = panes.drawn ?? new Map();
  panes.drawn = new Map();
  for (const one of shown) {
    const editing = page.editing === one.ref;
    const said = JSON.stringify([one.decided?.verdict, one.title, one.note, one.text]);
    const old = before.get(one.ref);
    const same = old && !editing && !old.editing && old.said === said;
    panes.drawn.set(one.ref, same ? old : { said, editing, card: cardOf(one) });
  }
  const cards = [...panes.drawn.values()].map(({ card }) => card);
  if (page.adding) cards.unshift(addingCard());
  if (!cards.length) cards.push(make("li", { class: "notice" }, say("nothing")));
  const there = [...panes.cards.children];
  const stays = there.length === cards.length && cards.every((card, n) => there[n] === card || !card.isConnected);
  if (stays) cards.forEach((card, n) => { if (there[n] !== card) there[n].replaceWith(card); });
  else panes.cards.replaceChildren(...cards);
}

function overviewOf(doc, things) {
  const facts = doc.facts.filter(([, value]) => value).map(([name, value]) => `${say(name)}${language === "en" ? ": " : "："}${visible(value)}`);
  const doubts = CODES.map((code) => [say(`group.${code}`), things.filter((one) => one.doubts.some(([each]) => each === code)).length]).filter(([, n]) => n);
  const charts = make("details", { class: "charts", open: page.charts, on: { toggle: (event) => { page.charts = event.target.open; } } },
    make("summary", {}, say("chart.doubts")), chart(say("chart.doubts"), doubts), chart(say("chart.money"), moneyOf(doc)));
  return [make("p", { lang: doc.lang }, visible(doc.overview)), facts.length ? make("p", { class: "facts", lang: doc.lang }, facts.join(" · ")) : null, charts].filter(Boolean);
}

/** Exact sums of money in 元 by category: only exact amounts in 元, each figure once. */
function moneyOf(doc) {
  const figures = new Map(doc.figures.map((one) => [one.id, one]));
  const sums = new Map();
  for (const list of doc.lists) {
    const field = list.fields.find((each) => (each.choices ?? []).length > 2);
    if (!field || list.fields.some((each) => each.name === "name")) continue;
    for (const id of new Set(list.items.flatMap((item) => item.figures))) {
      const figure = figures.get(id);
      if (figure?.kind !== "money" || figure.base_unit !== "元" || figure.bound !== "exact" || figure.high || figure.per) continue;
      const item = list.items.find((each) => each.figures.includes(id));
      const name = item.values[field.name];
      sums.set(name, sumOf(sums.get(name) ?? "0", figure.base_value ?? figure.value));
    }
  }
  return [...sums].map(([name, sum]) => [name, Number(sum), number(sum)]).sort((a, b) => b[1] - a[1]);
}

function addingCard() {
  const { text } = page.adding;
  const cancel = () => { page.adding = null; drawCards(); choose(page.ref); };
  return make("li", { class: "adding" }, make("b", { lang: page.doc.lang }, visible(text)),
    formOf({ kind: "figures", values: guessed(text), doc: page.doc, adding: true }, keepAdded, cancel));
}

function cardOf(one) {
  const verdict = one.decided?.verdict ?? "";
  const is = one.ref === page.ref;
  const lang = page.doc.lang;
  const head = make("div", { class: "head", lang }, one.text ? make("b", {}, visible(one.text)) : null, make("span", { class: "title" }, visible(one.title)), make("small", {}, visible(one.note)));
  const doubts = one.doubts.length ? make("ul", { class: "doubts" }, ...one.doubts.map(([code, , , words, inOthers]) => make("li", {}, `⚠ ${say(`doubt.${code}`, { words: visible(inOthers?.[language] ?? words) })}`))) : null;
  const card = make("li", {
    class: `card ${verdict}`, "data-ref": one.ref, tabindex: is ? "0" : "-1", "aria-current": is ? "true" : null,
    on: { click: (event) => { if (!event.target.closest("button, form")) choose(one.ref); } },
  }, verdict ? make("span", { class: "verdict" }, verdictWords(verdict)) : null, head, doubts);
  if (page.doc.text === null) card.append(...one.evidence.map(([, , quote]) => make("q", { lang }, visible(quote))));
  if (page.editing === one.ref) {
    const cancel = () => { page.editing = null; drawCards(); choose(one.ref); };
    card.append(formOf({ kind: one.list ? one.kind : "figures", list: one.list, values: one.values, doc: page.doc }, (_, fields) => save(one, fields), cancel));
  } else card.append(actionsOf(one, is));
  return card;
}

function verdictWords(verdict) {
  return { edited: `✎ ${say("kept")}`, added: `＋ ${say("added")}`, right: `✓ ${say("right")}`, wrong: `✗ ${say("wrong")}`, unsure: `? ${say("unsure")}` }[verdict] ?? "";
}

function actionsOf(one, is) {
  const on = (act) => () => { page.ref = one.ref; act(); };
  const tally = one.kind === "missed" || one.kind === "unaccounted";
  const act = (key, letter, what) => make("button", { type: "button", on: { click: on(what) } }, `${say(key)} `, make("kbd", {}, letter));
  const buttons = tally
    ? [act("no_figure", "A", () => decide("right")), act("is_figure", "E", edit), act("unsure", "S", () => decide("unsure"))]
    : [act("right", "A", () => decide("right")), act("wrong", "X", () => decide("wrong")), act("unsure", "S", () => decide("unsure")), one.kind === "own" ? "" : act("edit", "E", edit)];
  if (one.added) buttons.push(act("remove", "", () => remove(one)));
  return make("div", { class: "actions", hidden: !is }, ...buttons);
}
