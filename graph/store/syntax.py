"""Reads the outline of a SPARQL text by its tokens: its form, its graphs, how deep it nests.

No grammar is checked here; that is the engine's work. The outline is what must be known before the engine may see a
text: the engine crashes on deep nesting, and follows SERVICE to any host.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

from graph.store.media import Form

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\r\n]*)
      | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
      | (?P<string>\"{3}(?:[^"\\]|\\.|\"(?!\"\"))*+(?:\"{3}|(?P<open1>\\?\"{0,2}\Z))
                  | '{3}(?:[^'\\]|\\.|'(?!''))*+(?:'{3}|(?P<open2>\\?'{0,2}\Z))
                  | "(?:[^"\\\r\n]|\\[^\r\n])*+(?:"|(?P<open3>\\?))
                  | '(?:[^'\\\r\n]|\\[^\r\n])*+(?:'|(?P<open4>\\?)))
      | (?P<variable>[?$][^\W]\w*)
      | (?P<name>(?=[^\W\d_]|:)(?:[^\W\d_][\w.\-·]*+)?(?P<local>:(?:[\w:%\-·]|\\[^\w\s]|\.(?=[\w:%.\-]))*+)?+)
      | @(?P<language>[\w\-]+)
      | (?P<open>[{(\[])
      | (?P<close>[})\]])
      | (?P<chain>\|\||&&)
      | (?P<number>\d[\d.eE]*)
      | (?P<other>[^\s])""",
    re.VERBOSE | re.DOTALL,
)

_OPEN = ("open1", "open2", "open3", "open4")
_FORMS = {form.value: form for form in Form if form is not Form.UPDATE}
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"])


@dataclass(slots=True)
class Outline:
    """What a query asks for, as far as its tokens tell.

    ``form`` is None where none was found; ``depth`` is the deepest nesting of brackets, ``unclosed`` whether one, or a
    string, is left open; ``chain`` counts the links of
    chains that the engine reads recursively (UNION, ``||``, ``/``, ``!``, OPTIONAL and so on); ``service`` tells
    whether SERVICE is used, ``varying`` whether a function that may answer differently on the same data;
    ``default_graphs`` and ``named_graphs`` are the IRIs of FROM and FROM NAMED as written.
    """

    form: Form | None = None
    depth: int = 0
    unclosed: bool = False
    chain: int = 0
    tokens: int = 0
    service: bool = False
    varying: bool = False
    base: bool = False
    default_graphs: list[str] = field(default_factory=list)
    named_graphs: list[str] = field(default_factory=list)
    prefixes: dict[str, str] = field(default_factory=dict)
    shape: str = ""
    """The tokens with IRIs, literals and numbers masked, variables numbered, repetitions left out."""

    @property
    def has_dataset(self) -> bool:
        """Whether the text names its own graphs with FROM or FROM NAMED."""
        return bool(self.default_graphs or self.named_graphs)


def undeclared(text: str, known: Container[str]) -> tuple[str, int] | None:
    """The first prefix that is used but neither declared nor known, and where it stands, counted from 0.

    >>> undeclared("SELECT * { ?s film:title ?o ; foo:bar _:b }", {"film"})
    ('foo', 30)
    """
    declared = outline(text).prefixes
    before = ""
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "name" and match["local"] is not None and before.upper() not in ("PREFIX", "_"):
            prefix = match.group().split(":", 1)[0]
            if prefix not in declared and prefix not in known:
                return prefix, match.start()
        before = match.group()
    return None


def columns(names: Sequence[str], text: str) -> tuple[str, ...]:
    """The columns of an answer: those of ``SELECT *`` in the order in which the query names them, others as given.

    >>> columns(["film", "who"], "SELECT * { ?who film:actedIn ?film }")
    ('who', 'film')
    >>> columns(["film", "who"], "SELECT ?film ?who { ?who film:actedIn ?film }")
    ('film', 'who')
    """
    read = [token for _, token in tokens(text)]
    heads = [token.upper() for token in read]
    start = heads.index("SELECT") + 1 if "SELECT" in heads else len(heads)
    if next((head for head in heads[start:] if head not in ("DISTINCT", "REDUCED")), "") != "*":
        return tuple(names)
    named = [token[1:] for token in read if token[0] in "?$"]
    return tuple(sorted(names, key=lambda name: named.index(name) if name in named else len(named)))


