"""What speaks for and against a pair: named features with values between -1 and 1, for the scorer and for people."""

from __future__ import annotations

import re

from graph.extract import index as names_index
from graph.extract import names
from graph.extract.index import NameIndex
from graph.extract.pairs import HUMAN, NAMED, Pair
from graph.extract.lexicon import is_human
from graph.extract.relations import Match
from graph.extract.rules import words

Features = dict[str, float]


def features_of(pair: Pair, index: NameIndex) -> Features:
    """The features of one pair by itself; those of the whole document come later."""
    found: Features = {
        "bias": 1.0,
        f"rule {pair.match.rule.name}": 1.0,
        f"rule {pair.match.rule.name}, {pair.kind}": 1.0,
    }
    found[f"kind {pair.kind}"] = 1.0
    names_found = [*_actor(pair, index), *_role(pair, index), *_context(pair, index)]
    found |= dict.fromkeys(names_found, 1.0)
    return found


def _actor(pair: Pair, index: NameIndex) -> list[str]:
    """The performer's side."""
    unit, name = pair.actor_unit, pair.actor
    full = index.full(name)
    split, folded = names.parts(name), names.key(full)
    found = [f"actor words {min(len(split), 3)}"]
    found.append("actor in cast" if folded in index.cast else ("actor outside cast" if index.cast else "no cast"))
    if len(split) == 1:
        found.append("actor resolved" if full != names.tidy(name) else "actor alone")
        if names_index.is_given(split[0]):
            found.append("actor given alone")
    elif names_index.begins_given(name):
        found.append("actor begins given")
    if folded in names_index.famous():
        found.append("actor famous given")
    elif len(split) == 1 and split[0] in names_index.famous_surnames():
        found.append("actor famous surname given")
    if not names_index.could_be_performer(full):
        found.append("actor no performer")
    if names_index.has_title(name):
        found.append("actor titled")
    if folded in index.titles or names.key(name) in index.titles:
        found.append("actor is a film")
    if folded in index.characters:
        found.append("actor a character")
    if folded in index.crew:
        found.append("actor in crew")
    if unit.quoted:
        found.append("actor quoted")
    if _is_word(name):
        found.append("actor a word")
    if name.isupper() and len(name) <= 4:
        found.append("actor capitals")
    found += _before(unit.before, "actor")
    found.append(f"actor after {_token_before(pair, unit.symbol)}")
    if index.counts[folded] > 1:
        found.append("actor repeated")
    return found


def _before(before: tuple[str, ...], side: str) -> list[str]:
    """What the words before a name tell."""
    if not before:
        return []
    found = []
    if before == ("the",):
        found.append(f"{side} the")
    if any(word in words("words", "performer_words") for word in before):
        found.append(f"{side} praised")
    if before[-1] in words("nouns", "kin") or before[0] in ("his", "her", "their"):
        found.append(f"{side} kin")
    found.append(f"{side} described")
    return found


_KEPT = frozenset(
    "in at from of on to than like by with and as for is was or but the directed ( , : . - 's unlike about see".split()
)


def _token_before(pair: Pair, symbol: str) -> str:
    """The token before a unit, if it is one that tells."""
    text = (pair.antecedent or pair.match.coded).text
    place = text.find(symbol)
    token = text[:place].rstrip().rpartition(" ")[2] if place > 0 else ""
    return "start" if place == 0 else token if token in _KEPT else "unit" if token in pair.match.coded.units else "word"


def _previous(pair: Pair, symbol: str) -> str:
    """The very token before a unit."""
    text = pair.match.coded.text
    return text[: max(0, text.find(symbol))].rstrip().rpartition(" ")[2]


def _is_word(name: str) -> bool:
    """Whether a single name is a common noun or adjective as well: Mouse, Tiny."""
    word = name.lower()
    return (
        " " not in word and not names_index.is_given(word) and (is_human(word) or word in words("words", "adjectives"))
    )


def _token_after(pair: Pair, symbol: str) -> str:
    text = pair.match.coded.text
    place = text.find(symbol)
    token = text[place + 2 : place + 40].partition(" ")[0]
    return (
        token
        if token in _KEPT or token in (")", ";")
        else "unit"
        if token in pair.match.coded.units
        else "end"
        if not token
        else "word"
    )


def _role(pair: Pair, index: NameIndex) -> list[str]:
    """The role's side."""
    found = _named(pair, index) if pair.kind == NAMED else _described(pair)
    return found + _after_role(pair, index)


def _after_role(pair: Pair, index: NameIndex) -> list[str]:
    """Whether the role is said to be in another film, or followed by what tells a clause."""
    text, units = pair.match.coded.text, pair.match.coded.units
    ahead = text[text.find(pair.role_unit.symbol) + 2 :][:40].split(" ")
    found = [f"role before {_token_after(pair, pair.role_unit.symbol)}"]
    if len(ahead) > 1 and ahead[0] in ("in", "from", "on", "for") and ahead[1] in units:
        unit = units[ahead[1]]
        own = names.key(unit.text) == index.title
        if unit.kind in ("name", "title"):
            found.append("role in this film" if own else "role in another film")
    return found


