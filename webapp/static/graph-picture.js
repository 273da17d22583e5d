// Draws films, people and ties as SVG: every film and person is a control of its own, reached by arrow keys, chosen by
// focus, and asked for more by Enter or a click. How it looks, dark or light, is in graph.css.

const space = "http://www.w3.org/2000/svg";
const longest = 26;
const step = 17;
const margin = 16;
const narrow = 560;
const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function make(name, attributes, parent) {
  const element = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent?.append(element);
  return element;
}

const short = (text) => (text.length > longest ? `${text.slice(0, longest - 1).trim()}…` : text);

/** What a tie says, below the one it leads to. */
const said = (words) => short([...words].map((each) => each.replace(/^as /, "")).join(", "));

/** A name in one line or two, cut only where even two are too short for it. */
function lines(text) {
  if (text.length <= longest) return [text];
  const cut = text.lastIndexOf(" ", Math.max(Math.ceil(text.length / 2) + 2, text.indexOf(" ")));
  const at = cut > 0 && cut <= longest ? cut : text.lastIndexOf(" ", longest);
  return at > 0 ? [text.slice(0, at), short(text.slice(at + 1))] : [short(text)];
}

export class Picture {
  constructor(holder, model, { choose, expand, line }) {
    Object.assign(this, { holder, model, choose, expand, line, drawn: new Map(), lines: new Map(), places: new Map(), pointers: new Map() });
    this.svg = make("svg", { class: "graph", role: "group", "aria-labelledby": "picture", "aria-describedby": "keys" }, holder);
    this.under = make("g", { class: "lines" }, this.svg);
    this.over = make("g", {}, this.svg);
    this.words = make("g", { class: "words", "aria-hidden": "true" }, this.svg);
    this.svg.addEventListener("keydown", (event) => this.#key(event));
    this.svg.addEventListener("focusin", (event) => this.#chosen(this.#of(event.target)));
    this.#drag();
  }

  /** How large each film and person is, by its words, and how wide what may stand below it. */
  measure() {
    const pen = document.createElement("canvas").getContext("2d");
    const fonts = getComputedStyle(this.holder);
    for (const node of this.model.nodes.values()) {
      if (node.w) continue;
      const own = node.href === this.model.centre;
      pen.font = `${own ? 600 : 400} ${own ? 17 : 14}px ${fonts.getPropertyValue(node.kind === "film" ? "--serif" : "--sans")}`;
      node.lines = lines(node.label);
      node.w = Math.ceil(Math.max(...node.lines.map((line) => pen.measureText(line).width))) + (own ? 40 : 26);
      node.h = (own ? 42 : 30) + (node.lines.length - 1) * step;
    }
    pen.font = `italic 12px ${fonts.getPropertyValue("--serif")}`;
    for (const node of this.model.nodes.values()) {
      node.below = Math.max(0, ...this.model.ties(node).map(({ words }) => Math.ceil(pen.measureText(said(words)).width)));
    }
  }

  /**
   * The room in which all is still large enough to read; the more there is the larger it gets. On a wide screen what is
   * much takes all the room that it likes.
   */
  room() {
    const { clientWidth: wide, clientHeight: high } = this.holder;
    if (wide >= narrow && this.model.nodes.size > 40) return null;
    const scale = wide >= narrow ? 0.9 : 0.64 * Math.min(1, Math.sqrt(32 / this.model.nodes.size));
    return { w: wide / scale - 2 * margin, h: high / scale - 2 * margin };
  }

  begin() {
    this.#draw();
    this.at = this.model.nodes.get(this.model.centre);
    this.drawn.get(this.at.href).setAttribute("tabindex", "0");
    this.#light(this.at);
    this.fit();
    new ResizeObserver(() => this.#look(this.view)).observe(this.holder);
  }

  #draw() {
    this.measure();
    for (const edge of this.model.edges.values()) {
      if (!this.lines.has(edge.key)) this.lines.set(edge.key, make("line", { class: "tie" }, this.under));
    }
    for (const node of this.model.nodes.values()) {
      if (!this.drawn.has(node.href)) this.drawn.set(node.href, this.#box(node));
    }
    this.#place();
  }

  #box(node) {
    const own = node.href === this.model.centre ? " centre" : "";
    const box = make("g", { class: `node ${node.kind}${own}`, role: "button", tabindex: "-1" }, this.over);
    box.dataset.href = node.href;
    const round = node.kind === "film" ? 4 : 15;
    make("rect", { x: -node.w / 2, y: -node.h / 2, width: node.w, height: node.h, rx: round }, box);
    node.lines.forEach((line, place) => {
      make("text", { y: (place - (node.lines.length - 1) / 2) * step, dy: "0.35em", "aria-hidden": "true" }, box).textContent = `${line} `;
    });
    return box;
  }

  #place() {
    for (const edge of this.model.edges.values()) {
      const ends = { x1: edge.film.x, y1: edge.film.y, x2: edge.person.x, y2: edge.person.y };
      for (const [name, value] of Object.entries(ends)) this.lines.get(edge.key).setAttribute(name, value);
    }
    for (const [href, box] of this.drawn) {
      const node = this.model.nodes.get(href);
      const ties = this.model.near(node).length;
      const kind = node.kind === "film" ? `film${node.year ? `, ${node.year}` : ""}` : "person";
      this.places.set(href, { x: node.x, y: node.y });
      box.setAttribute("transform", `translate(${node.x} ${node.y})`);
      box.setAttribute("aria-label", `${node.label}, ${kind}, tied to ${ties}${node.whole ? "" : "; Enter adds more"}`);
    }
  }

  /** Moves everything from where it is drawn to its new place; what is new begins at its place. */
  move(duration) {
    const from = new Map(this.places);
    this.#draw();
    this.#light(this.at);
    const to = new Map([...this.model.nodes].map(([href, { x, y }]) => [href, { x, y }]));
    const start = performance.now();
    return new Promise((resolve) => {
      const step = (now) => {
        const part = duration ? Math.min((now - start) / duration, 1) : 1;
        const eased = 1 - (1 - part) ** 3;
        for (const [href, node] of this.model.nodes) {
          const [a, b] = [from.get(href) ?? to.get(href), to.get(href)];
          Object.assign(node, { x: a.x + (b.x - a.x) * eased, y: a.y + (b.y - a.y) * eased });
        }
        this.#place();
        this.#light(this.at);
        if (part < 1) requestAnimationFrame(step);
        else resolve();
      };
      requestAnimationFrame(step);
    });
  }

  #of(element) {
    return this.model.nodes.get(element.closest?.(".node")?.dataset.href);
  }

