// Completion in YASGUI's editor: terms of our vocabulary by name or by what they say, names of films, people and
// characters inside quotation marks, and their IRIs after "<".

const MOST = 40;

export function complete(Yasqe, settings) {
  const terms = fetch(settings.terms).then((answer) => (answer.ok ? answer.json() : []), () => []);
  Yasqe.registerAutocompleter(termCompleter(terms), false);
  Yasqe.registerAutocompleter(nameCompleter(settings.suggest), false);
}

const before = (yasqe) => {
  const cursor = yasqe.getDoc().getCursor();
  return { cursor, text: yasqe.getDoc().getLine(cursor.line).slice(0, cursor.ch) };
};

// Rows of the list show a name and, in small letters, what it means.
function described(hints, notes) {
  return hints.map((hint) => ({
    ...hint,
    render(row) {
      const note = document.createElement("small");
      note.textContent = notes.get(hint.text) ?? "";
      row.append(notes.get(`label ${hint.text}`) ?? hint.text, " ", note);
    },
  }));
}

function termCompleter(terms) {
  const notes = new Map();
  const word = /(?:^|[\s{(;,.|/^!])([A-Za-z][\w-]*(?::[\w-]*)?)$/;
  // Never in a comment, a string or an IRI; a list that is open already asks again as one types on.
  const typedIn = (text) => (/(?:"[^"]*|'[^']*|<[^<>\s]*|^\s*#.*)$/.test(text.replace(/"[^"]*"|'[^']*'|<[^<>\s]*>/g, "")) ? "" : (word.exec(text)?.[1] ?? ""));
  return {
    name: "terms",
    bulk: false,
    autoShow: true,
    persistenceId: null,
    isValidCompletionPosition(yasqe) {
      const { text } = before(yasqe);
      const typed = typedIn(text);
      return typed.includes(":") || (typed.length > 1 && typed === typed.toLowerCase());
    },
    preProcessToken(yasqe, token) {
      const { cursor, text } = before(yasqe);
      const typed = typedIn(text);
      return { ...token, autocompletionString: typed, from: { ch: cursor.ch - typed.length }, to: { ch: cursor.ch }, typed, text };
    },
    async get(_, token) {
      if (!token?.typed) return [];
      const typed = token.typed.toLowerCase();
      const wantsClass = /(?:\sa|rdf:type)\s+\S*$/.test(token.text);
      const rank = (it) => {
        const name = it.name.toLowerCase();
        if (name.startsWith(typed)) return 0;
        if (!typed.includes(":") && name.split(":")[1].startsWith(typed)) return 1;
        return !typed.includes(":") && typed.length > 3 && it.says.toLowerCase().includes(typed) ? 2 : 9;
      };
      const found = (await terms).map((it) => [rank(it), it]).filter(([at, it]) => at < 9 && (it.kind === "class") === wantsClass && it.name !== token.typed);
      found.sort((one, other) => one[0] - other[0]);
      found.forEach(([, it]) => notes.set(it.name, it.says));
      return found.slice(0, MOST).map(([, it]) => it.name);
    },
    postProcessSuggestion: (_yasqe, _token, text) => text,
    postprocessHints: (_, hints) => described(hints, notes),
  };
}

function nameCompleter(address) {
  const notes = new Map();
  const open = /(["<])([^"<>{}]*)$/;
  // Inside quotation marks, not after them: the number of marks before the cursor is odd.
  const within = (text) => {
    const found = open.exec(text);
    if (!found || found[2].trim().length < 2 || /^https?:/.test(found[2]) || /FILTER|REGEX/i.test(text)) return null;
    return found[1] === "<" || text.split('"').length % 2 === 0 ? found : null;
  };
  return {
    name: "names",
    bulk: false,
    autoShow: true,
    persistenceId: null,
    isValidCompletionPosition: (yasqe) => Boolean(within(before(yasqe).text)),
    preProcessToken(yasqe, token) {
      const { cursor, text } = before(yasqe);
      const found = within(text);
      const line = yasqe.getDoc().getLine(cursor.line);
      const closes = found && line[cursor.ch] === (found[1] === "<" ? ">" : '"') ? 1 : 0;
      return { ...token, found, from: { ch: cursor.ch - (found?.[0].length ?? 0) }, to: { ch: cursor.ch + closes } };
    },
    async get(_, token) {
      if (!token?.found) return [];
      const [, mark, typed] = token.found;
      const answer = await fetch(`${address}?q=${encodeURIComponent(typed.trim())}`);
      if (!answer.ok) return [];
      const { hits } = await answer.json();
      const wanted = hits.filter((hit) => ["film", "person", "character", "genre"].includes(hit.kind));
      return [...new Set(wanted.map((hit) => {
        const text = mark === "<" ? `<${hit.iri}>` : `"${hit.label.replace(/(["\\])/g, "\\$1")}"`;
        notes.set(text, hit.detail ? `${hit.kind}, ${hit.detail}` : hit.kind);
        notes.set(`label ${text}`, mark === "<" ? hit.label : text);
        return text;
      }))];
    },
    postProcessSuggestion: (_yasqe, _token, text) => text,
    postprocessHints: (_, hints) => described(hints, notes),
  };
}
