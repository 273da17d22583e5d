"""Entity resolution: which film, which person and which character a source means.

Ids come first. A film is found by title, year and people; a person by name within the film's cast, then by the name
alone where only one person bears it; a character's name is taken as known where it fits exactly one role of that actor
in that film. Whatever is unsure stays apart.
"""

from graph.resolve.characters import compatible
from graph.resolve.identify import Identified, identify, learn
from graph.resolve.known import Known, KnownFilm, Match, name_key, spellings, title_key

__all__ = [
    "Identified",
    "Known",
    "KnownFilm",
    "Match",
    "compatible",
    "identify",
    "learn",
    "name_key",
    "spellings",
    "title_key",
]