  #chosen(node) {
    if (!node) return;
    this.drawn.get(this.at.href).setAttribute("tabindex", "-1");
    this.drawn.get(node.href).setAttribute("tabindex", "0");
    this.at = node;
    this.#light(node);
    this.reach(node);
    this.choose(node);
  }

  /** What is tied to a node stands out, with the words of the ties; all else steps back. */
  #light(node) {
    const near = new Set([node, ...this.model.near(node)]);
    for (const [href, box] of this.drawn) box.classList.toggle("far", !near.has(this.model.nodes.get(href)));
    this.drawn.forEach((box, href) => box.classList.toggle("at", href === node.href));
    this.words.replaceChildren();
    for (const edge of this.model.edges.values()) {
      const lit = edge.film === node || edge.person === node;
      this.lines.get(edge.key).classList.toggle("lit", lit);
      if (lit) this.#word(edge.film === node ? edge.person : edge.film, edge.words);
    }
  }

  #word({ x, y, h }, words) {
    make("text", { x, y: y + h / 2 + this.line - 4 }, this.words).textContent = said(words);
  }

  busy(node, is) {
    this.drawn.get(node.href).setAttribute("aria-busy", String(is));
  }

  /** Without anything chosen, for a moment, to be saved. */
  plain(is) {
    if (!is) return this.#light(this.at);
    this.words.replaceChildren();
    this.svg.querySelectorAll(".far, .lit, .at").forEach((each) => each.classList.remove("far", "lit", "at"));
  }

  box(margin) {
    const nodes = [...this.model.nodes.values()];
    const wide = (node) => Math.max(node.w, node.below) / 2;
    const x = Math.min(...nodes.map((node) => node.x - wide(node))) - margin;
    const y = Math.min(...nodes.map((node) => node.y - node.h / 2)) - margin;
    const w = Math.max(...nodes.map((node) => node.x + wide(node))) + margin - x;
    const h = Math.max(...nodes.map((node) => node.y + node.h / 2 + this.line)) + margin - y;
    return { x, y, w, h };
  }

  /** All of it in sight, or, where letters would become too small to read, its centre. */
  fit() {
    const { x, y, w, h } = this.box(margin);
    const { clientWidth: wide, clientHeight: high } = this.holder;
    const scale = Math.min(wide / w, high / h, 1.2);
    const node = this.model.nodes.get(this.model.centre);
    if (scale >= 0.5) return this.#look({ x: x + w / 2, y: y + h / 2, scale });
    return this.#look({ x: node.x, y: node.y, scale: this.view?.scale > 0.69 ? scale : 0.7 });
  }

  zoom(factor) {
    this.#look({ ...this.view, scale: Math.min(Math.max(this.view.scale * factor, 0.15), 3) });
  }

  #look(view) {
    this.view = view;
    const { clientWidth: wide, clientHeight: high } = this.holder;
    const [w, h] = [wide / view.scale, high / view.scale];
    if (w && h) this.svg.setAttribute("viewBox", `${view.x - w / 2} ${view.y - h / 2} ${w} ${h}`);
  }

  /** Brings a node into sight. */
  reach(node) {
    const half = { w: this.holder.clientWidth / this.view.scale / 2, h: this.holder.clientHeight / this.view.scale / 2 };
    const over = (at, size, middle, room) => Math.max(Math.abs(at - middle) + size / 2 + 8 - room, 0) * Math.sign(at - middle);
    const x = this.view.x + over(node.x, node.w, this.view.x, half.w);
    const y = this.view.y + over(node.y, node.h, this.view.y, half.h);
    this.#look({ ...this.view, x, y });
  }

  #key(event) {
    const node = this.#of(event.target);
    if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
    const does = {
      Enter: () => this.expand(node), " ": () => this.expand(node), "+": () => this.zoom(1.3), "=": () => this.zoom(1.3),
      "-": () => this.zoom(1 / 1.3), 0: () => this.fit(), Home: () => this.#focus(this.model.nodes.get(this.model.centre)),
      PageDown: () => this.#next(node, 1), PageUp: () => this.#next(node, -1),
    }[event.key] ?? (directions[event.key] && (() => this.#step(node, directions[event.key])));
    if (!does) return;
    event.preventDefault();
    does();
  }

  #focus(node) {
    this.drawn.get(node.href).focus({ preventScroll: true });
  }

  /** To the next one as the table tells them: so every one can be reached. */
  #next(node, step) {
    const all = [...this.model.nodes.values()];
    this.#focus(all.at((all.indexOf(node) + step) % all.length));
  }

  /** To the next one in a direction: near, and not too far aside. */
  #step(node, [right, down]) {
    let best = null;
    for (const other of this.model.nodes.values()) {
      const [x, y] = [other.x - node.x, other.y - node.y];
      const [along, aside] = [x * right + y * down, Math.abs(x * down) + Math.abs(y * right)];
      const far = along + 2 * aside;
      if (other !== node && along > 4 && (!best || far < best.far)) best = { other, far };
    }
    if (best) this.#focus(best.other);
  }

  #drag() {
    const { pointers, svg } = this;
    const spread = () => {
      const [one, two] = [...pointers.values()];
      return Math.hypot(one.x - two.x, one.y - two.y);
    };
    svg.addEventListener("pointerdown", (event) => {
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      this.moved = pointers.size > 1;
    });
    svg.addEventListener("pointermove", (event) => {
      const last = pointers.get(event.pointerId);
      if (!last) return;
      const before = pointers.size === 2 ? spread() : 0;
      const [x, y] = [event.clientX - last.x, event.clientY - last.y];
      if (!this.moved && Math.hypot(x, y) < 5) return;
      if (!this.moved) svg.setPointerCapture(event.pointerId);
      this.moved = true;
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (before) this.zoom(spread() / before);
      else this.#look({ ...this.view, x: this.view.x - x / this.view.scale, y: this.view.y - y / this.view.scale });
    });
    for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
      svg.addEventListener(end, (event) => pointers.delete(event.pointerId));
    }
    svg.addEventListener("click", (event) => {
      const node = this.#of(event.target);
      if (!node || this.moved) return;
      this.#focus(node);
      this.expand(node);
    });
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY / 200));
    }, { passive: false });
  }
}
