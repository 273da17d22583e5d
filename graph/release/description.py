"""What a release says of itself: VoID and DCAT in Turtle, RO-Crate in JSON-LD, and a text for people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import DCAT, DCTERMS, RDF, VOID, XSD, Graph, Literal, Namespace, URIRef

CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
CRATE = "https://w3id.org/ro/crate/1.1"
NAME = "filmgraph"
ABOUT = "Who played whom in which film, with the sentences that prove it."
SPDX = Namespace("http://spdx.org/rdf/terms#")

TYPES = {
    ".nq.gz": ("application/n-quads", "application/gzip"),
    ".ttl.gz": ("text/turtle", "application/gzip"),
    ".csv": ("text/csv", None),
    ".ttl": ("text/turtle", None),
    ".md": ("text/markdown", None),
    ".json": ("application/ld+json", None),
}
"""From the end of a file's name to its media type and that of its packing."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a release: its path in it, what it holds, how many statements or rows, its size and digest."""

    path: str
    title: str
    count: int | None
    size: int
    sha256: str

    @property
    def media(self) -> tuple[str, str | None]:
        """The media type, and that of the packing or None."""
        return next(types for end, types in TYPES.items() if self.path.endswith(end))


@dataclass(frozen=True, slots=True)
class Source:
    """What was read: a dataset or a review, and under which licence."""

    iri: str
    label: str
    kind: str
    licence: str | None
    mode: str | None
    version: str | None
    published: str | None
    reviewer: str | None
    outlet: str | None
    url: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """What all descriptions tell: of which snapshot, from when, under which base, with which files and sources."""

    base: str
    number: int
    created: str
    digest: str
    triples: int
    counts: dict[str, int]
    files: Sequence[File]
    sources: Sequence[Source]

    @property
    def dataset(self) -> str:
        """The IRI of the data as a whole, as the site's own VoID has it."""
        return self.base + ".well-known/void#dataset"


def dcat(told: Told) -> bytes:
    """The release as a VoID dataset and a DCAT dataset with a distribution for each file."""
    graph = Graph(bind_namespaces="none")
    for prefix, space in {"dcat": DCAT, "dcterms": DCTERMS, "void": VOID, "spdx": SPDX, "xsd": XSD}.items():
        graph.bind(prefix, space)
    this = URIRef(told.dataset)
    for predicate, value in (
        (RDF.type, VOID.Dataset),
        (RDF.type, DCAT.Dataset),
        (DCTERMS.title, Literal(NAME, lang="en")),
        (DCTERMS.description, Literal(ABOUT, lang="en")),
        (DCTERMS.license, URIRef(CC0)),
        (DCTERMS.issued, Literal(told.created, datatype=XSD.dateTime)),
        (DCTERMS.identifier, Literal(told.digest)),
        (URIRef(f"{DCAT}version"), Literal(str(told.number))),
        (VOID.triples, Literal(told.triples)),
        (VOID.uriSpace, Literal(told.base)),
        (VOID.vocabulary, URIRef("https://w3id.org/filmgraph#")),
        (VOID.sparqlEndpoint, URIRef(told.base + "sparql")),
        (DCAT.landingPage, URIRef(told.base)),
    ):
        graph.add((this, predicate, value))
    for source in told.sources:
        if source.kind.endswith("Dataset"):
            graph.add((this, DCTERMS.source, URIRef(source.iri)))
            graph.add((URIRef(source.iri), DCTERMS.title, Literal(source.label)))
            if source.licence:
                graph.add((URIRef(source.iri), DCTERMS.rights, Literal(source.licence)))
    for file in told.files:
        _distribution(graph, this, file, told)
    return graph.serialize(format="turtle", encoding="utf-8")


def _distribution(graph: Graph, this: URIRef, file: File, told: Told) -> None:
    node, (media, packing) = URIRef(f"{told.base}dumps/{told.number}/{file.path}"), file.media
    checksum = URIRef(f"{node}#sha256")
    said = [
        (RDF.type, DCAT.Distribution),
        (DCTERMS.title, Literal(file.title, lang="en")),
        (DCAT.downloadURL, node),
        (DCAT.mediaType, URIRef(f"https://www.iana.org/assignments/media-types/{media}")),
        (DCAT.byteSize, Literal(file.size, datatype=XSD.nonNegativeInteger)),
        (SPDX.checksum, checksum),
    ]
    if packing:
        said.append((DCAT.compressFormat, URIRef(f"https://www.iana.org/assignments/media-types/{packing}")))
        graph.add((this, VOID.dataDump, node))
    graph.add((this, DCAT.distribution, node))
    for predicate, value in said:
        graph.add((node, predicate, value))
    graph.add((checksum, RDF.type, SPDX.Checksum))
    graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
    graph.add((checksum, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)))


def crate(told: Told) -> bytes:
    """The release as an RO-Crate 1.1: ``ro-crate-metadata.json``."""
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": NAME,
        "description": ABOUT,
        "datePublished": told.created,
        "version": str(told.number),
        "identifier": told.digest,
        "license": {"@id": CC0},
        "hasPart": [{"@id": file.path} for file in told.files],
        "mentions": [{"@id": source.iri} for source in told.sources if source.kind.endswith("Dataset")],
    }
    licence = {"@id": CC0, "@type": "CreativeWork", "name": "CC0 1.0", "description": "For the statements."}
    head = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": CRATE},
    }
    graph = [head, root, licence, *map(_part, told.files), *_datasets(told.sources)]
    said = {"@context": f"{CRATE}/context", "@graph": graph}
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _part(file: File) -> dict[str, object]:
    media, packing = file.media
    return {
        "@id": file.path,
        "@type": "File",
        "name": file.title,
        "contentSize": str(file.size),
        "sha256": file.sha256,
        "encodingFormat": [media, packing] if packing else media,
    }


def _datasets(sources: Sequence[Source]) -> list[dict[str, object]]:
    return [_dataset(source) for source in sources if source.kind.endswith("Dataset")]


def _dataset(source: Source) -> dict[str, object]:
    said: dict[str, object] = {"@id": source.iri, "@type": "Dataset", "name": source.label}
    more = {"license": source.licence, "version": source.version}
    return said | {key: value for key, value in more.items() if value is not None}
