"""What single words are: small words that end a phrase, human nouns, adjectives, fillers; all from ``rules/*.toml``."""

from __future__ import annotations

from functools import cache, lru_cache

from graph.extract.rules import words


@cache
def people() -> frozenset[str]:
    """Nouns for whom a performer can play, in the singular."""
    return words("nouns", "kin") | words("nouns", "person") | words("nouns", "work")


@lru_cache(maxsize=32768)
def singular(word: str) -> str:
    """The singular of a human noun, by its ending."""
    irregular = {
        "men": "man",
        "women": "woman",
        "children": "child",
        "wives": "wife",
        "thieves": "thief",
        "wolves": "wolf",
        "mice": "mouse",
        "elves": "elf",
        "dwarves": "dwarf",
        "people": "person",
    }
    if word in irregular:
        return irregular[word]
    for plural, single in (("men", "man"), ("women", "woman"), ("wives", "wife")):
        if word.endswith(plural) and len(word) > len(plural) + 2:
            return word[: -len(plural)] + single
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@lru_cache(maxsize=32768)
def is_human(word: str) -> bool:
    """Whether a small-letter noun, singular or plural, names someone who can be played.

    >>> is_human("locksmiths"), is_human("debt"), is_human("summer"), is_human("wig-stealer"), is_human("page-turner")
    (True, False, False, True, False)
    """
    word = word.replace(" ", "-")
    nouns, single = people(), singular(word)
    last = single.rpartition("-")[2]
    if word in nouns or single in nouns or last in nouns:
        return True
    if word in words("nouns", "things") or single in words("nouns", "things") or last in words("nouns", "things"):
        return False
    if (
        single in words("words", "stops")
        or is_adverb(word)
        or (len(last) < 6 and last not in words("nouns", "trades"))
        or last.endswith("ness")
    ):
        return False
    return last.endswith(tuple(words("nouns", "endings"))) and not is_adjective(last)


@lru_cache(maxsize=32768)
def is_plural(word: str) -> bool:
    """Whether a human noun stands in the plural."""
    return singular(word) != word


@lru_cache(maxsize=32768)
def is_adjective(word: str) -> bool:
    """Whether a word can stand before a noun and say how it is."""
    if word in words("words", "adjectives") or word.isdigit():
        return True
    if "-" in word and not word.endswith("s"):
        return True
    return len(word) > 4 and word.endswith(tuple(words("words", "adjective_endings"))) and word not in people()


@lru_cache(maxsize=32768)
def is_adverb(word: str) -> bool:
    """Whether a word can be left out without changing who plays whom."""
    if word in words("words", "keepers"):
        return False
    return word in words("words", "fillers") or (word.endswith("ly") and len(word) > 4)


@lru_cache(maxsize=32768)
def is_stop(word: str) -> bool:
    """Whether no noun phrase runs past the word."""
    return word in words("words", "stops")


@cache
def several() -> frozenset[str]:
    """Determiners before which a noun names several."""
    return words("words", "plural_determiners").difference(("some", "all", "these", "those"))
