// The query page with YASGUI: tabs, completion of our terms and names, and answers in which resources have names.
// Without this file, or without YASGUI, the page is a plain form whose answer the server writes as a table. So it is
// until somebody stirs: a megabyte of editor would only keep those waiting who came to read.

const form = document.querySelector("form.editor");
const area = form.querySelector("textarea");
const mount = document.getElementById("yasgui");
const settings = form.dataset;
const UNTOUCHED = "filmgraph-untouched"; // the tab that still holds an example as it came, and that example

/** The first sign of a visitor; who wrote here before is expected to write again. */
function stirred() {
  if (localStorage.getItem(UNTOUCHED)) return Promise.resolve();
  const signs = ["pointermove", "pointerdown", "keydown", "focusin", "wheel", "touchstart"];
  return new Promise((resolve) => {
    const ended = new AbortController();
    const heard = () => { ended.abort(); resolve(); };
    for (const sign of signs) document.addEventListener(sign, heard, { signal: ended.signal, passive: true });
  });
}

const stir = stirred();
const { complete } = await import(settings.complete); // by addresses that change with the content: both are kept long
const { Answer, downloads, problem } = await import(settings.answer);
const LONGEST = 4000; // characters of a query that go into the address

// The server knows our prefixes undeclared, so that the editor must not call them mistakes. They are inherited, not
// the query's own: completion still declares them.
async function know(Yasqe) {
  const prefixes = await fetch(settings.prefixes).then((answer) => answer.json(), () => ({}));
  const sparql = Yasqe.modes.sparql11;
  Yasqe.modes.sparql11 = (...given) => {
    const mode = sparql(...given);
    return { ...mode, startState: () => ({ ...mode.startState(), prefixes: Object.create(prefixes) }) };
  };
  const all = Yasqe.prototype.getPrefixesFromQuery;
  Yasqe.prototype.getPrefixesFromQuery = function () { return { ...all.call(this) }; };
}

async function start() {
  const { Yasgui } = window;
  await know(Yasgui.Yasqe);
  complete(Yasgui.Yasqe, settings);
  Yasgui.Yasqe.defaults.editorHeight = "auto"; // as high as the query, so that nothing scrolls inside the page
  const { defaults, registerPlugin } = Yasgui.Yasr;
  registerPlugin("answer", Answer);
  for (const name of ["table", "boolean"]) delete defaults.plugins[name];
  Object.assign(defaults, { defaultPlugin: "answer", pluginOrder: ["answer", "response"], errorRenderers: [problem] });
  const place = document.activeElement === area ? area.selectionStart : null;
  const yasgui = new Yasgui(mount, {
    autofocus: false,
    populateFromUrl: false,
    persistenceId: "filmgraph",
    requestConfig: { endpoint: new URL(settings.endpoint, location).href, method: "POST" },
    endpointCatalogueOptions: { getData: () => [] },
    yasqe: {
      value: area.value,
      createShareableLink: null,
      prefixCcApi: settings.prefixes,
      autocompleters: ["variables", "prefixes", "terms", "names"],
      extraKeys: { Tab: false, "Shift-Tab": false },
      lineNumbers: matchMedia("(min-width: 44rem)").matches,
      resizeable: false,
    },
  });
  document.documentElement.classList.add("has-editor");
  keys();
  yasgui.on("tabSelect", () => queueMicrotask(() => shown(yasgui)));
  yasgui.on("tabAdd", () => queueMicrotask(() => shown(yasgui)));
  yasgui.on("tabClose", () => queueMicrotask(() => shown(yasgui)));
  yasgui.on("query", () => forget());
  yasgui.on("queryResponse", (_, tab) => answered(tab));
  adder(yasgui);
  if (!localStorage.getItem(UNTOUCHED)) untouched(yasgui, yasgui.getTab().getPersistedJson().yasqe.value);
  if ("asked" in settings) open(yasgui, area.value, settings.name);
  shown(yasgui);
  yasgui.asked = yasgui.getTab();
  if (document.querySelector(".desk > .result, .desk > .problem")) panel(yasgui.asked).classList.add("is-answered");
  wire(yasgui);
  if (place !== null) goOn(yasgui.getTab().getYasqe(), place);
}

// The plain form has none of these keys, so that the page does not tell of them before.
function keys() {
  const line = document.createElement("span");
  line.className = "quiet keys";
  line.textContent = "Ctrl + Space completes, Ctrl + Enter runs, Esc leaves the editor";
  form.querySelector(".does").append(line);
}

// Who writes already, in the plain form, goes on in the editor.
function goOn(editor, place) {
  editor.focus();
  editor.getDoc().setCursor(editor.getDoc().posFromIndex(place));
}