def _named(pair: Pair, index: NameIndex) -> list[str]:
    unit, folded = pair.role_unit, names.key(pair.role)
    split = names.parts(pair.role)
    found = [f"role words {min(len(split), 3)}", f"role after {_token_before(pair, unit.symbol)}"]
    if names.key(index.full(pair.role)) in index.cast or folded in index.cast:
        found.append("role in cast")
    if folded in names_index.famous():
        found.append("role famous given")
    if folded in index.characters:
        found.append("role a character")
    if folded in index.crew or names.key(index.full(pair.role)) in index.crew:
        found.append("role in crew")
    if names_index.has_title(pair.role):
        found.append("role titled")
    if folded in index.titles:
        found.append("role is a film")
    if unit.quoted:
        found.append("role quoted")
    if _is_word(pair.role):
        found.append("role a word")
    if folded in words("words", "jobs") or folded in (
        "actor",
        "actress",
        "best actor",
        "best actress",
        "cinematography",
        "photography",
        "direction",
    ):
        found.append("role a job")
    if _previous(pair, unit.symbol) == "best" or unit.before[:1] == ("best",):
        found.append("role after best")
    if names_index.is_given(split[0] if split else ""):
        found.append("role given alone" if len(split) == 1 else "role begins given")
    if any(word in words("words", "not_person") for word in folded.split()):
        found.append("role no person")
    if set(split) & set(names.parts(pair.actor)):
        found.append("role like actor")
    if index.counts[folded] > 1:
        found.append("role repeated")
    if pair.description is not None:
        found.append(f"role with {pair.description.kind}")
    if pair.owner is not None:
        found.append("role owned")
    if pair.match.rule.name == "possessive" and (set(unit.before) & words("nouns", "kin") or _kin_before(pair)):
        found.append("possessive kin")
    if unit.before[:1] == ("no",):
        found.append("role no")
    if pair.role.isupper() and len(pair.role) > 4:
        found.append("role capitals")
    return found + _before(unit.before, "role")


def _kin_before(pair: Pair) -> bool:
    return pair.description is not None and pair.description.head in words("nouns", "kin")


def _described(pair: Pair) -> list[str]:
    unit = pair.role_unit
    split = pair.role.lower().split()
    first = split[0] if split else ""
    kind = {
        "a": "a",
        "an": "a",
        "the": "the",
        "his": "his",
        "her": "his",
        "their": "his",
        "its": "its",
        "this": "this",
        "that": "this",
    }.get(first, "two" if first in words("words", "plural_determiners") else "none")
    found = [f"description {kind}", f"description words {min(len(split), 5)}", f"description {pair.kind} {kind}"]
    if pair.owner is not None:
        found.append("description owned")
    if unit.head in words("nouns", "vague"):
        found.append("description vague")
    if unit.head in words("words", "jobs") or unit.head in (
        "director",
        "writer",
        "actor",
        "actress",
        "critic",
        "filmmaker",
        "star",
        "performer",
        "comedian",
        "screenwriter",
        "producer",
        "fan",
        "viewer",
        "composer",
    ):
        found.append("description of film work")
    if unit.plural and not pair.shared:
        found.append("description plural alone")
    if unit.plural and pair.shared:
        found.append("description plural shared")
    if unit.head in words("nouns", "kin"):
        found.append("possessive kin" if pair.match.rule.name == "possessive" else "description kin")
    if first == "no":
        found.append("role no")
    found.append(f"description after {_token_before(pair, unit.symbol)}")
    if pair.owner is None and _named_before(pair):
        found.append("description after a name")
    return found


def _named_before(pair: Pair) -> bool:
    """Whether the description stands in apposition to a name: "Jo, a former star"."""
    text = pair.match.coded.text
    ahead = text[: text.find(pair.role_unit.symbol)].split()[-3:]
    return "," in ahead and any(u in pair.match.coded.units and pair.match.coded.units[u].kind == "name" for u in ahead)


_YEAR = re.compile(r"\b(?:18|19|20)\d\d\b")


