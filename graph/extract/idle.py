"""Words of a coded sentence that only stand between: "as usual", "one of" before several who are one, "a sort of"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph.extract.units import Unit

_IDLE = re.compile(r"(?:(?<=^)|(?<= ))(?:, )?as (?:usual|always|ever|expected)(?: ,)? |\( as (?:usual|expected) \) ")
_ONE_OF = re.compile(
    r"\b((?:as|plays?|played|playing|portrays|is|was) )(?:one|two|three|some) of "
    r"(?=(?:[\ue000-\ue7ff] 's )?[\ue800-\uebff])"
)


_SORT_OF = re.compile(r"([\uec00-\uefff]) of (?=[\ue800-\uebff])")
_OF_ALL = re.compile(r", of ([\ue800-\uebff]) , ")
_SORTS = frozenset(("sort", "kind", "type"))


def plain(coded: str, units: Mapping[str, Unit]) -> str:
    """The coded sentence without its idle words."""
    coded = _IDLE.sub("", coded) if " as " in coded else coded
    if " of " not in coded:
        return coded
    coded = _OF_ALL.sub(lambda found: "" if units[found[1]].text == "all people" else found[0], coded)
    coded = _SORT_OF.sub(lambda found: "" if units[found[1]].head in _SORTS else found[0], coded)
    return _ONE_OF.sub(r"\1", coded)
