/* Words and texts: messages, elements, and a source whose offsets are code points. */

const $ = (id) => document.getElementById(id);
const data = (id) => JSON.parse($(id).textContent);
const settings = data("settings");
let language = settings.language;

/** A message in the reader's language; {name} stands for a value. */
function say(key, values = {}) {
  const text = settings.messages[language][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** What a field or a list of a schema is called: our word for it, else the schema's. */
const named = (kind, one) => settings.messages[language][`${kind}.${one.name}`] ?? one.heading;

/** Our word for a reason or a choice that a program knows by its code, or undefined. */
const word = (kind, code) => settings.messages[language][`${kind}.${code}`];

/** An element. Text is only ever set as text: nothing a document says becomes markup. */
function make(tag, attributes = {}, ...children) {
  const svg = ["svg", "rect", "text", "g", "title"].includes(tag) && attributes.svg;
  const element = svg
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false || name === "svg") continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (name === "value" || name === "checked" || name === "open") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/u;
const HIDDEN_RUNS = /([\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029])/u;

/** A text with every character that acts instead of being seen written as its escape. */
function visible(text) {
  if (!HIDDEN.test(text)) return text;
  return Array.from(text, (c) => {
    if (c === "\n" || c === "\t" || !HIDDEN.test(c)) return c;
    const code = c.codePointAt(0);
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
  }).join("");
}

/** A source: spans count code points, a browser's strings count UTF-16 units. */
class SourceText {
  constructor(text) {
    this.text = text;
    this.points = /[\ud800-\udfff]/.test(text) ? Array.from(text) : null;
    this.length = (this.points ?? text).length;
  }

  slice(start, end) {
    return this.points ? this.points.slice(start, end).join("") : this.text.slice(start, end);
  }

  /** The lines as [start, end), their breaks left out. */
  lines() {
    const found = [];
    let start = 0;
    for (const line of this.text.split("\n")) {
      const length = this.points ? Array.from(line).length : line.length;
      found.push([start, start + length]);
      start += length + 1;
    }
    return found;
  }
}

const count = (text) => (/[\ud800-\udfff]/.test(text) ? Array.from(text).length : text.length);

/** The text of a packed block: base64 of gzip of JSON. */
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

const SIGNS = { exact: "", about: "≈ ", over: "> ", under: "< ", at_least: "≥ ", at_most: "≤ ", range: "" };

/** A decimal string for people: 23000 is 2.3万 in Chinese and 23,000 in English. */
function number(text) {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return text;
  const [, sign, whole, rest = ""] = match;
  const scaled = (places) => {
    const digits = whole.padStart(places + 1, "0");
    const below = (digits.slice(-places) + rest).replace(/0+$/, "");
    return sign + digits.slice(0, -places) + (below ? `.${below}` : "");
  };
  if (language !== "en" && whole.length > 4) {
    const hant = language === "zh-Hant";
    const [places, unit] = whole.length > 8 ? [8, hant ? "億" : "亿"] : [4, hant ? "萬" : "万"];
    const short = scaled(places);
    if (short.length < 9) return short + unit;
  }
  const below = rest.replace(/0+$/, "");
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, ",") + (below ? `.${below}` : "");
}

/** The sum of two decimal strings, exactly. */
function sumOf(one, other) {
  const places = Math.max(...[one, other].map((text) => text.split(".")[1]?.length ?? 0));
  const whole = (text) => {
    const [before, after = ""] = text.split(".");
    return BigInt(before + after.padEnd(places, "0"));
  };
  const sum = whole(one) + whole(other);
  const digits = String(sum < 0n ? -sum : sum).padStart(places + 1, "0");
  const below = places ? `.${digits.slice(-places)}` : "";
  return `${sum < 0n ? "-" : ""}${digits.slice(0, digits.length - places)}${below}`;
}

function amount(figure) {
  const digits = figure.high ? `${number(figure.value)}–${number(figure.high)}` : number(figure.value);
  const close = /^[%‰]/.test(figure.unit ?? "") || /[万亿萬億]$/.test(digits); // 2.3万亩
  const unit = figure.unit ? `${close ? "" : " "}${figure.unit}` : "";
  return (SIGNS[figure.bound] ?? "") + digits + unit + (figure.per ? `/${figure.per}` : "");
}
