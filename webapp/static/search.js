// Suggestions under the search boxes, and "/" to reach the first one. Without this file the boxes are plain forms.
// A suggestion leads to its page; in a form with data-kind it is of that kind and is written into the box; in one with
// data-among it is of one of those kinds and is what the form asks for.

const WAIT = 90; // ms of quiet before a question is sent

function option(hit, id) {
  const item = document.createElement("li");
  item.id = id;
  item.role = "option";
  item.dataset.url = hit.url;
  item.dataset.iri = hit.iri;
  const label = document.createElement("bdi");
  label.textContent = hit.label;
  const kind = document.createElement("small");
  kind.textContent = hit.detail ? `${hit.kind}, ${hit.detail}` : hit.kind;
  item.append(label, kind);
  return item;
}

function attach(input, number) {
  const box = document.createElement("ul");
  box.id = `suggestions-${number}`;
  box.className = "suggestions";
  box.role = "listbox";
  box.setAttribute("aria-label", "Suggestions");
  box.hidden = true;
  const status = document.createElement("p");
  status.className = "hidden";
  status.setAttribute("role", "status");
  input.parentElement.append(box, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", box.id);
  input.setAttribute("aria-expanded", "false");
  input.autocomplete = "off";

  let chosen = -1;
  let timer = 0;
  let request = null;

  const close = () => {
    box.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const settle = () => {
    clearTimeout(timer); // what was asked before, and is answered later, changes nothing any more
    request?.abort();
  };

  const dismiss = () => {
    settle();
    close();
  };

  const choose = (next) => {
    settle(); // who walks through a list does not want another one under the cursor
    const items = [...box.children];
    chosen = (next + items.length) % items.length;
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
    input.setAttribute("aria-activedescendant", items[chosen].id);
  };

  const show = (hits) => {
    box.replaceChildren(...hits.map((hit, i) => option(hit, `${box.id}-${i}`)));
    box.hidden = hits.length === 0;
    chosen = -1;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    input.removeAttribute("aria-activedescendant");
    status.textContent = hits.length === 1 ? "1 suggestion" : `${hits.length} suggestions`;
  };

  const take = (item) => {
    const { among, kind } = input.form.dataset;
    if (among) return location.assign(`${input.form.action}?${new URLSearchParams({ [input.name]: item.dataset.iri })}`);
    if (!kind) return location.assign(item.dataset.url);
    input.value = item.querySelector("bdi").textContent;
    dismiss();
  };

  const ask = async () => {
    request?.abort();
    request = new AbortController();
    const text = input.value.trim();
    if (!text) return close();
    try {
      const { among, kind, suggest } = input.form.dataset;
      const url = `${suggest}?q=${encodeURIComponent(text)}${kind ? `&kind=${kind}` : ""}`;
      const answer = await fetch(url, { signal: request.signal });
      const fits = (hit) => !among || among.split(" ").includes(hit.kind);
      if (answer.ok) show((await answer.json()).hits.filter(fits));
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (!box.hidden) event.preventDefault(); // the browser would empty the box
      dismiss();
    }
    if (box.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? chosen + 1 : Math.max(chosen, 0) - 1);
    }
    if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      take(box.children[chosen]);
    }
  });
  input.addEventListener("blur", () => setTimeout(dismiss, 150));
  box.addEventListener("mousedown", (event) => {
    const item = event.target.closest("li");
    if (item) take(item);
  });
}

const inputs = [...document.querySelectorAll("form[data-suggest] input[type=search]")];
inputs.forEach(attach);
document.addEventListener("keydown", (event) => {
  const busy = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !busy && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    const box = inputs.findLast((input) => !input.form.dataset.kind && !input.form.dataset.among);
    box?.focus();
    box?.select();
  }
});
