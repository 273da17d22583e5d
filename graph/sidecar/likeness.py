"""How alike two names are: typing errors, articles, words swapped or left out, initials, letters written otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import OSA

ARTICLES = frozenset(("the", "a", "an", "le", "la", "les", "l", "un", "une", "el", "los", "las", "il", "lo", "gli", "i",
    "o", "os", "as", "der", "die", "das", "den", "det", "de", "het", "een", "ein", "eine", "en", "et"))  # fmt: skip
"""Articles at the beginning or the end of a title, in the languages that use the Latin script most."""
NUMERALS = {"ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10"}
PAIRS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))
"""Two letters for one with a mark: Mueller for Müller, Aase for Åse. A folded name has the one without its mark."""
ARTICLE, ORDER, JOINED, MARKS, INITIAL = 0.98, 0.97, 0.98, 0.98, 0.02
"""What is left where the article, the order, the blanks or the marks differ, and what each initial costs."""
SHORTENED = 0.06
"""What it costs more where the name has the initial, not what was asked."""
LEFT_OUT, LAST, TURNED = 0.45, 0.08, 0.05
"""What it costs where words are left out, by their part of the name; where the last is among them; and their order."""
SAME_WORD = 0.75
"""From this likeness on, two words may be one, mistyped."""


def likeness(asked: str, name: str) -> float:
    """How likely one name, as asked, stands for another, 0 to 1; both are folded. Letters count, not what is rare.

    >>> likeness("matrix the", "the matrix"), likeness("hanks tom", "tom hanks"), likeness("mueller", "muller")
    (0.98, 0.97, 0.98)
    >>> likeness("s l jackson", "samuel l jackson") > likeness("s l jackson", "samuel jackson") > 0.9
    True
    """
    if asked == name:
        return 1.0
    one, other = bare(asked), bare(name)
    if one == other:
        return ARTICLE
    whole = _letters(asked, name) if asked[1:2] == " " else 0.0  # an initial may look like an article
    return max(whole, _letters(one, other), MARKS * _letters(without_marks(one), without_marks(other)))


def bare(folded: str) -> str:
    """A name without its article and its "and", its last number in figures.

    >>> bare("the godfather part ii"), bare("matrix the"), bare("the a")
    ('godfather part 2', 'matrix', 'a')
    """
    words = without_article(folded).split()
    if len(words) > 1:
        words[-1] = NUMERALS.get(words[-1], words[-1])
    return " ".join([word for word in words if word != "and"] or words)


def without_article(folded: str) -> str:
    """A name without the article at its beginning, or at its end behind a comma that is no longer there."""
    words = folded.split()
    if len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    elif len(words) > 1 and words[-1] in ARTICLES and len(words[-1]) > 1:
        words = words[:-1]
    return " ".join(words)


def without_marks(folded: str) -> str:
    """A name in which two letters that stand for one with a mark are that one.

    >>> without_marks("joergen mueller")
    'jorgen muller'
    """
    for two, one in PAIRS:
        folded = folded.replace(two, one)
    return folded


def _letters(one: str, other: str) -> float:
    words, others = one.split(), other.split()
    best = float(OSA.normalized_similarity(one, other))
    if len(words) > 1 and len(others) > 1:
        best = max(best, ORDER * OSA.normalized_similarity(" ".join(sorted(words)), " ".join(sorted(others))))
    if len(words) != len(others):
        best = max(best, JOINED * OSA.normalized_similarity("".join(words), "".join(others)))
    if len(words) != len(others) or len(min(*words, *others, "  ", key=len)) == 1:
        best = max(best, _word_by_word(words, others))
    return best


def _word_by_word(asked: Sequence[str], name: Sequence[str]) -> float:
    """How alike names are in which words are initials or left out; 0 where a word of the shorter fits none."""
    fewer, more = sorted((asked, name), key=len)
    size, loss = sum(map(len, more)), 0.0
    taken: dict[int, int] = {}
    for at in sorted(range(len(fewer)), key=lambda at: -len(fewer[at])):
        free = (place for place in range(len(more)) if place not in taken.values())
        cost, place = min(((_cost(fewer[at], more[place], size), place) for place in free), default=(1.0, 0))
        cost += SHORTENED * (
            len(more[place] if more is name else fewer[at]) == 1 < max(len(fewer[at]), len(more[place]))
        )
        if cost >= 1:
            return 0.0
        loss, taken[at] = loss + cost, place
    if max(min(len(fewer[at]), len(more[place])) for at, place in taken.items()) == 1:
        return 0.0
    places = [taken[at] for at in sorted(taken)]
    left = [word for place, word in enumerate(more) if place not in places]
    loss += LEFT_OUT * sum(map(len, left)) / size + TURNED * (places != sorted(places))
    pairs = [(fewer[at], more[place])[:: 1 if fewer is asked else -1] for at, place in taken.items()]
    loss += SHORTENED * sum(len(word) > len(other) == 1 for word, other in pairs)
    return max(0.0, 0.98 - loss - LAST * (len(more) - 1 not in places))


def _cost(word: str, other: str, size: int) -> float:
    """What it costs to take one word for another, 1 where it cannot be."""
    if word == other:
        return 0.0
    if 1 in (len(word), len(other)):
        return INITIAL if word[0] == other[0] else 1.0
    alike = OSA.normalized_similarity(word, other)
    return float((1 - alike) * len(other) / size) if alike >= SAME_WORD else 1.0
