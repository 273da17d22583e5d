"""Every term of ontology/film.ttl as a closed namespace: a misspelt term raises, a test compares it with the ontology.

>>> str(FILM.played)
'https://w3id.org/filmgraph#played'
>>> hasattr(FILM, "plaid")
False
"""

from __future__ import annotations

from rdflib.namespace import ClosedNamespace, Namespace

CLASSES = (
    "Actor",
    "Character",
    "Credit",
    "Dataset",
    "Director",
    "Doubt",
    "Evidence",
    "Extraction",
    "Film",
    "Genre",
    "Match",
    "Merge",
    "Person",
    "Rating",
    "Review",
    "Role",
    "Source",
    "Withdrawal",
)

PROPERTIES = (
    # film
    "title",
    "originalTitle",
    "year",
    "genre",
    "runtime",
    "certificate",
    "country",
    "studio",
    "tagline",
    "description",
    # anything with a name
    "name",
    # credits and roles
    "inFilm",
    "person",
    "job",
    "performer",
    "character",
    "roleDescription",
    "billing",
    # shortcuts
    "played",
    "actedIn",
    "actor",
    "director",
    "workedWith",
    # steps in the chains behind the shortcuts, never written to data
    "isActing",
    "isDirecting",
    # ratings
    "rating",
    "ratingKind",
    "ratingValue",
    "bestRating",
    "ratingCount",
    # sources and reviews
    "reviewOf",
    "reviewer",
    "outlet",
    "published",
    "headline",
    "url",
    "text",
    "textMode",
    "sha256",
    "licence",
    "version",
    # evidence
    "evidence",
    "inSource",
    "supports",
    "supportsProperty",
    "supportsValue",
    "quote",
    "prefix",
    "suffix",
    "start",
    "end",
    "mention",
    "confidence",
    "rule",
    # resolution
    "about",
    "mergedInto",
    "mayBe",
    "disagreesWith",
    # withdrawing
    "withdrawnBy",
    "withdrawnFrom",
    "everywhere",
    "withdrawnStatements",
)

FILM = ClosedNamespace("https://w3id.org/filmgraph#", [*CLASSES, *PROPERTIES])
SCHEMA = Namespace("http://schema.org/")
"""The spelling used by Wikidata, IMDB4M and schema.org's own JSON-LD context."""
