"""Entity resolution: which film, which person and which character a source means.

Ids come first. A film is found by title, year and people; a person by name within the film's cast, then by the name
alone where only one person bears it; a character's name is taken as known where it fits exactly one role of that actor
in that film. Whatever is unsure stays apart.
"""

from graph.resolve.characters import Attached, alike, attach, compatible
from graph.resolve.decisions import Doubt, Match
from graph.resolve.films import FoundFilm, find_film, may_be_of, titled
from graph.resolve.identify import Identified, identify, learn
from graph.resolve.known import Known, KnownFilm, name_key, rank, spellings, title_key
from graph.resolve.people import FoundPerson, find_person

__all__ = [
    "Attached",
    "Doubt",
    "FoundFilm",
    "FoundPerson",
    "Identified",
    "Known",
    "KnownFilm",
    "Match",
    "alike",
    "attach",
    "compatible",
    "find_film",
    "find_person",
    "identify",
    "learn",
    "may_be_of",
    "name_key",
    "rank",
    "spellings",
    "title_key",
    "titled",
]