def star(text: str) -> int | None:
    r"""Where the star of an outermost ``SELECT *`` stands; None where there is none.

    >>> star("# SELECT *\nSELECT DISTINCT * {}"), star("SELECT (COUNT(*) AS ?n) {}")
    (27, None)
    """
    if "*" not in text:
        return None
    selecting = False
    for match in _TOKEN.finditer(text):
        word = match.group().upper()
        if match.lastgroup == "comment" or (selecting and word in ("DISTINCT", "REDUCED")):
            continue
        if selecting or word in _FORMS:
            if selecting or word != "SELECT":
                return match.start() if word == "*" else None
            selecting = True
    return None


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each token, comments left out.

    A run of letters is read in one go, for speed on any text, and only then told apart: a prefixed name has a colon,
    without one a dot ends a word (``true.SERVICE`` is three tokens). A string that is not closed goes to the end of
    its line, a long one to the end of the text.
    """
    for match in _TOKEN.finditer(text):
        kind, token = match.lastgroup or "", match.group()
        if kind == "name" and match["local"] is None:
            yield from (("word", word) for word in token.split(".") if word)
        elif kind == "name":
            yield "prefixed", token
        elif kind == "string" and any(match[group] is not None for group in _OPEN):
            yield "unclosed", token
        elif kind != "comment":
            yield kind, token


def outline(text: str) -> Outline:
    r"""The outline of a query or update.

    >>> found = outline('PREFIX ex: <http://e/> # SERVICE\nSELECT * FROM <http://g> { ?s ex:p "SERVICE {{{" }')
    >>> found.form, found.service, found.depth, found.default_graphs
    (<Form.SELECT: 'SELECT'>, False, 1, ['http://g'])
    """
    return _Reader().read(text)


class _Reader:
    """Keeps what is needed of the tokens already passed."""

    def __init__(self) -> None:
        self.found = Outline()
        self.depth = 0
        self.before = ("", "")
        self.shape: list[str] = []
        self.variables: dict[str, int] = {}

    def read(self, text: str) -> Outline:
        for kind, token in tokens(text):
            self.found.tokens += 1
            self.sketch(self.numbered(token) if kind == "variable" else _MASKS.get(kind, token))
            if kind in _HANDLERS:
                _HANDLERS[kind](self, token)
            self.before = (self.before[1], token.upper() if kind == "word" else token)
        self.found.shape = " ".join(self.shape)
        self.found.unclosed |= self.depth > 0
        return self.found

    def numbered(self, variable: str) -> str:
        """A variable by its place among those of the query, so that other names make no other shape."""
        return f"?{self.variables.setdefault(variable[1:], len(self.variables))}"

    def sketch(self, mark: str) -> None:
        """A list of terms, however long, leaves one mark."""
        if not (mark in _MASKED and self.shape and self.shape[-1] == mark):
            self.shape.append(mark)

    def open(self, _: str) -> None:
        self.depth += 1
        self.found.depth = max(self.found.depth, self.depth)

    def close(self, _: str) -> None:
        self.depth -= 1

    def count(self, _: str) -> None:
        self.found.chain += 1

    def other(self, token: str) -> None:
        self.found.chain += token in _OPERATORS

    def iri(self, token: str) -> None:
        second, first = self.before
        if first == "FROM":
            self.found.default_graphs.append(token[1:-1])
        elif first == "NAMED" and second == "FROM":
            self.found.named_graphs.append(token[1:-1])
        elif second == "PREFIX" and first.endswith(":"):
            self.found.prefixes[first[:-1]] = token[1:-1]

    def prefixed(self, token: str) -> None:
        prefix, _, local = token.partition(":")
        self.found.service |= "SERVICE" in prefix.upper()
        if self.before[1] in ("FROM", "NAMED") and prefix in self.found.prefixes:
            self.iri(f"<{self.found.prefixes[prefix]}{local}>")

    def unclosed(self, token: str) -> None:
        """The engine may read the quotation marks in another way, so nothing in here counts as harmless."""
        self.found.service |= "SERVICE" in token.upper()
        self.found.varying = self.found.unclosed = True

    def word(self, token: str) -> None:
        word = token.upper()
        if word in _CHAINED:
            self.found.chain += 1
        self.found.service |= "SERVICE" in word  # the engine needs no blank around it
        self.found.varying |= any(name in word for name in _VARYING)
        self.found.base |= word == "BASE"
        if self.found.form is None:
            self.found.form = Form.UPDATE if word in _UPDATES else _FORMS.get(word)


_OPERATORS = frozenset("!/|^")
_MASKS = {"iri": "<>", "string": '""', "language": '""', "number": "0"}
_MASKED = frozenset(_MASKS.values())
_VARYING = ("NOW", "RAND", "UUID", "BNODE")
_CHAINED = frozenset(["UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "NOT"])
_HANDLERS = {
    "open": _Reader.open,
    "close": _Reader.close,
    "chain": _Reader.count,
    "other": _Reader.other,
    "iri": _Reader.iri,
    "prefixed": _Reader.prefixed,
    "unclosed": _Reader.unclosed,
    "word": _Reader.word,
}
