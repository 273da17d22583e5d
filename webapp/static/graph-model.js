// What the picture of a graph shows: films, people, and the ties between them, read from the rows of the table; and the
// places where all of them stand, which graph-layout.js finds.

/** So many films and people are shown at most; so many are added at a time. */
export const full = 150;
const most = 12;
/** So high is the line kept free below each, for what a tie to it says. */
export const line = 16;

export class Model {
  constructor(centre) {
    this.centre = centre;
    this.nodes = new Map();
    this.edges = new Map();
  }

  /** Takes in the films, people and ties of some bodies of a table. */
  read(bodies) {
    for (const body of bodies) {
      const link = body.querySelector("tr.film a");
      const film = this.#node(link, "film", body.querySelector("tr.film .quiet")?.textContent);
      for (const row of body.querySelectorAll("tr[data-tie]")) {
        const person = this.#node(row.querySelector("th a"), "person");
        this.#tie(film, person, row.querySelector(".what").textContent.replace(/\s+/g, " ").trim());
      }
    }
  }

  #node(link, kind, year) {
    const href = link.getAttribute("href");
    if (!this.nodes.has(href)) {
      this.nodes.set(href, { href, kind, label: link.textContent.trim(), year, whole: false, x: null, y: null });
    }
    return this.nodes.get(href);
  }

  #tie(film, person, words) {
    const key = `${film.href} ${person.href}`;
    const edge = this.edges.get(key) ?? { key, film, person, words: new Set() };
    edge.words.add(words);
    this.edges.set(key, edge);
  }

  /** What a node is tied to, and how. */
  ties(node) {
    const found = [...this.edges.values()].filter((edge) => edge.film === node || edge.person === node);
    return found.map((edge) => ({ other: edge.film === node ? edge.person : edge.film, words: [...edge.words] }));
  }

  near(node) {
    return this.ties(node).map((tie) => tie.other);
  }

  /**
   * Copies the rows of another page's table that tell of a node into ours: some of what is new there, and every tie
   * between what is shown already. Gives the bodies that changed.
   */
  take(table, bodies, node) {
    const added = new Set();
    const room = Math.min(most, full - this.nodes.size);
    const shown = (href) => this.nodes.has(href) || added.has(href);
    const fits = (film, person) => {
      const fresh = [film, person].filter((href) => !shown(href));
      if (fresh.length && ![film, person].includes(node.href)) return false;
      if (fresh.length > room - added.size) return false;
      fresh.forEach((href) => added.add(href));
      return true;
    };
    const changed = new Set();
    for (const body of bodies) {
      const rows = [...body.querySelectorAll("tr[data-tie]")];
      const wanted = rows.filter((row) => fits(body.dataset.film, row.querySelector("th a").getAttribute("href")));
      if (wanted.length) changed.add(this.#join(table, body, wanted));
    }
    return changed;
  }

  #join(table, body, rows) {
    const same = (each) => each.dataset.film === body.dataset.film;
    let own = [...table.tBodies].find(same);
    if (!own) {
      own = document.importNode(body, false);
      own.append(document.importNode(body.rows[0], true));
      table.append(own);
    }
    const known = new Set([...own.querySelectorAll("tr[data-tie]")].map((row) => row.dataset.tie));
    own.append(...rows.filter((row) => !known.has(row.dataset.tie)).map((row) => document.importNode(row, true)));
    return own;
  }
}

/** Gives every node a place, found by a worker, so that the page stays quick meanwhile. */
export class Places {
  #worker;
  #scripts;
  #turn = Promise.resolve();

  constructor(worker, scripts) {
    this.#worker = new Worker(worker);
    this.#scripts = scripts.map((address) => new URL(address, location).href);
  }

  /** New nodes begin beside what they are tied to, then all are moved apart, within a room or as far as they like. */
  arrange(model, room) {
    return (this.#turn = this.#turn.catch(() => {}).then(() => this.#arrange(model, room)));
  }

  async #arrange(model, room) {
    begin(model);
    const nodes = [...model.nodes.values()];
    const found = await this.#ask({
      room,
      scripts: this.#scripts,
      nodes: nodes.map(({ href, w, h, below, x, y }) => ({ id: href, w: Math.max(w, below), h: h + line, x, y: y + line / 2 })),
      edges: [...model.edges.values()].map((edge) => ({ id: edge.key, source: edge.film.href, target: edge.person.href })),
    });
    nodes.forEach((node, place) => Object.assign(node, { x: found[place].x, y: found[place].y - line / 2 }));
  }

  #ask(message) {
    return new Promise((resolve, reject) => {
      this.#worker.onmessage = ({ data }) => resolve(data);
      this.#worker.onerror = (event) => reject(new Error(event.message));
      this.#worker.postMessage(message);
    });
  }
}

/** First places, the same each time: the centre, its neighbours around it, the others beyond those they belong to. */
function begin(model) {
  const centre = model.nodes.get(model.centre);
  if (centre.x === null) Object.assign(centre, { x: 0, y: 0 });
  let ring = [centre];
  const seen = new Set(ring);
  for (let depth = 1; ring.length; depth++) {
    const next = [...new Set(ring.flatMap((node) => model.near(node)))].filter((node) => !seen.has(node));
    next.forEach((node, place) => {
      seen.add(node);
      if (node.x === null) Object.assign(node, around(model, node, depth, (place + 0.5) / next.length));
    });
    ring = next;
  }
}

function around(model, node, depth, part) {
  const placed = model.near(node).filter((each) => each.x !== null);
  const angle = 2 * Math.PI * part;
  if (depth === 1) return { x: 320 * Math.cos(angle), y: 240 * Math.sin(angle) };
  const x = placed.reduce((sum, each) => sum + each.x, 0) / placed.length;
  const y = placed.reduce((sum, each) => sum + each.y, 0) / placed.length;
  return { x: 1.5 * x + 60 * Math.cos(angle), y: 1.5 * y + 60 * Math.sin(angle) };
}
