"""Reads RDF files of any size, statement by statement, with the engine's parsers.

RDF/XML is looked through first: its parser expands entities that are built from entities until memory ends.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from graph.errors import InputError
from graph.sources.packed import LONGEST, open_file

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
}
"""Suffixes of RDF files, each also with .gz behind it."""
_LABELLED = (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
"""Formats in which every blank node has a label, which is kept."""
_ENTITY = re.compile(rb"<!ENTITY\s+(%?)\s*([^\s>]+)\s+(\"[^\"]*\"|'[^']*'|[^>]*)")
_LONGEST_ENTITY = 256
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`]')
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
LARGEST = 200_000_000
"""Bytes of a JSON-LD file, which must be read whole."""

Statement = tuple[str, str, str, bool]
"""Subject, predicate, object (a literal without its type or language), and whether the object is a literal."""


def read_quads(path: Path, graph: str, label: str = "") -> Iterator[tuple[str, str]]:
    """Each statement as its graph's IRI and its line of N-Quads; ``graph`` is for triples that stand in none.

    Blank nodes without a label get ``label`` and a number. Raises InputError with file, line and what is wrong.
    """
    default, blanks = NamedNode(graph), _Blanks(label, _format(path))
    for quad in _parse(path, graph):
        _refuse_nested(path, quad)
        name = quad.graph_name
        named = default if isinstance(name, DefaultGraph) else name
        if not isinstance(named, NamedNode):
            raise InputError(f"{path}: the graph {named} is a blank node; give it an IRI")
        _refuse_odd(path, quad.object)
        line = f"{blanks.of(quad.subject)} {quad.predicate} {blanks.of(quad.object)} {named} .\n"
        yield named.value, line.replace("\r", "\\r")


def read_statements(path: Path, base: str) -> Iterator[Statement]:
    """Each statement of a file, whatever its graph; ``base`` resolves relative IRIs.

    Raises InputError with file, line and what is wrong.
    """
    for quad in _parse(path, base):
        _refuse_nested(path, quad)
        subject, value = quad.subject, quad.object
        _refuse_odd(path, value)
        yield (
            _plain(cast("NamedNode | BlankNode", subject)),
            quad.predicate.value,
            value.value if isinstance(value, Literal) else _plain(cast("NamedNode | BlankNode", value)),
            isinstance(value, Literal),
        )


class _Blanks:
    """Gives blank nodes the names that they keep: their own labels, or numbers in the order in which they come."""

    def __init__(self, label: str, kind: RdfFormat) -> None:
        self._label = label or "b"
        self._keep = kind in _LABELLED and not label
        self._names: dict[str, str] = {}

    def of(self, term: NamedNode | BlankNode | Literal | Triple) -> str:
        if self._keep or not isinstance(term, BlankNode):
            return str(term)
        return self._names.setdefault(term.value, f"_:{self._label}{len(self._names)}")


def _plain(term: NamedNode | BlankNode) -> str:
    return str(term) if isinstance(term, BlankNode) else term.value


def _refuse_nested(path: Path, quad: Quad) -> None:
    if isinstance(quad.subject, Triple) or isinstance(quad.object, Triple):
        raise InputError(f"{path}: holds statements about statements (RDF 1.2 triple terms), which are not supported")


def _refuse_odd(path: Path, term: NamedNode | BlankNode | Literal | Triple) -> None:
    """Texts that no other program could read again, or that are no texts."""
    if isinstance(term, Literal) and "\0" in term.value:
        raise InputError(f"{path}: holds a text with a NUL character, {term.value[:40]!r}; no text may have one")
    if isinstance(term, Literal) and len(term.value) > LONGEST:
        raise InputError(f"{path}: holds a text of more than {LONGEST:,} letters, {term.value[:40]!r}…")


def _format(path: Path) -> RdfFormat:
    if path.is_dir():
        raise InputError(f"{path}: is a folder; name the files in it")
    suffix = Path(path.name.removesuffix(".gz")).suffix.lower()
    if suffix not in FORMATS:
        known = ", ".join(FORMATS)
        raise InputError(f"{path}: {suffix or 'no suffix'} is no suffix of RDF; expected {known}, also with .gz")
    return FORMATS[suffix]


def _parse(path: Path, base: str) -> Iterator[Quad]:
    kind = _format(path)
    try:
        if kind == RdfFormat.RDF_XML:
            _check_entities(path)
        if kind == RdfFormat.JSON_LD:
            yield from parse(_json_ld(path), format=kind, base_iri=base)
            return
        with open_file(path) as file:
            yield from parse(file, format=kind, base_iri=base)
    except MemoryError as error:  # the engine's word for a statement that passes its buffer
        raise InputError(f"{path}: holds a statement of more than {LONGEST:,} bytes; this is no such file") from error
    except SyntaxError as error:
        place = f":{error.lineno}" if error.lineno else ""
        raise InputError(f"{path}{place}: {error.msg}") from error
    except EOFError as error:
        raise InputError(f"{path}: ends in the middle of its compressed data; get it again") from error
    except (OSError, ValueError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be read: {reason}") from error


def _json_ld(path: Path) -> str:
    """The text of a JSON-LD file, with schema.org's context, which would have to be fetched, put in its place."""
    with open_file(path) as file:
        text = file.read(LARGEST + 1)
        if len(text) > LARGEST:
            raise InputError(f"{path}: JSON-LD of more than {LARGEST:,} bytes; convert it to N-Quads")
        try:
            return json.dumps(_with_context(path, json.loads(text)))
        except RecursionError as error:
            raise InputError(f"{path}: is nested too deeply") from error


