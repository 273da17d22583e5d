"""Codes a sentence: gathers its noun phrases from left to right and puts one symbol for each; see ``units``."""

from __future__ import annotations

from collections.abc import Sequence

from graph.extract import lexicon
from graph.extract.adverbs import left_out
from graph.extract.coded_before import is_performers, is_verb, left_out_noun
from graph.extract.idle import plain
from graph.extract.rules import words
from graph.extract.runs import Runs
from graph.extract.symbols import Symbols
from graph.extract.tokens import Token, Tokenizer, Tokens
from graph.extract.units import HUMAN, NAME, NARRATION, ROLE, THING, TITLE, TITLE_ROLE, Coded
from graph.extract.ways import BARE, DETERMINED, LEFT_OUT, NARRATING, PREDICATES, SELF, SPELT
from graph.facts import Span

_LIMIT = 0x100

_SELF_AFTER = frozenset(("as", "play", "plays", "played", "playing"))

_VERBAL = ("s", "ed", "ing", "en")
"""Endings that a noun before a noun ("trumpet player") seldom has."""


class Coder:
    """Turns the sentences of one readable text into coded sentences.

    >>> from graph.extract.names import find_names
    >>> from graph.extract.units import show
    >>> text = "The night nurse (Odile Sant) meets the Penguin."
    >>> show(Coder(text, list(find_names(text)), []).code(Span(0, len(text))))
    '[The night nurse] ( <Odile Sant> ) meets the+<Penguin> .'
    """

    def __init__(self, text: str, names: Sequence[Span], titles: Sequence[Span]) -> None:
        self.text = text
        self._tokenizer = Tokenizer(text, names, titles)

    def code(self, sentence: Span) -> Coded:
        """The next sentence, coded; sentences must be given in order."""
        return _Chunker(self.text, self._tokenizer.split(sentence), sentence).run()


