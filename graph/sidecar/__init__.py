"""A snapshot's SQLite file: search over labels and sentences, who worked with whom, and the counts of the home page.

What a SPARQL engine does slowly (CONTAINS over every label, whole-graph counts) is asked once, at publish time, and
kept here. Texts are folded (lower case, no accents), so "amelie" finds "Amélie"; where no word begins as typed, the
nearest spellings are offered. Lists are kept with them: in order, and as sets of bits for each value of a facet.

``build`` makes one from all that the store holds; ``update`` copies the one before and changes what a change touches.
"""

from graph.sidecar.browse import FACETS, MORE, ORDERS, Choice, Listed, Lists
from graph.sidecar.build import NAME, add_counts, build
from graph.sidecar.bulk import build_from
from graph.sidecar.colleagues import Colleague
from graph.sidecar.find import ROLE, find
from graph.sidecar.meetings import Meeting
from graph.sidecar.search import KINDS, Hit, Sidecar
from graph.sidecar.update import Change, is_sound, update
from graph.sidecar.ways import Company, Other

__all__ = [
    "FACETS",
    "KINDS",
    "MORE",
    "NAME",
    "ORDERS",
    "ROLE",
    "Change",
    "Choice",
    "Colleague",
    "Company",
    "Hit",
    "Listed",
    "Lists",
    "Meeting",
    "Other",
    "Sidecar",
    "add_counts",
    "build",
    "build_from",
    "find",
    "is_sound",
    "update",
]
