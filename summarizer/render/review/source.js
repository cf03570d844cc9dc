/* The source: every figure boxed, other numerals dotted, what is in no tally wavy, the rest as it is. */

const BLOCK = 100; // lines that are laid out together, when they are seen

class SourceView {
  constructor(root, onChoose) {
    this.root = root;
    this.onChoose = onChoose;
    this.leaves = [];
    root.addEventListener("click", (event) => {
      const box = event.target.closest("[data-ref]");
      if (box && getSelection().isCollapsed) this.onChoose(box.dataset.ref, event);
    });
  }

  show(doc, things) {
    this.doc = doc;
    this.leaves = [];
    this.boxes = new Map();
    this.root.replaceChildren();
    this.root.lang = doc.lang;
    if (doc.text === null) {
      this.root.append(make("p", { class: "notice" }, say("no_source")));
      return;
    }
    this.source ??= new Map();
    if (!this.source.has(nameOf(doc))) this.source.set(nameOf(doc), new SourceText(doc.text));
    this.text = this.source.get(nameOf(doc));
    this.marks = marksOf(doc, things);
    this.cuts = cutsOf(doc, things);
    this.boxCount = this.marks.filter((mark) => mark.ref).length;
    this.draw(doc);
  }

  /** Show what was decided; false where other boxes are needed than there are. */
  update(things) {
    if (this.doc.text === null) return true;
    const marks = marksOf(this.doc, things).filter((mark) => mark.ref);
    if (marks.length !== this.boxCount || marks.some((mark) => !this.boxes.has(mark.ref))) return false;
    const chosen = this.root.querySelectorAll(".mark.chosen");
    for (const mark of marks) {
      for (const [n, box] of this.boxes.get(mark.ref).entries()) {
        const name = n ? null : `mark ${mark.kind}`;
        if (name && box.className !== name) box.className = name;
      }
    }
    for (const box of chosen) box.classList.add("chosen");
    return true;
  }

  draw(doc) {
    const regions = [...doc.regions];
    let mark = 0;
    let cut = 0;
    let fold = null;
    const blocks = [];
    const folds = [];
    const all = document.createDocumentFragment();
    for (const [start, end] of this.text.lines()) {
      while (regions.length && regions[0][1] <= start) regions.shift();
      const region = regions.length && regions[0][0] < end ? regions[0][2] : null;
      const line = make("p", { class: "line" });
      while (mark < this.marks.length && this.marks[mark].end <= start) mark += 1;
      while (cut < this.cuts.length && this.cuts[cut] <= start) cut += 1;
      this.drawLine(line, start, end, mark, cut);
      if (start === end && fold) fold.blank = line;
      else if (!region) fold = null;
      else if (fold?.kind !== region) {
        fold = foldOf(region);
        folds.push(fold);
        all.append(fold.element);
      }
      const parent = fold ? fold.element : all;
      if (blocks.at(-1)?.parent !== parent || blocks.at(-1).lines === BLOCK) blocks.push(blockIn(parent));
      blocks.at(-1).element.append(line);
      blocks.at(-1).lines += 1;
      if (fold && start < end) fold.lines += 1;
    }
    for (const one of folds) one.name();
    for (const one of blocks) one.element.style.containIntrinsicSize = `auto ${2 * one.lines}em`;
    this.root.append(all);
  }

  drawLine(line, start, end, mark, cut) {
    let at = start;
    while (at < end) {
      const next = this.marks[mark];
      if (next && next.start <= at) {
        const stop = Math.min(next.end, end);
        this.box(line, at, stop, next);
        at = stop;
        mark += 1;
        continue;
      }
      while (cut < this.cuts.length && this.cuts[cut] <= at) cut += 1;
      const stop = Math.min(end, next ? next.start : end, this.cuts[cut] ?? end);
      this.leaf(line, at, stop);
      at = stop;
    }
  }

  box(line, start, end, mark) {
    const words = this.text.slice(start, end);
    const attributes = mark.ref
      ? { role: "button", tabindex: "-1", "data-ref": mark.ref, "aria-label": `${visible(words)} ${mark.title}`.trim() }
      : { title: mark.title };
    const element = make("span", { class: `mark ${mark.kind}`, ...attributes });
    this.leaf(element, start, end);
    line.append(element);
    if (mark.ref) this.boxes.set(mark.ref, [...(this.boxes.get(mark.ref) ?? []), element]);
  }

