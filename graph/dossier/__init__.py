"""What the sources say of one film, as its page shows it: facts, roles, credits, genres, ratings, and who says so.

``gather`` asks a store for the dossiers of some films. A snapshot's search index keeps one for each film, packed, so
that a page need not ask the store for what it could have known beforehand.
"""

from graph.dossier.gather import gather
from graph.dossier.packing import pack, unpack
from graph.dossier.record import CreditRow, Dossier, FactRow, GenreRow, RatingRow, ReviewRow, RoleRow, SourceRow

__all__ = [
    "CreditRow",
    "Dossier",
    "FactRow",
    "GenreRow",
    "RatingRow",
    "ReviewRow",
    "RoleRow",
    "SourceRow",
    "gather",
    "pack",
    "unpack",
]
