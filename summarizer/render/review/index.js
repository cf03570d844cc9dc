/* The index of a folder of pages: how far each is checked, and the export of all decisions. */

const store = new Store();
const pages = data("pages").map((documents) =>
  documents.map(([key, digest, source, total]) => ({ key, digest, source, total })));
const all = pages.flat();

/** How many things of some documents are decided, and how many there are. */
function progressOf(documents) {
  let done = 0, total = 0;
  for (const entry of documents) {
    done += Math.min(entry.total, store.state(entry).size);
    total += entry.total;
  }
  return { done, total };
}

function draw() {
  store.logs.clear();
  store.states.clear();
  const rows = document.querySelectorAll("main li");
  pages.forEach((documents, n) => {
    const { done, total } = progressOf(documents);
    rows[n].querySelector(".done").textContent = `· ${say("progress", { done, total })}`;
    rows[n].querySelector(".bar-place").replaceChildren(bar(done, total));
  });
  $("progress").textContent = say("progress", progressOf(all));
}

function download() {
  store.logs.clear();
  store.states.clear();
  const { file, decided } = exported(store, all, store.reviewer);
  const blob = new Blob([`${JSON.stringify(file, null, 1)}\n`], { type: "application/json" });
  const link = make("a", { href: URL.createObjectURL(blob), download: "decisions.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  $("progress").textContent = say("exported", { n: decided });
}

$("export").hidden = false;
$("export").addEventListener("click", download);
addEventListener("pageshow", draw); // also when a reader comes back from a page
addEventListener("focus", draw);
draw();