  /** Text without marks inside; a character that acts stands alone, as its escape. */
  leaf(parent, start, end) {
    let at = start;
    for (const part of this.text.slice(start, end).split(HIDDEN_RUNS)) {
      if (!part) continue;
      const length = count(part);
      const acts = HIDDEN.test(part) && part !== "\t";
      if (part !== "\r") {
        const element = make("span", { class: acts ? "acts" : null }, acts ? visible(part) : part);
        element.dataset.s = at;
        parent.append(element);
        this.leaves.push({ start: at, end: at + length, element, acts });
      }
      at += length;
    }
  }

  /** Tint some spans, ring a thing's boxes, and bring it into sight. */
  choose(ref, spans) {
    for (const old of this.root.querySelectorAll(".tint, .chosen")) old.classList.remove("tint", "chosen");
    let first = null;
    for (const [start, end] of spans) {
      for (let n = this.firstLeaf(start); n < this.leaves.length && this.leaves[n].start < end; n += 1) {
        const { element } = this.leaves[n];
        element.classList.add("tint");
        first ??= element;
      }
    }
    const boxes = this.boxes?.get(ref) ?? [];
    for (const box of boxes) box.classList.add("chosen");
    const target = boxes[0] ?? first;
    const fold = target?.closest("details");
    if (fold) fold.open = true;
    target?.scrollIntoView({ block: "center" });
  }

  firstLeaf(offset) {
    let low = 0;
    let high = this.leaves.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.leaves[middle].end <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** What the reader marked, as a span of the raw text; null where nothing is. */
  marked() {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!this.root.contains(range.commonAncestorContainer)) return null;
    let start = Infinity;
    let end = -1;
    for (const { start: s, end: e, element, acts } of this.leaves) {
      if (!range.intersectsNode(element)) continue;
      const node = element.firstChild;
      const from = range.startContainer === node && !acts ? s + count(node.data.slice(0, range.startOffset)) : s;
      const to = range.endContainer === node && !acts ? s + count(node.data.slice(0, range.endOffset)) : e;
      if (from < to) {
        start = Math.min(start, from);
        end = Math.max(end, to);
      }
    }
    if (end < start) return null;
    const words = this.text.slice(start, end);
    const lead = count(words) - count(words.trimStart());
    const trail = count(words) - count(words.trimEnd());
    return start + lead < end - trail ? [start + lead, end - trail] : null;
  }
}

function blockIn(parent) {
  const element = make("div", { class: "block" });
  parent.append(element);
  return { parent, element, lines: 0 };
}

function foldOf(region) {
  const label = make("summary");
  const fold = { kind: region, lines: 0, element: make("details", { class: "aside" }, label) };
  fold.name = () => {
    const kind = say(region === "repeat" ? "region.repeat" : "region.boilerplate");
    const numbers = fold.element.querySelectorAll(".mark.figure, .mark.unaccounted, .mark.set_aside").length;
    const inside = numbers ? ` · ${say("numbers_inside", { n: numbers })}` : "";
    label.textContent = say("boilerplate", { kind, n: fold.lines }) + inside;
  };
  return fold;
}

/** The boxes of the source, in order, none over another. */
function marksOf(doc, things) {
  const found = doc.numerals.map(([start, end, kind]) => ({ start, end, kind: "numeral", title: kind, ref: null }));
  for (const one of things) {
    const kind = one.kind === "missed" || one.kind === "unaccounted" ? one.kind : "figure";
    for (const [n, [start, end]] of one.spans.entries()) {
      const state = one.decided?.verdict ?? "";
      found.push({ start, end, kind: `${kind} ${n ? "again" : ""} ${state}`, title: visible(one.title), ref: one.ref });
    }
  }
  for (const tally of doc.tallies.filter((each) => each.became === "set_aside")) {
    found.push({ start: tally.span[0], end: tally.span[1], kind: "set_aside", title: tally.reason, ref: null });
  }
  found.sort((a, b) => a.start - b.start || (b.ref ? 1 : 0) - (a.ref ? 1 : 0) || b.end - a.end);
  let reached = 0;
  return found.filter((mark) => {
    if (mark.start < reached || mark.end <= mark.start) return false;
    reached = mark.end;
    return true;
  });
}

/** Where sentences begin and end, so that one can be tinted by itself. */
function cutsOf(doc, things) {
  const cuts = new Set();
  for (const one of things) {
    for (const [start, end] of one.evidence) cuts.add(start).add(end);
    for (const [, start, end] of one.doubts) cuts.add(start).add(end);
  }
  return [...cuts].sort((a, b) => a - b);
}
