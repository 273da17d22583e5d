// Finds the places of films and people in a picture, beside the page: it gets their sizes, where each begins and what is
// tied, and answers with where each goes. cytoscape and fcose, loaded with the first question, do the work. On a narrow
// screen there is a room, a width and a height, that all is set into.

const each = { x: 180, y: 100 }; // what one takes of a room: a few do not stand in its far corners
const gap = { x: 9, y: 4 }; // each is as high as its box and the line of words below it

self.onmessage = ({ data: { scripts, nodes, edges, room } }) => {
  if (!self.cytoscape) importScripts(...scripts);
  self.postMessage(arrange(nodes, edges, room));
};

/** fcose moves all apart; where boxes still lie upon each other, they are pushed. */
function arrange(nodes, edges, room) {
  const hub = nodes.find(({ id }) => edges.every(({ source, target }) => source === id || target === id));
  const boxes = hub ? star(nodes, hub) : moved(nodes, edges);
  if (room) squeeze(boxes, { w: Math.min(room.w, each.x * boxes.length), h: Math.min(room.h, each.y * boxes.length) });
  for (let turn = 0; turn < 80 && apart(boxes); turn++);
  return boxes.map(({ x, y }) => ({ x, y }));
}

/** What is tied to one alone stands around it, in two rings where it is much: fcose would make a line of it. */
function star(nodes, hub) {
  const rest = nodes.filter((node) => node !== hub);
  return nodes.map(({ id, w, h }) => {
    if (id === hub.id) return { w, h, x: 0, y: 0 };
    const place = rest.findIndex((node) => node.id === id);
    const angle = (2 * Math.PI * (place + 0.5)) / rest.length;
    const far = (rest.length > 10 && place % 2 ? 0.6 : 1) * (130 + 8 * rest.length);
    return { w, h, x: 1.4 * far * Math.cos(angle), y: 0.9 * far * Math.sin(angle) };
  });
}

function moved(nodes, edges) {
  const cy = self.cytoscape({
    headless: true,
    styleEnabled: true,
    style: [{ selector: "node", style: { shape: "rectangle", width: "data(w)", height: "data(h)" } }],
    elements: [
      ...nodes.map(({ id, w, h, x, y }) => ({ data: { id, w: w + 14, h: h + 10 }, position: { x, y } })),
      ...edges.map((data) => ({ data })),
    ],
  });
  cy.layout({
    name: "fcose", quality: "proof", randomize: false, animate: false, fit: false, tile: false, packComponents: false,
    nodeRepulsion: 22000, idealEdgeLength: 105, edgeElasticity: 0.3, gravity: 0.25, numIter: 2500,
  }).run();
  const boxes = nodes.map(({ id, w, h }) => ({ w, h, ...cy.getElementById(id).position() }));
  cy.destroy();
  return boxes;
}

/** Turns what is wide for a room that is high, draws all together, and pushes apart what then lies upon each other. */
function squeeze(boxes, room) {
  const span = (axis) => Math.max(...boxes.map((box) => box[axis])) - Math.min(...boxes.map((box) => box[axis])) || 1;
  if (span("x") > span("y") !== room.w > room.h) {
    for (const box of boxes) [box.x, box.y] = [-box.y, box.x];
  }
  for (const [axis, size, all] of [["x", "w", room.w], ["y", "h", room.h]]) {
    const [wide, from] = [span(axis), Math.min(...boxes.map((box) => box[axis]))];
    for (const box of boxes) box[axis] = ((box[axis] - from) / wide - 0.5) * (all - box[size]);
  }
  for (let turn = 0; turn < 300 && apart(boxes); turn++) {
    for (const box of boxes) {
      box.x = Math.min(Math.max(box.x, (box.w - room.w) / 2), (room.w - box.w) / 2);
      box.y = Math.min(Math.max(box.y, (box.h - room.h) / 2), (room.h - box.h) / 2);
    }
  }
}

/** Pushes boxes that lie upon each other apart, by the shorter way; says whether there were any. */
function apart(boxes) {
  let any = false;
  boxes.forEach((one, place) => {
    for (const two of boxes.slice(place + 1)) {
      const [dx, dy] = [two.x - one.x, two.y - one.y];
      const wide = (one.w + two.w) / 2 + gap.x - Math.abs(dx);
      const high = (one.h + two.h) / 2 + gap.y - Math.abs(dy);
      if (wide <= 0.01 || high <= 0.01) continue;
      any = true;
      const [name, by] = wide < high ? ["x", (dx < 0 ? -wide : wide) / 2] : ["y", (dy < 0 ? -high : high) / 2];
      one[name] -= by;
      two[name] += by;
    }
  });
  return any;
}
