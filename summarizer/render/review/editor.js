/* The form in which a figure or an item is corrected, or a missed one added. */

const DECIMAL = /^-?\d+(\.\d+)?$/;

function inputOf(name, label, value, options = {}) {
  const id = `field-${name}`;
  const common = { id, name, value: value ?? "", disabled: options.disabled };
  const choices = options.choices;
  const input = choices
    ? make("select", common, ...choices.map((one) => make("option", { value: one, selected: one === value }, word("choice", one) ?? one)))
    : options.long
      ? make("textarea", { ...common, rows: 2 })
      : make("input", { ...common, type: "text", autocomplete: "off", inputmode: options.inputmode });
  return make("label", { for: id }, make("span", {}, label), input);
}

function figureFields(values) {
  return FIGURE_FIELDS.map((name) => inputOf(name, say(`field.${name}`), values[name], {
    choices: { kind: KINDS, bound: Object.keys(SIGNS) }[name],
    inputmode: name === "value" || name === "high" ? "decimal" : null,
  }));
}

function itemFields(list, values) {
  return list.fields.map((field) => {
    const value = values[field.name];
    const plain = field.typed;
    return inputOf(field.name, named("field", field), plain || typeof value === "string" ? value : JSON.stringify(value), {
      choices: field.choices, disabled: !plain, long: !field.choices && String(value ?? "").length > 24,
    });
  });
}

/** What was typed, by field; a field left empty is null. */
function typed(form) {
  const found = {};
  for (const input of form.elements) {
    if (input.name && input.name !== "add-as" && !input.disabled) found[input.name] = input.value.trim() || null;
  }
  return found;
}

/** The fields of an item: what was left empty is what its schema has for that, if anything. */
function blanked(list, fields) {
  const found = { ...fields };
  for (const { name, blank } of list.fields) if (found[name] === null && blank) found[name] = blank.is;
  return found;
}

/** Why a form cannot be kept, or "". */
function unfit(list, fields) {
  const empty = list?.fields.find(({ name, blank }) => fields[name] === null && !blank);
  if (list) return empty ? say("no_text", { what: named("field", empty) }) : "";
  if (!fields.label) return say("no_words");
  if (!DECIMAL.test(fields.value ?? "")) return say("no_value");
  return fields.high && !DECIMAL.test(fields.high) ? say("no_value") : "";
}

/** A form. `onSave` is given the kind and the fields; its message, if any, is shown. */
function formOf({ kind, list, values, doc, adding }, onSave, onCancel) {
  const body = make("div", { class: "fields" });
  const error = make("p", { class: "error", role: "alert" });
  let current = kind;
  const fill = (name, known) => {
    current = name;
    const of = doc.lists.find((each) => each.name === name);
    body.replaceChildren(...(of ? itemFields(of, known) : figureFields(known)));
  };
  fill(kind, list ? values : { kind: "count", bound: "exact", ...values });
  const kinds = [["figures", say("figures")], ...doc.lists.map((each) => [each.name, named("list", each)])];
  const which = adding && make("label", { for: "add-as" }, make("span", {}, say("add_as")), make("select", {
    id: "add-as", name: "add-as", on: { change: (event) => fill(event.target.value, event.target.value === "figures" ? { kind: "count", bound: "exact", ...values } : {}) },
  }, ...kinds.map(([name, words]) => make("option", { value: name }, words))));
  const form = make("form", {
    class: "editor",
    on: {
      submit: (event) => {
        event.preventDefault();
        const of = doc.lists.find((each) => each.name === current);
        const fields = of ? blanked(of, typed(form)) : typed(form);
        error.textContent = unfit(of, fields);
        if (!error.textContent) error.textContent = onSave(current, fields) ?? "";
      },
      keydown: (event) => {
        event.stopPropagation();
        if (event.key === "Escape") onCancel();
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
      },
    },
  }, which, body, error, make("div", { class: "actions" },
    make("button", { type: "submit", class: "primary" }, say("save")),
    make("button", { type: "button", on: { click: onCancel } }, say("cancel"))));
  return form;
}

const SCALES = { 百: 2, 千: 3, 万: 4, 萬: 4, 亿: 8, 億: 8 };

/** The value and unit that marked digits seem to have, to begin with; characters are left alone. */
function guessed(text) {
  const match = /([\d,]+(?:\.\d+)?)\s*[余餘多]?([百千万萬亿億]*)\s*[余餘多]?\s*([\p{L}%‰]*)/u.exec(text);
  if (!match) return {};
  const places = Array.from(match[2]).reduce((sum, one) => sum + SCALES[one], 0);
  const [whole, rest = ""] = match[1].replace(/,/g, "").split(".");
  const digits = whole + rest.slice(0, places).padEnd(places, "0");
  const below = rest.slice(places).replace(/0+$/, "");
  const value = (digits.replace(/^0+(?=\d)/, "") || "0") + (below ? `.${below}` : "");
  return { value, unit: match[3] || null, kind: /[%‰]/.test(match[3]) ? "percent" : /元$/.test(match[3]) ? "money" : "count" };
}
