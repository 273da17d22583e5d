"""Sentences as rules see them: every name, description and title one symbol, the rest plain words.

A rule is a regular expression over such a coded sentence: "Dinah Crewe, as the widow Amory, hardly blinks" becomes
``N , as N , blinks`` where each ``N`` is one character that stands for one unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from graph.extract import lexicon
from graph.extract.rules import load, words
from graph.facts import Span

NAME, HUMAN, THING, TITLE, NARRATION = 0xE000, 0xE800, 0xEC00, 0xF000, 0xF400
"""First code point of the symbols of names, of descriptions with a human head, of other phrases, of titles, of words
that speak of narrating."""

ROLE = 0xF800
"""First code point of the symbols of "the title role" and the like."""

TITLE_ROLE = "title role"
"""The head of "the title role", "the eponymous hero" and the like, for which the film's title may give a name."""

_LIMIT = 0x400

_DEGREES = frozenset("very quite rather once still too most more much less ever-so now".split())
_OPENING = frozenset(
    "as by of with and & , ( is plays play played playing portrays portraying starring portrayed 's : - /".split()
)
"""Tokens after which a run of words before a name or human noun describes it, whatever the words look like."""

_NARRATION = frozenset(("narrated", "narrates", "narration", "narrating"))
_SELF = frozenset(("himself", "herself", "themselves"))
_SELF_AFTER = frozenset(("as", "play", "plays", "played", "playing"))

_VERBAL = ("s", "ed", "ing", "en")
"""Endings that a noun before a noun ("trumpet player") seldom has."""

_TOKEN = r"'s\b|s'(?=[ ])|\d[\d,.:/%-]*|--+|\.\.\.+|[^\W\d_][\w'&-]*|[^\w\s]"


@cache
def _compounds() -> re.Pattern[str]:
    """Human nouns of two words: "love interest", "hit man"."""
    return re.compile(load("words")["compounds"]["pattern"])


@cache
def _tokens(compounds: bool) -> re.Pattern[str]:
    return re.compile(f"{_compounds().pattern}|{_TOKEN}" if compounds else _TOKEN)


class Token(NamedTuple):
    """A word, a mark or a whole name; ``text`` is in small letters unless it is a name."""

    text: str
    start: int
    end: int
    kind: str
    """``word``, ``mark``, ``name`` or ``title``."""

    @property
    def span(self) -> Span:
        """Where the token stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Unit:
    """A name, description, thing or title in a sentence; ``span`` is its core, ``before`` the words put before a name."""

    symbol: str
    span: Span
    text: str
    kind: str  # name, human, thing, title
    before: tuple[str, ...] = ()
    before_start: int = 0
    head: str = ""
    plural: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded sentence and its units by symbol."""

    text: str
    span: Span
    units: dict[str, Unit] = field(default_factory=dict)


class Coder:
    """Turns the sentences of one readable text into coded sentences."""

    def __init__(self, text: str, names: Sequence[Span], titles: Sequence[Span]) -> None:
        self.text, self.names, self.titles = text, names, titles
        self._name = self._title = 0
        self._pattern = _tokens(_compounds().search(text) is not None)

    def code(self, sentence: Span) -> Coded:
        """The next sentence, coded; sentences must be given in order."""
        tokens = self._tokens(sentence)
        return _Chunker(self.text, tokens, sentence).run()

    def _tokens(self, sentence: Span) -> list[Token]:
        tokens: list[Token] = []
        place = sentence.start
        for span, kind in self._marked(sentence):
            if span.start < place:
                continue
            self._plain(place, span.start, tokens)
            tokens.append(Token(span.of(self.text), span.start, span.end, kind))
            place = span.end
        self._plain(place, sentence.end, tokens)
        return tokens

    def _marked(self, sentence: Span) -> list[tuple[Span, str]]:
        """The names and titles that lie in the sentence, in order; a title hides the names inside it."""
        titles, self._title = _within(self.titles, self._title, sentence)
        names, self._name = _within(self.names, self._name, sentence)
        free = [n for n in names if not any(t.start < n.end and n.start < t.end for t in titles)]
        return sorted([(t, "title") for t in titles] + [(n, "name") for n in free])

    def _plain(self, start: int, end: int, tokens: list[Token]) -> None:
        for match in self._pattern.finditer(self.text, start, end):
            word = match[0].lower()
            if "'" in word and len(word) > 2:
                tokens.extend(_words(word, match.start(), match.end()))
            else:
                kind = "word" if word[0].isalpha() else "mark"
                tokens.append(Token("'s" if word == "s'" else word, match.start(), match.end(), kind))