class _Chunker(Symbols):
    """Walks the tokens of one sentence once, from left to right, and gathers noun phrases."""

    def __init__(self, text: str, tokens: Tokens, sentence: Span) -> None:
        self.text, self.tokens, self.sentence = text, tokens.each, sentence
        self.runs = Runs(tokens)
        self.place = self.runs.place
        super().__init__()

    def run(self) -> Coded:
        index, tokens, out = 0, self.tokens, self.out
        count = len(tokens)
        while index < count:
            token = tokens[index]
            way = token.way
            if way == SPELT:
                out.append(token.text)
                index += 1
            elif way == BARE:
                index = self._bare(index)
            elif way == LEFT_OUT:
                index = left_out(tokens, index, out, self.units)
            elif way == DETERMINED:
                index = self._word(index)
            else:
                index = self._step(index)
        return Coded(plain(" ".join(out), self.units), self.sentence, self.units)

    def _step(self, index: int) -> int:
        """Code what begins at ``index``; the index after it."""
        token = self.tokens[index]
        if token.kind == "name":
            return self._name(index, index)
        if token.text == '"' or (token.text == "'" and (self._beside_name(index) or self._quotes_word(index))):
            return index + 1
        if token.kind == "title":
            self.emit(TITLE, Span(*self.place(index)), token.text, "title")
            if token.text.endswith((",", ";")):
                self.out.append(token.text[-1])
            return index + 1
        if token.text == "'s" and index + 1 < len(self.tokens):
            self.out.append("is" if self.tokens[index + 1].text in PREDICATES else "'s")
            return self._owned(index + 1)
        if (special := self._special(token)) is not None:
            base, text, head = special
            self.emit(base, Span(*self.place(index)), text, "human", head=head)
            return index + 1
        if token.kind == "word":
            return self._word(index)
        self.out.append(token.text)
        return index + 1

    def _special(self, token: Token) -> tuple[int, str, str] | None:
        """Base, text and head of a word that is a role by itself: of narrating, or "himself"."""
        if token.text in NARRATING:
            return NARRATION, "the narrator", "narrator"
        if token.text in SELF and self.out and self.out[-1] in _SELF_AFTER:
            return HUMAN, token.text, token.text
        return None

    def _word(self, index: int) -> int:
        """Code the word at ``index``, where its way is to be looked at closely."""
        token = self.tokens[index]
        if self.runs.is_title_role(index):
            return self._title_role(index)
        if token.text == "whose" and index + 1 < len(self.tokens):
            self.out.append(token.text)
            return self._owned(index + 1)
        if token.text in words("words", "determiners"):
            return self._phrase(index)
        if not token.stops and not lexicon.is_adverb(token.text):
            return self._bare(index)
        if not lexicon.is_adverb(token.text) or token.text in words("words", "negations"):
            self.out.append(token.text)
        return index + 1

    def _title_role(self, index: int) -> int:
        span = self._from(index, index + 2)
        self.emit(ROLE, span, span.of(self.text), "human", head=TITLE_ROLE)
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
        start, end = self.place(index)
        near = [k for k in (index - 1, index + 1) if 0 <= k < len(self.tokens) and self.tokens[k].kind == "name"]
        return self.tokens[index].text == "'" and any(
            self.place(k)[1] == start or end == self.place(k)[0] for k in near
        )

    def _quotes_word(self, index: int) -> bool:
        """Whether a single quotation mark opens or closes one word: "the 'lovable' Fay"."""
        near = self.tokens[max(0, index - 2) : index + 3]
        return sum(token.text == "'" for token in near) > 1

    def _from(self, first: int, last: int) -> Span:
        """From the beginning of one token to the end of another."""
        return Span(self.place(first)[0], self.place(last)[1])

    def _owned(self, index: int) -> int:
        """What follows a possessive: a phrase without a determiner."""
        if self.tokens[index].kind != "word" or self.tokens[index].stops:
            return index
        end = self.runs.run_end(index)
        if end < len(self.tokens) and self.tokens[end].kind == "name" and self.runs.all_words(index - 1, end):
            return self._name(end, index)
        body = [k for k in range(index, end) if self.tokens[k].kind != "mark"]
        described = self.runs.head(body) is not None or self.runs.stands_in(body, end) is not None
        return self._describe(index, index, end) if described else index

    def _phrase(self, index: int) -> int:
        """A phrase that begins with a determiner at ``index``."""
        following = self.tokens[index + 1].text if index + 1 < len(self.tokens) else ""
        word = self.tokens[index].text
        apart = word in ("that", "this", "such", "no", "her") and following in words("words", "determiners")
        if apart or (word == "her" and self.runs.is_object(index)):
            self._spell(index)
            return index + 1
        end = self.runs.run_end(index + 1)
        while end < len(self.tokens) and end == index + 1 and self.tokens[end].text in words("words", "determiners"):
            index_next, end = index, self.runs.run_end(end + 1)
            if end == index_next + 2:
                break
        at = self.runs.name_at(end)
        if at >= 0 and self.runs.all_words(index, end):
            border = self.runs.told_apart(index, end, self.out[-1] if self.out else "") if at == end else None
            return self._name(at, index) if border is None else self._described_apart(index, border, end)
        if self.runs.is_byname(index, end):
            return end
        return self._describe(index, index, end)

    def _described_apart(self, index: int, border: int, end: int) -> int:
        """A description, and the name after it apart: "the woman Fay meets" is meant as "the woman whom Fay meets"."""
        after = self._describe(index, index, border)
        self.out += ["whom"] if border == end else []
        return after

    def _bare(self, index: int) -> int:
        """A run of words without a determiner: perhaps a description, perhaps what stands before a name."""
        tokens, count = self.tokens, len(self.tokens)
        if self.out and is_verb(self.tokens, index, self.units.get(self.out[-1])):
            self.out.append(tokens[index].text)
            return index + 1
        end = index + 1
        while end < count and tokens[end].kind == "word" and not tokens[end].stops:
            end += 1
        named = end < count and tokens[end].kind == "name"
        begin = end
        while begin > index and self.runs.describes(begin - 1, end, named):
            begin -= 1
        if index < begin < end <= index + 3 and not any(t.text.endswith(_VERBAL) for t in self.tokens[index:begin]):
            begin = index
        last = self.tokens[end - 1].text
        if (
            begin > index
            and end <= index + 4
            and self.out
            and self.out[-1] in words("words", "describing_after")
            and ((named and not self.runs.is_verb(index)) or lexicon.is_human(last))
        ):
            begin = index if self.out[-1] != "is" or lexicon.is_human(last) else begin
        if begin == index and begin < end:
            return self._name(end, begin) if named else self._describe(index, index, end)
        self.out.append(tokens[index].text)
        return index + 1

    def _describe(self, index: int, first: int, end: int) -> int:
        """Emit the phrase of ``tokens[first:end]`` as a description or a thing, or spell its first word."""
        det = self.tokens[first].text in words("words", "determiners")
        body = [k for k in range(first + 1 if det else first, end) if self.tokens[k].text != ","]
        if not body:
            self._spell(index)
            return index + 1
        if (last := self.runs.stands_in(body, end)) is not None and (noun := left_out_noun(self.out, self.units)):
            shown = self._from(first, last).of(self.text).removesuffix(" one")
            self.emit(HUMAN, self._from(first, last), f"{shown} {noun}", "human", head=noun)
            return last + 1
        head = self.runs.head(body)
        if head is None or self.tokens[head].text in words("words", "special"):
            return self._thing(first, body, det)
        span = self._from(first, head)
        text = self.tokens[head].text
        many = lexicon.is_plural(text) or self.tokens[first].text in lexicon.several()
        self.emit(HUMAN, span, span.of(self.text).replace(",", "").replace('"', ""), "human", head=text, plural=many)
        return head + 1

    def _thing(self, first: int, body: list[int], det: bool) -> int:
        """Emit a phrase whose head is no known human noun; words that rules speak of stay words."""
        texts = [self.tokens[k].text for k in body]
        if not det or not words("words", "special").isdisjoint(texts):
            self._spell(first)
            return first + 1
        last = self.runs.thing_end(body)
        span = self._from(first, last)
        self.emit(THING, span, span.of(self.text), "thing", head=self.tokens[last].text, plural=False)
        return last + 1

    def _name(self, index: int, first: int) -> int:
        """Emit the name at ``index`` with the words before it from ``first`` on."""
        token = self.tokens[index]
        before = tuple(t.text for t in self.tokens[first:index])
        span, start = Span(*self.place(index)), self.place(first)[0]
        quoted = self.text[span.start - 1 : span.start] == '"' == self.text[span.end : span.end + 2].lstrip(",.!")[:1]
        if self.runs.is_led_by_name(first, index) and self.out and self.out[-1] in self.units:
            led = self.units.pop(self.out.pop())
            before, start = (*led.before, led.text.lower(), *before), led.before_start
        if before[:1] in (("his",), ("her",)) and is_performers(before, self.out, self.units):
            self.out.append(before[0])
        self.emit(NAME, span, token.text, "name", before=before, before_start=start, quoted=quoted)
        return index + 1

    def _spell(self, index: int) -> None:
        """Leave a token in the coded sentence as it is."""
        token, span = self.tokens[index], Span(*self.place(index))
        if token.kind == "name":
            self.emit(NAME, span, token.text, "name", before_start=span.start)
        elif token.kind == "title":
            self.emit(TITLE, span, token.text, "title")
        else:
            self.out.append(token.text)
