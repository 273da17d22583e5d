// Saves the picture of a graph as a file of its own: every colour and letter is written into it, so that it looks the
// same without this site's style sheet.

const written = ["fill", "stroke", "stroke-width", "font-family", "font-size", "font-style", "font-weight", "text-anchor"];
const margin = 24;
const sharp = 2;
const largest = 4096;

/** The picture as SVG, all of it, whatever part is in sight. */
function whole(picture) {
  const copy = picture.svg.cloneNode(true);
  const from = picture.svg.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((element, place) => {
    const style = getComputedStyle(from[place]);
    written.forEach((name) => element.setAttribute(name, style.getPropertyValue(name)));
    ["class", "tabindex", "role", "aria-label", "aria-pressed", "aria-busy"].forEach((name) => element.removeAttribute(name));
  });
  const { x, y, w, h } = picture.box(margin);
  const set = (element, values) => Object.entries(values).forEach(([name, value]) => element.setAttribute(name, value));
  set(copy, { viewBox: `${x} ${y} ${w} ${h}`, width: w, height: h, xmlns: "http://www.w3.org/2000/svg" });
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  set(paper, { x, y, width: w, height: h, fill: getComputedStyle(document.body).backgroundColor });
  copy.prepend(paper);
  return { text: new XMLSerializer().serializeToString(copy), w, h };
}

async function painted({ text, w, h }) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const scale = Math.min(sharp, largest / w, largest / h);
  const canvas = Object.assign(document.createElement("canvas"), { width: w * scale, height: h * scale });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

export async function save(picture, title, kind) {
  picture.plain(true);
  const drawn = whole(picture);
  picture.plain(false);
  const file = kind === "png" ? await painted(drawn) : new Blob([drawn.text], { type: "image/svg+xml" });
  const name = title.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: `${name}.${kind}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
