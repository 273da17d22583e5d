// The picture of a graph is drawn from the table below it: its films, people and ties are the table's rows. Whoever
// chooses a film or person gets what surrounds it added, to the picture and to the table. cytoscape and fcose say where
// things stand; graph-picture.js draws. Without this file the table says the same.

const section = document.querySelector(".picture");
section.hidden = false;
const table = document.querySelector("table.ties");
const status = section.querySelector("[data-status]");
const panel = section.querySelector("[data-chosen]");
const { graph, root, centre } = section.dataset;
const modules = section.dataset.modules.split(" ").map((address) => import(address));
const [{ full, line, Model, Places }, { Picture }, { save }] = await Promise.all(modules);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

function say(text) {
  status.textContent = text;
}

const model = new Model(centre);
model.read(table.tBodies);
const places = new Places(section.dataset.worker, section.dataset.scripts.split(" "));
const picture = new Picture(section.querySelector("[data-canvas]"), model, { choose, expand, line });

/** Below the picture: what was chosen, what it is tied to, and the way to its page. */
function choose(node) {
  const heading = document.createElement("p");
  const link = Object.assign(document.createElement("a"), { href: node.href, textContent: node.label });
  heading.append(link, ` ${node.kind === "film" ? (node.year ?? "film") : "person"}`);
  const list = document.createElement("ul");
  for (const { other, words } of model.ties(node).slice(0, 6)) {
    const item = document.createElement("li");
    const name = document.createElement("bdi");
    name.textContent = other.label;
    item.append(name, ` ${words.join(", ")}`);
    list.append(item);
  }
  const rest = model.ties(node).length - 6;
  if (rest > 0) list.append(Object.assign(document.createElement("li"), { textContent: `and ${rest} more` }));
  panel.replaceChildren(heading, list);
}

/** Adds what surrounds a film or person, to the table first and from there to the picture. */
async function expand(node) {
  if (node.whole) return say(`All that surrounds ${node.label} here is shown already.`);
  if (model.nodes.size >= full) return say("The picture is full. Open the page of a film or person to begin anew there.");
  node.whole = true;
  picture.busy(node, true);
  try {
    const of = new URLSearchParams({ of: decodeURI(node.href).slice(root.length) });
    const answer = await fetch(`${graph}?${of}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const before = model.nodes.size;
    model.read(model.take(table, page.querySelectorAll("table.ties > tbody"), node));
    await settle(node);
    const more = model.nodes.size - before;
    const what = node.kind === "film" ? plural(more, "person", "people") : plural(more, "film", "films");
    say(more ? `${what} added around ${node.label}; ${model.nodes.size} are shown.` : `Nothing new around ${node.label}.`);
  } catch {
    node.whole = false;
    say(`What surrounds ${node.label} could not be fetched. Try again.`);
  } finally {
    picture.busy(node, false);
  }
}

/** Finds a place for everything and moves it there. */
async function settle(node) {
  picture.measure();
  await places.arrange(model, picture.room());
  await picture.move(calm.matches ? 0 : 450);
  if (node) picture.reach(node);
}

const done = {
  closer: () => picture.zoom(1.3),
  farther: () => picture.zoom(1 / 1.3),
  whole: () => picture.fit(),
  svg: () => save(picture, document.querySelector("h1").textContent, "svg").then(() => say("Saved as SVG.")),
  png: () => save(picture, document.querySelector("h1").textContent, "png").then(() => say("Saved as PNG.")),
};
model.nodes.get(centre).whole = true;
choose(model.nodes.get(centre));
picture.measure();
try {
  await places.arrange(model, picture.room());
  picture.begin();
} catch (error) {
  section.remove(); // the table says the same
  throw error;
}
section.querySelector(".tools").addEventListener("click", (event) => {
  done[event.target.closest("button")?.dataset.do]?.();
});
