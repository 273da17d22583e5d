// Answers in YASGUI: a table in which resources have their names, that can be sorted and searched; problems in words.

const STEP = 100; // rows shown at first, and added by "more"
const XSD = "http://www.w3.org/2001/XMLSchema#";
const BATCH = 400; // IRIs whose names are asked for at a time

export const downloads = { text: () => "", type: () => "SELECT", place: "", formats: {}, names: "", base: "", root: "/", goTo() {}, run() {} };

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

const known = new Map(); // IRI to its name, address and number of proofs; null where it has none

async function learn(iris) {
  const unknown = [...new Set(iris)].filter((iri) => !known.has(iri));
  for (let at = 0; at < unknown.length; at += BATCH) {
    const asked = unknown.slice(at, at + BATCH);
    const answer = await fetch(downloads.names, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(asked),
    });
    const found = answer.ok ? await answer.json() : {};
    asked.forEach((iri) => known.set(iri, found[iri] ?? null));
  }
}

function words(term) {
  if (!term) return "";
  return term.type === "uri" ? (known.get(term.value)?.label ?? term.value) : term.value;
}

function link(iri) {
  const name = known.get(iri);
  const inside = iri.startsWith(downloads.base) ? `${downloads.root}${iri.slice(downloads.base.length)}` : null;
  const href = name?.href ?? inside ?? (/^https?:/.test(iri) ? iri : null);
  if (!href) return iri;
  const made = element("a", { href }, element("bdi", { textContent: name?.label ?? iri }));
  if (!inside) made.rel = "nofollow noopener";
  return made;
}

function fill(cell, term) {
  cell.replaceChildren();
  if (!term) return;
  if (term.type !== "uri") {
    cell.append(element("bdi", { textContent: term.type === "bnode" ? `_:${term.value}` : term.value }));
    if (term["xml:lang"]) cell.append(" ", element("small", { textContent: term["xml:lang"] }));
    return;
  }
  cell.append(link(term.value));
  const name = known.get(term.value);
  if (name?.proofs) {
    const label = `${name.proofs} ${name.proofs === 1 ? "passage" : "passages"}`;
    const hidden = element("span", { className: "hidden", textContent: ` that prove ${name.label}` });
    cell.append(" ", element("a", { className: "proofs", href: `${name.href}#proof` }, label, hidden));
  }
}