def _within(spans: Sequence[Span], index: int, sentence: Span) -> tuple[list[Span], int]:
    """The spans inside a sentence, looked for from ``index`` on, and the next index."""
    found = []
    while index < len(spans) and spans[index].start < sentence.end:
        if spans[index].start >= sentence.start and spans[index].end <= sentence.end:
            found.append(spans[index])
        index += 1
    return found, index


def _words(word: str, start: int, end: int) -> list[Token]:
    """A word with an apostrophe as tokens: short forms in full, the possessive apart."""
    if word in load("words")["short_forms"]:
        return [Token(part, start, end, "word") for part in load("words")["short_forms"][word].split()]
    if word.endswith("n't"):
        return [Token(word[:-3], start, end, "word"), Token("not", start, end, "word")]
    for ending, cut in (("'s", 2), ("s'", 1)):
        if word.endswith(ending):
            return [Token(word[:-cut], start, end - cut, "word"), Token("'s", end - cut, end, "mark")]
    return [Token(word, start, end, "word")]


class _Chunker:
    """Walks the tokens of one sentence once, from left to right, and gathers noun phrases."""

    def __init__(self, text: str, tokens: list[Token], sentence: Span) -> None:
        self.text, self.tokens, self.sentence = text, tokens, sentence
        self.out: list[str] = []
        self.units: dict[str, Unit] = {}
        self.counts = dict.fromkeys((NAME, HUMAN, THING, TITLE, NARRATION, ROLE), 0)

    def run(self) -> Coded:
        index = 0
        while index < len(self.tokens):
            index = self._step(index)
        return Coded(" ".join(self.out), self.sentence, self.units)

    def _step(self, index: int) -> int:
        """Code what begins at ``index``; the index after it."""
        token = self.tokens[index]
        if token.kind == "name":
            return self._name(index, index)
        if token.text == '"' or (token.text == "'" and self._beside_name(index)):
            return index + 1
        if token.kind == "title":
            self._emit(TITLE, token.span, token.text, "title")
            return index + 1
        if token.text == "'s" and index + 1 < len(self.tokens):
            self.out.append("'s")
            return self._owned(index + 1)
        if token.text in _NARRATION:
            self._emit(NARRATION, token.span, "the narrator", "human", head="narrator")
            return index + 1
        if token.text in _SELF and self.out and self.out[-1] in _SELF_AFTER:
            self._emit(HUMAN, token.span, token.text, "human", head=token.text)
            return index + 1
        if token.kind == "word":
            if self._is_title_role(index):
                return self._title_role(index)
            if token.text in words("words", "determiners") or token.text.isdigit():
                return self._phrase(index)
            if not lexicon.is_stop(token.text) and not lexicon.is_adverb(token.text):
                return self._bare(index)
            if lexicon.is_adverb(token.text) and token.text not in words("words", "negations"):
                return index + 1
        self.out.append(token.text)
        return index + 1

    def _is_title_role(self, index: int) -> bool:
        """Whether "the title role", "his titular hero" begins here, without a name after it."""
        if index + 1 >= len(self.tokens) or self.tokens[index + 1].text not in ("title", "titular", "eponymous"):
            return False
        ahead = [t.text for t in self.tokens[index : index + 4]] + ["", "", ""]
        return (
            ahead[0] in words("words", "determiners")
            and (ahead[2] in words("words", "special") or lexicon.is_human(ahead[2]))
            and ahead[3] not in ("of", "as")
            and not (index + 3 < len(self.tokens) and self.tokens[index + 3].kind == "name")
        )

    def _title_role(self, index: int) -> int:
        span = Span(self.tokens[index].start, self.tokens[index + 2].end)
        self._emit(ROLE, span, span.of(self.text), "human", head=TITLE_ROLE)
        return index + 3

    def _beside_name(self, index: int) -> bool:
        """Whether a single quotation mark touches a name; after a name in -s it is a possessive, and said so."""
        before, earlier = self.tokens[index - 1] if index else None, self.tokens[index - 2] if index > 1 else None
        if (
            before is not None
            and before.kind == "name"
            and before.text.endswith("s")
            and (earlier is None or earlier.text != "'")
        ):
            self.out.append("'s")
            return True
        near = [self.tokens[k] for k in (index - 1, index + 1) if 0 <= k < len(self.tokens)]
        span = self.tokens[index].span
        return self.tokens[index].text == "'" and any(
            t.kind == "name" and (t.end == span.start or span.end == t.start) for t in near
        )

    def _owned(self, index: int) -> int:
        """What follows a possessive: a phrase without a determiner."""
        if self.tokens[index].kind != "word" or lexicon.is_stop(self.tokens[index].text):
            return index
        end = self._run_end(index)
        if end < len(self.tokens) and self.tokens[end].kind == "name" and self._all_words(index - 1, end):
            return self._name(end, index)
        head = self._head([k for k in range(index, end) if self.tokens[k].kind != "mark"])
        return self._describe(index, index, end) if head is not None else index

    def _run_end(self, start: int) -> int:
        """The index after the run of words that can belong to one noun phrase."""
        index, count = start, len(self.tokens)
        while index < count:
            token = self.tokens[index]
            if token.kind == "word":
                if lexicon.is_stop(token.text) and not self._inner(index):
                    break
            elif not self._joins(index, start):
                break
            index += 1
        return index

    def _inner(self, index: int) -> bool:
        """Whether a small word stands inside a phrase: "a very young", "the silent star Norma"."""
        word, after = self.tokens[index].text, self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        before = self.tokens[index - 1] if index else None
        if word in ("and", "but", "yet", "if", "or") and before is not None and after is not None:
            both = all(
                t.kind == "word" and lexicon.is_adjective(t.text) and not lexicon.is_human(t.text)
                for t in (before, after)
            )
            return both and any(
                t.kind == "name" or lexicon.is_human(t.text) for t in self.tokens[index + 2 : index + 5]
            )
        if word in _DEGREES:
            return after is not None and after.kind == "word" and not lexicon.is_stop(after.text)
        if word not in lexicon.people() or before is None or before.kind != "word":
            return False
        led = before.text in words("words", "determiners") or lexicon.is_adjective(before.text)
        return led and (after is None or after.kind != "word" or lexicon.is_stop(after.text))

    def _joins(self, index: int, start: int) -> bool:
        """Whether a comma between adjectives, or a name used as an adjective, leaves the phrase open."""
        token, following = self.tokens[index], self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if following is None or following.kind != "word" or lexicon.is_stop(following.text):
            return False
        if token.kind == "name":
            return self._human_ahead(index + 1)
        if token.text == "," and index > start:
            previous = self.tokens[index - 1]
            plain = (
                previous.kind == "word" and lexicon.is_adjective(previous.text) and not lexicon.is_human(previous.text)
            )
            return plain and lexicon.is_adjective(following.text)
        return token.text in ("-", "/", "&") and self._adjacent(index)

    def _adjacent(self, index: int) -> bool:
        """Whether no blank stands around the mark."""
        token, before, after = self.tokens[index], self.tokens[index - 1], self.tokens[index + 1]
        return before.end == token.start and token.end == after.start

    def _human_ahead(self, index: int) -> bool:
        """Whether a human noun ends the run of words that begins here."""
        end = index
        while end < len(self.tokens) and self.tokens[end].kind == "word" and not lexicon.is_stop(self.tokens[end].text):
            end += 1
        run = [token.text for token in self.tokens[index:end]][:3]
        return bool(run) and any(lexicon.is_human(word) for word in run) and not run[0].endswith(("s", "ed", "ly"))

    def _phrase(self, index: int) -> int:
        """A phrase that begins with a determiner at ``index``."""
        following = self.tokens[index + 1].text if index + 1 < len(self.tokens) else ""
        if self.tokens[index].text in ("that", "this", "such", "no") and following in words("words", "determiners"):
            self._spell(self.tokens[index])
            return index + 1
        end = self._run_end(index + 1)
        while end < len(self.tokens) and end == index + 1 and self.tokens[end].text in words("words", "determiners"):
            index_next, end = index, self._run_end(end + 1)
            if end == index_next + 2:
                break
        if end < len(self.tokens) and self.tokens[end].kind == "name" and self._all_words(index, end):
            return self._name(end, index)
        return self._describe(index, index, end)

    def _all_words(self, index: int, end: int) -> bool:
        """Whether the words before a name can all describe it."""
        inner = [token.text for token in self.tokens[index + 1 : end] if token.kind == "word"]
        return not any(word in words("words", "thing_nouns") for word in inner[-1:])

    def _bare(self, index: int) -> int:
        """A run of words without a determiner: perhaps a description, perhaps what stands before a name."""
        end = index + 1
        while end < len(self.tokens) and self.tokens[end].kind == "word":
            if lexicon.is_stop(self.tokens[end].text):
                break
            end += 1
        named = end < len(self.tokens) and self.tokens[end].kind == "name"
        begin = end
        while begin > index and self._describes(begin - 1, end, named):
            begin -= 1
        if index < begin < end <= index + 3 and not any(t.text.endswith(_VERBAL) for t in self.tokens[index:begin]):
            begin = index
        last = self.tokens[end - 1].text
        if (
            begin > index
            and end <= index + 4
            and self.out
            and self.out[-1] in _OPENING
            and (named or lexicon.is_human(last))
        ):
            begin = index if self.out[-1] != "is" or lexicon.is_human(last) else begin
        if begin == index and begin < end:
            return self._name(end, begin) if named else self._describe(index, index, end)
        self._spell(self.tokens[index])
        return index + 1

    def _describes(self, index: int, end: int, named: bool) -> bool:
        """Whether a word without a determiner belongs to the name or human noun after it."""
        word = self.tokens[index].text
        last = index == end - 1
        if lexicon.is_human(word):
            return True
        if last and not named:
            return False
        return lexicon.is_adjective(word) and not word.endswith(("ed", "ing")) or "-" in word

    def _describe(self, index: int, first: int, end: int) -> int:
        """Emit the phrase of ``tokens[first:end]`` as a description or a thing, or spell its first word."""
        inner = [k for k in range(first, end) if self.tokens[k].kind != "mark" or self.tokens[k].text != ","]
        det = self.tokens[first].text in words("words", "determiners")
        body = [k for k in inner if not (det and k == first)]
        if not body:
            self._spell(self.tokens[index])
            return index + 1
        head = self._head(body)
        if head is None or self.tokens[head].text in words("words", "special"):
            return self._thing(first, body, end, det)
        span = Span(self.tokens[first].start, self.tokens[head].end)
        text = self.tokens[head].text
        many = lexicon.is_plural(text) or self.tokens[first].text in words("words", "plural_determiners").difference(
            ("some", "all", "these", "those")
        )
        self._emit(HUMAN, span, span.of(self.text).replace(",", ""), "human", head=text, plural=many)
        return head + 1

    def _head(self, body: list[int]) -> int | None:
        """The human noun that a phrase is about: the last one, unless a noun for a thing follows it."""
        for k in reversed(body):
            token = self.tokens[k]
            if token.kind == "word" and lexicon.is_human(token.text):
                if (
                    k > body[0]
                    and lexicon.is_plural(token.text)
                    and token.text.endswith("s")
                    and self._is_single(k - 1, body)
                ):
                    continue
                following = self.tokens[k + 1].text if k + 1 <= body[-1] else ""
                return (
                    None if following in words("words", "thing_nouns") or following in words("words", "special") else k
                )
        return None

    def _is_single(self, k: int, body: list[int]) -> bool:
        """Whether a human noun in the singular stands here, so that what follows is its verb: "her driver suspects"."""
        word = self.tokens[k].text
        led = body[0] > 0 and self.tokens[body[0] - 1].text not in words("words", "plural_determiners")
        return led and lexicon.is_human(word) and not lexicon.is_plural(word)

    def _thing(self, first: int, body: list[int], end: int, det: bool) -> int:
        """Emit a phrase whose head is no known human noun; words that rules speak of stay words."""
        texts = [self.tokens[k].text for k in body]
        if not det or any(text in words("words", "special") for text in texts):
            self._spell(self.tokens[first])
            return first + 1
        last = self._thing_end(body)
        span = Span(self.tokens[first].start, self.tokens[last].end)
        self._emit(THING, span, span.of(self.text), "thing", head=self.tokens[last].text, plural=False)
        return last + 1

    def _thing_end(self, body: list[int]) -> int:
        """The last word of a thing's phrase, without participles and verbs that trail it."""
        last = body[-1]
        for k in body[1:]:
            word = self.tokens[k].text
            if word.endswith(("ing", "ed")) and k == body[-1]:
                last = k - 1
        return last

    def _name(self, index: int, first: int) -> int:
        """Emit the name at ``index`` with the words before it from ``first`` on."""
        token = self.tokens[index]
        before = tuple(t.text for t in self.tokens[first:index])
        quoted = self.text[token.start - 1 : token.start] == '"' == self.text[token.end : token.end + 1]
        start = self.tokens[first].start
        self._emit(NAME, token.span, token.text, "name", before=before, before_start=start, quoted=quoted)
        return index + 1

    def _spell(self, token: Token) -> None:
        """Leave a token in the coded sentence as it is."""
        if token.kind == "name":
            self._emit(NAME, token.span, token.text, "name", before_start=token.start)
        elif token.kind == "title":
            self._emit(TITLE, token.span, token.text, "title")
        else:
            self.out.append(token.text)

    def _emit(
        self,
        base: int,
        span: Span,
        text: str,
        kind: str,
        before: tuple[str, ...] = (),
        before_start: int = -1,
        head: str = "",
        plural: bool = False,
        quoted: bool = False,
    ) -> None:
        number = self.counts[base]
        if number >= _LIMIT:
            return
        self.counts[base] += 1
        symbol = chr(base + number)
        self.units[symbol] = Unit(
            symbol, span, text, kind, before, span.start if before_start < 0 else before_start, head, plural, quoted
        )
        self.out.append(symbol)


def show(coded: Coded) -> str:
    """A coded sentence with its symbols spelt out, for people.

    >>> from graph.extract.names import find_names
    >>> text = "The night nurse (Odile Sant) meets the Penguin."
    >>> show(Coder(text, list(find_names(text)), []).code(Span(0, len(text))))
    '[The night nurse] ( <Odile Sant> ) meets the+<Penguin> .'
    """

    def spelt(character: str) -> str:
        unit = coded.units.get(character)
        if unit is None:
            return character
        if unit.kind == "name":
            return "".join(f"{' '.join(unit.before)}+" if unit.before else "") + f"<{unit.text}>"
        return {"human": "[%s]", "thing": "{%s}", "title": "_%s_"}[unit.kind] % unit.text

    return "".join(map(spelt, coded.text))