def _with_context(path: Path, value: Any) -> Any:
    if isinstance(value, list):
        return [_with_context(path, item) for item in value]
    if not isinstance(value, dict):
        return value
    _check_node(path, value)
    known = {key: _with_context(path, item) for key, item in value.items()}
    if "@context" in known:
        contexts = known["@context"] if isinstance(known["@context"], list) else [known["@context"]]
        known["@context"] = [_context(path, context) for context in contexts]
    return known


def _check_node(path: Path, node: dict[str, Any]) -> None:
    """JSON-LD drops what has a wrong IRI or language in silence; here it is an error, as in other formats."""
    iri, language = node.get("@id"), node.get("@language")
    if isinstance(iri, str) and _NO_IRI.search(iri):
        raise InputError(f"{path}: {iri!r} is no IRI: blanks, quotes, brackets and the like must be percent-encoded")
    if isinstance(language, str) and not _LANGUAGE.fullmatch(language):
        raise InputError(f"{path}: {language!r} is no language tag; expected one such as en or pt-BR")


def _context(path: Path, context: Any) -> Any:
    if not isinstance(context, str):
        return context
    if re.fullmatch(r"https?://schema\.org(/|/docs/jsonldcontext\.jsonl?d?)?", context):
        return {"@vocab": "http://schema.org/"}
    raise InputError(f"{path}: the context {context} would have to be fetched; put its terms into the file")


def _check_entities(path: Path) -> None:
    """Let pass only entities that are short texts of their own, such as the usual ones for namespaces.

    The parser holds what stands between two tags in memory, with its entities written out.
    """
    with open_file(path) as file:
        before = file.read(4)
        if before[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in before:
            raise InputError(f"{path}: is not in UTF-8; convert it first")
        tail, run, longest = before, 0, LONGEST
        while piece := file.read(1 << 20):
            text = tail + piece
            for percent, name, value in _ENTITY.findall(text):
                longest = LONGEST // _LONGEST_ENTITY * len(b"&e;")
                if percent or value[:1] not in (b'"', b"'") or b"&" in value or len(value) > _LONGEST_ENTITY:
                    raise InputError(
                        f"{path}: the entity {name.decode(errors='replace')} is long, external or made of other "
                        "entities, which is refused; write its value in full"
                    )
            run = _longest_run(path, piece, run, longest)
            tail = text[-_LONGEST_ENTITY * 4 :]


def _longest_run(path: Path, piece: bytes, run: int, longest: int) -> int:
    """The bytes since the last tag began, at the end of a piece; raises InputError where there were too many."""
    first, *others = piece.split(b"<")
    for size in (run + len(first), *map(len, others)):
        if size > longest:
            raise InputError(f"{path}: holds a text of more than {longest:,} bytes; this is no such file")
    return len(others[-1]) if others else run + len(first)
