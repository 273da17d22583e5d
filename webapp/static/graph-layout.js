// Finds the places of films and people in a picture, beside the page: it gets their sizes, where each begins and what is
// tied, and answers with where each goes. cytoscape and fcose, loaded with the first question, do the work.

const gap = 9;

self.onmessage = ({ data: { scripts, nodes, edges } }) => {
  if (!self.cytoscape) importScripts(...scripts);
  self.postMessage(arrange(nodes, edges));
};

/** fcose moves all apart; where boxes still lie upon each other, they are pushed. */
function arrange(nodes, edges) {
  const cy = self.cytoscape({
    headless: true,
    styleEnabled: true,
    style: [{ selector: "node", style: { shape: "rectangle", width: "data(w)", height: "data(h)" } }],
    elements: [
      ...nodes.map(({ id, w, h, x, y }) => ({ data: { id, w: w + 14, h: h + 18 }, position: { x, y } })),
      ...edges.map((data) => ({ data })),
    ],
  });
  cy.layout({
    name: "fcose", quality: "proof", randomize: false, animate: false, fit: false, tile: false, packComponents: false,
    nodeRepulsion: 22000, idealEdgeLength: 105, edgeElasticity: 0.3, gravity: 0.25, numIter: 2500,
  }).run();
  const boxes = nodes.map(({ id, w, h }) => ({ w, h, ...cy.getElementById(id).position() }));
  cy.destroy();
  for (let turn = 0; turn < 80 && apart(boxes); turn++);
  return boxes.map(({ x, y }) => ({ x, y }));
}

/** Pushes boxes that lie upon each other apart, by the shorter way; says whether there were any. */
function apart(boxes) {
  let any = false;
  boxes.forEach((one, place) => {
    for (const two of boxes.slice(place + 1)) {
      const [dx, dy] = [two.x - one.x, two.y - one.y];
      const wide = (one.w + two.w) / 2 + gap - Math.abs(dx);
      const high = (one.h + two.h) / 2 + gap - Math.abs(dy);
      if (wide <= 0.01 || high <= 0.01) continue;
      any = true;
      const [name, by] = wide < high ? ["x", (dx < 0 ? -wide : wide) / 2] : ["y", (dy < 0 ? -high : high) / 2];
      one[name] -= by;
      two[name] += by;
    }
  });
  return any;
}
