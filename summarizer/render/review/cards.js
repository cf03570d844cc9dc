/* The things to check of a document, in the order and the choice that the reader asks for. */

const CODES = settings.codes;
const FIGURE_FIELDS = ["label", "subject", "period", "value", "high", "unit", "kind", "bound"];
const KINDS = [
  "money", "count", "percent", "percent_point", "area", "length", "mass", "volume", "duration",
  "age", "ratio", "frequency", "other",
];

/** Every thing of a document: figures, items, what was missed or is unaccounted, what was added. */
function thingsOf(doc, state) {
  const things = [];
  for (const figure of doc.figures) {
    const values = { ...figure, ...state.get(figure.id)?.fields };
    things.push(thing(figure.id, "figures", figure.span, state, {
      values, doubts: figure.doubts, evidence: figure.evidence, spans: [figure.span, ...figure.also],
      text: figure.text, title: values.label,
      note: [amount(values), values.subject, values.period].filter(Boolean).join(" · "),
    }));
  }
  for (const own of doc.own) {
    const span = own.evidence.length ? own.evidence[0].slice(0, 2) : [0, 0];
    things.push(thing(own.id, "own", span, state, {
      values: {}, doubts: [], evidence: own.evidence, spans: [], text: own.text || "—",
      title: own.heading, note: own.value === own.text ? "" : own.value,
    }));
  }
  for (const list of doc.lists) {
    for (const item of list.items) {
      const values = { ...item.values, ...state.get(item.id)?.fields };
      things.push(ofItem(item.id, list, values, state, {
        doubts: item.doubts, evidence: item.evidence, figures: item.figures,
      }));
    }
  }
  for (const tally of doc.tallies) {
    if (tally.became === "set_aside") continue;
    const words = word("reason", tally.rule) ?? visible(tally.reason);
    things.push(thing(tally.id, tally.became, tally.span, state, {
      values: {}, doubts: [[tally.became, ...tally.span, words]], evidence: [], spans: [tally.span],
      text: tally.text, title: "", note: "",
    }));
  }
  for (const [ref, one] of state) if (one.add) things.push(ofAdded(ref, one, doc, state));
  return things;
}

function thing(ref, kind, span, state, rest) {
  return { ref, kind, span, decided: state.get(ref), ...rest };
}

function ofItem(ref, list, values, state, rest) {
  const [first, ...others] = list.fields;
  const category = list.fields.find((field) => (field.choices ?? []).length > 2);
  const plain = (value) => (Array.isArray(value) ? value.map(plain).join("、") : typeof value === "object" && value ? JSON.stringify(value) : String(value ?? ""));
  const span = rest.evidence.length ? rest.evidence[0].slice(0, 2) : [0, 0];
  return thing(ref, list.name, span, state, {
    values, list, text: "", title: plain(values[first?.name]) || ref, spans: [],
    category: category ? plain(values[category.name]) : "",
    note: others.map((field) => (field.choices && word("choice", values[field.name])) || plain(values[field.name])).filter(Boolean).join(" · "), ...rest,
  });
}

function ofAdded(ref, one, doc, state) {
  const span = one.add.span;
  const list = doc.lists.find((each) => each.name === one.add.kind);
  const rest = { doubts: [], evidence: [[...span, one.text]], added: true };
  if (list) return ofItem(ref, list, one.fields, state, { ...rest, text: "", figures: [] });
  return thing(ref, "figures", span, state, {
    ...rest, values: one.fields, spans: [span], text: one.text, title: one.fields.label ?? "",
    note: [amount({ bound: "exact", ...one.fields, value: one.fields.value ?? "" }), one.fields.subject]
      .filter(Boolean).join(" · "),
  });
}

const gravest = (one) => Math.min(CODES.length, ...one.doubts.map(([code]) => CODES.indexOf(code)));

/** Those that the filters let through, in order. */
function chosen(things, filter) {
  const words = filter.q.toLowerCase();
  const kept = things.filter((one) => {
    const verdict = one.decided?.verdict;
    if (filter.kind && one.kind !== filter.kind) return false;
    if (filter.doubt && !one.doubts.some(([code]) => code === filter.doubt)) return false;
    if (filter.category && one.category !== filter.category) return false;
    if (filter.show === "open" && verdict) return false;
    if (filter.show === "done" && !verdict) return false;
    if ((filter.show === "wrong" || filter.show === "unsure") && verdict !== filter.show) return false;
    return !words || haystack(one).includes(words);
  });
  const inText = (a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1];
  if (filter.sort === "text") return kept.sort(inText);
  return kept.sort((a, b) => gravest(a) - gravest(b) || b.doubts.length - a.doubts.length || inText(a, b));
}

function haystack(one) {
  return `${one.text} ${one.title} ${one.note} ${one.category ?? ""}`.toLowerCase();
}

const checked = (things) => things.filter((one) => one.decided?.verdict).length;