const compare = (one, other) => {
  const [left, right] = [Number(one), Number(other)];
  if (one !== "" && other !== "" && !Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  return one.localeCompare(other, undefined, { numeric: true });
};

export class Answer {
  constructor(yasr) {
    this.yasr = yasr;
    this.label = "Table";
    this.priority = 11;
    this.hideFromSelection = false;
  }

  canHandleResults() {
    const { results } = this.yasr;
    return Boolean(results && !results.hasError() && (results.getBoolean() !== undefined || results.getVariables()));
  }

  getIcon() {
    return null;
  }

  draw() {
    const { results, resultsEl } = this.yasr;
    this.hint = results.res?.headers?.get?.("Filmgraph-Hint"); // an answer kept from an earlier visit has no headers
    if (this.hint) resultsEl.append(element("p", { role: "status", textContent: this.hint }));
    const said = results.getBoolean();
    if (said !== undefined) {
      resultsEl.append(element("p", { className: "said", textContent: said ? "Yes." : "No." }), this.files());
      return;
    }
    this.columns = results.getVariables();
    this.rows = results.getBindings() ?? [];
    this.shown = STEP;
    this.order = null;
    this.needle = "";
    this.body = element("tbody");
    this.more = element("button", { className: "plain", type: "button", textContent: "Show more rows" });
    this.more.addEventListener("click", () => { this.shown += 5 * STEP; this.fill(); });
    this.count = element("p", { className: "quiet", role: "status" });
    const table = element("table", {}, element("thead", {}, element("tr", {}, ...this.columns.map((it) => this.head(it)))), this.body);
    const scroll = element("div", { className: "scroll", tabIndex: 0 }, table);
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", "Rows of the result");
    resultsEl.append(element("div", { className: "tools" }, this.filter(), this.files()), scroll, this.count, this.more);
    this.fill();
  }

  filter() {
    const input = element("input", { type: "search", placeholder: "Find in these rows" });
    input.setAttribute("aria-label", "Find in these rows");
    input.addEventListener("input", () => { this.needle = input.value.toLowerCase(); this.shown = STEP; this.all().then(() => this.fill()); });
    return input;
  }

  files() {
    const made = element("span", { className: "quiet files" }, "Take it away as ");
    (downloads.formats[downloads.type()] ?? []).forEach(([suffix, label], i) => {
      const where = new URL(downloads.place, location);
      Object.entries({ query: downloads.text(), format: suffix, save: 1 }).forEach(([key, value]) => where.searchParams.set(key, value));
      made.append(i ? ", " : "", element("a", { href: where.href, textContent: label, download: "" }));
    });
    return made;
  }

  head(column) {
    const button = element("button", { type: "button", className: "sorts", textContent: column });
    const cell = element("th", { scope: "col" }, button);
    const types = new Set(this.rows.map((row) => row[column]).filter(Boolean).map((term) => term.datatype));
    const [type] = types;
    if (types.size === 1 && type) cell.append(" ", element("small", { textContent: type.replace(XSD, "xsd:") }));
    button.addEventListener("click", async () => {
      await this.all();
      const down = this.order?.column === column && !this.order.down;
      this.order = { column, down };
      this.body.parentElement.querySelectorAll("th").forEach((it) => it.removeAttribute("aria-sort"));
      cell.setAttribute("aria-sort", down ? "descending" : "ascending");
      this.fill();
    });
    return cell;
  }

  // The names of everything, so that sorting and finding go by what one sees; of very long answers only a part.
  all() {
    return learn(this.rows.slice(0, 5000).flatMap((row) => this.iris(row)));
  }

  iris(row) {
    return this.columns.map((column) => row[column]).filter((term) => term?.type === "uri").map((term) => term.value);
  }

  async fill() {
    const found = this.needle ? this.rows.filter((row) => this.columns.some((it) => words(row[it]).toLowerCase().includes(this.needle))) : [...this.rows];
    if (this.order) found.sort((a, b) => (this.order.down ? -1 : 1) * compare(words(a[this.order.column]), words(b[this.order.column])));
    const seen = found.slice(0, this.shown);
    const draw = () => this.body.replaceChildren(...seen.map((row) => element("tr", {}, ...this.columns.map((it) => {
      const cell = element("td");
      fill(cell, row[it]);
      return cell;
    }))));
    draw();
    this.more.hidden = seen.length === found.length;
    this.count.textContent = found.length === 0 && !this.needle ? this.hint ? "" : "The query is fine, and nothing in the graph fits it."
      : seen.length < found.length ? `${seen.length.toLocaleString("en")} of ${found.length.toLocaleString("en")} rows`
      : this.needle ? `${found.length.toLocaleString("en")} rows hold “${this.needle}”` : "";
    const iris = seen.flatMap((row) => this.iris(row));
    if (iris.some((iri) => !known.has(iri))) {
      await learn(iris);
      draw();
    }
  }

  download() {
    return undefined;
  }
}

// A problem document of the endpoint, in words; a place in the query becomes a button that leads there.
export async function problem(error) {
  let said;
  try {
    said = JSON.parse(error.text);
  } catch {
    return element("p", { textContent: error.text ? `${error.text}.` : "The service could not be reached; try again in a minute." });
  }
  const made = element("div", {}, element("p", { textContent: said.detail ?? said.title }));
  const further = said.hint ?? said.advice;
  if (further) made.append(element("p", { className: "quiet", textContent: further }));
  if (said.line) {
    const button = element("button", { type: "button", className: "plain", textContent: `Go to line ${said.line}` });
    button.addEventListener("click", () => downloads.goTo(said.line, said.column ?? 1));
    made.append(button);
  }
  const narrower = downloads.text().replace(/^([ \t]*)# (\?\w+ .* \.)$/gm, "$1$2"); // as graph/query.py does
  if (["timeout", "memory"].includes(said.limit) && narrower !== downloads.text()) {
    const button = element("button", { type: "button", className: "plain", textContent: "Narrow it down and run it" });
    button.addEventListener("click", () => downloads.run(narrower));
    made.append(button);
  }
  return made;
}