def _context(pair: Pair, index: NameIndex) -> list[str]:
    """The words between and around the two."""
    match = pair.match
    between = match.gap.split()
    text = match.coded.text
    ahead = text[: match.start].split()[-8:]
    found = [f"gap {min(len(between), 12) // 2}"]
    found += [f"gap {word}" for word in between if word in _TELLING]
    if match.rule.name in ("bracket", "bracket, actor first") and pair.kind == NAMED:
        found += _sides(pair, index)
    if any(word in words("words", "acting") for word in between):
        found.append("gap acting")
    elif match.rule.form in ("as", "role", "perf"):
        found.append("gap not acting")
    everything = [*ahead, *between]
    for kind in ("negations", "unreal", "other_production", "comparison", "jobs"):
        if any(word in words("words", kind) for word in everything):
            found.append(f"near {kind}")
        if any(word in words("words", kind) for word in between):
            found.append(f"between {kind}")
    if ahead and ahead[-1] in words("words", "comparison"):
        found.append("after comparison")
    if any(word in words("words", "jobs") for word in ahead[-3:]):
        found.append("after job")
    if between[-2:-1] == ["as"] or ("as" in between[:-1] and pair.match.rule.form == "as"):
        found.append("as … as")
    if "," in between:
        found.append("gap comma")
    if _YEAR.search(match.after or "") or _YEAR.search(match.gap):
        found.append("year inside")
    if match.after.strip():
        first = match.after.split()[0]
        found.append(f"bracket after {first if first in _KEPT else 'unit' if first in match.coded.units else 'word'}")
    inside = match.after.split()
    if len(pair.match.roles) == 1 and any(
        word in match.coded.units and match.coded.units[word].kind == "name" for word in inside
    ):
        found.append("bracket list" if "," in inside else "bracket second name")
    if match.veto:
        found.append(f"veto {match.veto}")
    if any(_the_name(match, word) for word in inside) or (
        pair.match.rule.form == "par" and pair.actor_unit.before == ("the",)
    ):
        found.append("bracket with a film")
    if match.rule.form in ("par", "rpar"):
        opened = re.split(r"[(\[{]", text[match.start : match.end])[-1].split()
        found += [f"bracket with {word}" for word in opened if word in _BRACKET_WORDS]
    if any(
        word
        in (
            "best",
            "better",
            "known",
            "previously",
            "also",
            "award",
            "oscar",
            "nominated",
            "remembered",
            "recently",
            "last",
        )
        for word in everything
    ):
        found.append("near known for")
    if pair.uneven:
        found.append("uneven")
    if pair.shared:
        found.append("shared")
    if pair.antecedent is not None:
        found.append("pronoun far" if pair.antecedent is not match.coded else "pronoun near")
    found += _sentence(pair, index)
    return found


def _sides(pair: Pair, index: NameIndex) -> list[str]:
    """The two names of a bracket compared: which is longer, which looks more like a performer's."""
    rule = pair.match.rule.name
    long, short = len(names.parts(pair.actor)), len(names.parts(pair.role))
    found = [f"{rule}: words {min(long, 3)} to {min(short, 3)}"]
    performer, character = (_shape(name, index) for name in (pair.actor, pair.role))
    if performer != character:
        found.append(f"{rule}: {performer} given to {character}")
    return found


def _shape(name: str, index: NameIndex) -> str:
    """What a name looks like by itself."""
    folded = names.key(index.full(name))
    if folded in index.cast or folded in names_index.famous():
        return "known"
    if names_index.has_title(name) or _is_word(name):
        return "character"
    return "person" if names_index.begins_given(name) and len(names.parts(name)) > 1 else "name"


_VERBS = frozenset("is was are were has had have will would does did can could".split())


def _sentence(pair: Pair, index: NameIndex) -> list[str]:
    """What the rest of the sentence tells: other films, years, a verb after the role."""
    match = pair.match
    text, units = match.coded.text, match.coded.units
    found = []
    titles = [s for s, u in units.items() if u.kind == "title" and names.key(u.text) != index.title]
    if any(text.find(s) < match.start for s in titles):
        found.append("title before")
    if any(text.find(s) > match.end for s in titles):
        found.append("title after")
    if _YEAR.search(text):
        found.append("year in sentence")
    place = text.find(pair.role_unit.symbol)
    after = text[place + 2 : place + 30].partition(" ")[0]
    if after in _VERBS or (after.isalpha() and len(after) > 3 and after.endswith(("s", "ed"))):
        found.append(f"verb after role, {match.rule.form}")
    if (
        any(form in text[match.start : match.end] for form in (" played ", " portrayed "))
        and match.rule.form == "plays"
    ):
        found.append("past play")
    return found


def _the_name(match: Match, word: str) -> bool:
    """Whether a token is a name after "the", as films have in a list."""
    unit = match.coded.units.get(word)
    return unit is not None and unit.kind in ("name", "title") and unit.before[:1] in (("the",), ("a",), ("an",))


_BRACKET_WORDS = frozenset(
    "played by voiced voice as newcomer again directed director written producer original from of is was in".split()
)
_TELLING = frozenset(
    "as well such same to in of by with for like not it and that than who when role part character good much far is was such known himself herself movie film version".split()
)
__all__ = ["HUMAN", "Features", "features_of"]