// The query of the address: in the tab that has it, else in place of an example nobody touched, else in a new tab.
function open(yasgui, text, name) {
  const kept = JSON.parse(localStorage.getItem(UNTOUCHED) ?? "{}");
  const same = Object.values(yasgui._tabs).find((tab) => tab.getPersistedJson().yasqe.value === text);
  const current = yasgui.getTab();
  if (same) {
    yasgui.selectTabId(same.getId());
    if (same.getName() === "Query") same.setName(name);
  }
  else if (current && current.getId() === kept.tab && current.getQuery() === kept.text) {
    current.setQuery(text);
    current.setName(name);
  } else yasgui.addTab(true, { name, yasqe: { value: text } });
  if (!same) untouched(yasgui, text);
}

const untouched = (yasgui, text) => localStorage.setItem(UNTOUCHED, JSON.stringify({ tab: yasgui.getTab().getId(), text }));

// A list of tabs may hold nothing but tabs, so YASGUI's "+" in it gives way to one beside it.
function adder(yasgui) {
  const list = mount.querySelector(".tabsList");
  const row = document.createElement("div");
  const button = document.createElement("button");
  row.className = "tabrow";
  button.type = "button";
  button.className = "plain adds";
  button.textContent = "+";
  button.setAttribute("aria-label", "New query");
  button.addEventListener("click", () => yasgui.addTab(true).getYasqe().focus());
  list.replaceWith(row);
  row.append(list, button);
}

const panel = (tab) => document.getElementById(tab.getId());

// The form's buttons stand below the editor of the tab in sight; names are given to what YASGUI leaves without one.
function shown(yasgui) {
  const tab = yasgui.getTab();
  if (!tab?.getYasqe()) return;
  const endpoint = new URL(settings.endpoint, location).href;
  if (tab.getEndpoint() !== endpoint) tab.setEndpoint(endpoint);
  panel(tab).querySelector(".editorwrapper").append(form);
  tab.getYasqe().getInputField().setAttribute("aria-label", "SPARQL query");
  tab.getYasqe().refresh();
  tab.getYasr().off("drawn", named).on("drawn", named);
  const list = mount.querySelector(".tabsList");
  list.setAttribute("aria-label", "Queries");
  list.querySelectorAll(".tab input").forEach((input) => input.setAttribute("aria-label", "Name of this query"));
  document.querySelectorAll(".desk > .result, .desk > .problem").forEach((it) => { it.hidden = tab !== yasgui.asked && yasgui.asked; });
}

const named = (yasr) => yasr.rootEl.querySelector("textarea")?.setAttribute("aria-label", "The answer as it came");

// What the server answered makes room for the first answer that is asked for here.
function forget() {
  document.querySelectorAll(".desk > .result, .desk > .problem").forEach((it) => it.remove());
  mount.querySelectorAll(".is-answered").forEach((it) => it.classList.remove("is-answered"));
}

function answered(tab) {
  const text = tab.getQuery();
  const terms = new URLSearchParams({ query: text });
  const pinned = form.querySelector("[name=snapshot]");
  if (pinned) terms.set("snapshot", pinned.value);
  history.replaceState(null, "", text.length < LONGEST ? `${settings.page}?${terms}` : settings.page);
}

function wire(yasgui) {
  // YASGUI's own words on a mistake come with inline styles, which the site's policy forbids; Run tells more.
  for (const kind of ["mouseover", "mouseout"]) {
    mount.addEventListener(kind, (event) => {
      const icon = event.target.closest?.(".parseErrorIcon");
      if (!icon) return;
      event.stopPropagation();
      icon.setAttribute("title", "This is not SPARQL yet; Run tells what is wrong.");
    }, true);
  }
  form.addEventListener("submit", (event) => {
    area.value = yasgui.getTab().getQuery();
    if (event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    yasgui.getTab().query().catch(() => {});
  });
  downloads.text = () => yasgui.getTab().getQuery();
  downloads.type = () => yasgui.getTab().getYasqe().getQueryType();
  downloads.place = settings.endpoint.includes("?") ? settings.endpoint : settings.result;
  downloads.formats = JSON.parse(settings.formats);
  downloads.names = settings.names;
  downloads.base = settings.base;
  downloads.root = settings.root;
  downloads.goTo = (line, column) => {
    const editor = yasgui.getTab().getYasqe();
    editor.focus();
    editor.getDoc().setCursor(line - 1, column - 1);
  };
  downloads.run = (text) => {
    yasgui.getTab().setQuery(text);
    yasgui.getTab().query().catch(() => {});
  };
}

/** Adds YASGUI to the page, its style below ours. */
function load() {
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: settings.style });
  const script = Object.assign(document.createElement("script"), { src: settings.editor });
  document.getElementById("editor-style").before(style);
  document.head.append(script);
  return Promise.all([style, script].map((it) => new Promise((resolve, reject) => {
    Object.assign(it, { onload: resolve, onerror: reject });
  })));
}

if (settings.editor) {
  await stir;
  await load();
  downloads.names = settings.names;
  downloads.base = settings.base;
  downloads.root = settings.root;
  downloads.formats = JSON.parse(settings.formats);
  await start();
}
