/* The list of documents: as many rows as fit on the screen, however many there are. */

const ROW = 72;

class DocumentList {
  constructor(root, onChoose) {
    this.root = root;
    this.onChoose = onChoose;
    this.inner = make("div", { class: "rows", role: "presentation" });
    root.append(this.inner);
    root.addEventListener("scroll", () => this.draw(), { passive: true });
    root.addEventListener("click", (event) => {
      const row = event.target.closest("[data-n]");
      if (row) this.onChoose(Number(row.dataset.n));
    });
    addEventListener("resize", () => this.draw());
  }

  /** Show some documents: [{n, entry, done}] in order; `current` is one's number. */
  show(rows, current) {
    this.rows = rows;
    this.current = current;
    this.inner.style.height = `${rows.length * ROW}px`;
    const at = rows.findIndex((row) => row.n === current);
    const top = at * ROW;
    if (at >= 0 && (top < this.root.scrollTop || this.root.scrollTop + this.root.clientHeight < top + ROW)) {
      this.root.scrollTop = Math.max(0, top - ROW);
    }
    this.draw();
  }

  draw() {
    if (!this.rows) return;
    const height = this.root.clientHeight || innerHeight;
    const first = Math.max(0, Math.floor(this.root.scrollTop / ROW) - 4);
    const last = Math.min(this.rows.length, first + Math.ceil(height / ROW) + 8);
    this.inner.replaceChildren(...this.rows.slice(first, last).map((row, n) => this.row(row, first + n)));
    const chosen = this.rows.some((row, n) => row.n === this.current && first <= n && n < last);
    if (chosen) this.root.setAttribute("aria-activedescendant", `document-row-${this.current}`);
    else this.root.removeAttribute("aria-activedescendant");
  }

  row({ n, entry, done }, at) {
    const element = make("div", {
      class: "row", role: "option", id: `document-row-${n}`, "data-n": n,
      "aria-selected": String(n === this.current), "aria-posinset": at + 1, "aria-setsize": this.rows.length,
    },
    make("b", { lang: entry.lang }, visible(entry.title)),
    make("small", {}, `⚠ ${entry.doubts} · ${say("progress", { done, total: entry.total })}`),
    bar(done, entry.total));
    element.style.top = `${at * ROW}px`;
    return element;
  }
}

/** A bar of how much is done, as SVG. */
function bar(done, total) {
  const width = total ? (100 * done) / total : 100;
  return make("svg", { svg: true, class: "bar", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
    make("rect", { svg: true, class: "rest", width: 100, height: 4 }),
    make("rect", { svg: true, class: "done", width, height: 4 }));
}

/** Bars with words beside them: [[words, number, shown]]. */
function chart(title, rows) {
  if (!rows.length) return null;
  const most = Math.max(...rows.map(([, value]) => value));
  return make("figure", { class: "chart" }, make("figcaption", {}, title), make("dl", {},
    ...rows.flatMap(([words, value, shown]) => [
      make("dt", {}, words),
      make("dd", {}, bar(value, most), make("span", {}, shown ?? String(value))),
    ])));
}
