"""Questions about a run of tokens: where a noun phrase ends, what its head is, which words can belong to it."""

from __future__ import annotations

from graph.extract import lexicon
from graph.extract.rules import words
from graph.extract.tokens import Token, Tokens

_AFTER_BYNAME = frozenset((",", "(", ")", "is", "was", "voiced", "played", "and"))


class Runs:
    """The tokens of one sentence, to be asked about."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens, self.place = tokens.each, tokens.places.__getitem__

    def is_title_role(self, index: int) -> bool:
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

    def run_end(self, start: int) -> int:
        """The index after the run of words that can belong to one noun phrase."""
        index, tokens = start, self.tokens
        count = len(tokens)
        while index < count:
            token = tokens[index]
            if token.kind == "word":
                if token.stops and not self.inner(index):
                    break
            elif not self.joins(index, start):
                break
            index += 1
        return index

    def inner(self, index: int) -> bool:
        """Whether a small word stands inside a phrase: "a very young", "the silent star Norma"."""
        word, after = self.tokens[index].text, self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        before = self.tokens[index - 1] if index else None
        if word in ("and", "but", "yet", "if", "or") and before is not None and after is not None:
            before, ahead = self._around(index)
            both = ahead < len(self.tokens) and self.both_describe(before, self.tokens[ahead])
            return both and self.leads_to_someone(ahead + 1)
        if word in words("words", "degrees"):
            return after is not None and after.kind == "word" and not after.stops
        if word not in lexicon.people() or before is None or before.kind != "word":
            return False
        led = before.text in words("words", "determiners") or lexicon.is_adjective(before.text)
        return led and (after is None or after.kind != "word" or after.stops)

    def _around(self, index: int) -> tuple[Token, int]:
        """The word before a conjunction and its comma, and the place of the word after it and its adverb."""
        comma = self.tokens[index - 1].text == "," and index > 1
        adverb = lexicon.is_adverb(self.tokens[index + 1].text)
        return self.tokens[index - 2 if comma else index - 1], index + (2 if adverb else 1)

    def both_describe(self, before: Token, after: Token) -> bool:
        """Whether two words joined by "and" or "but" are adjectives, as far as one of them tells."""
        plain = all(t.kind == "word" and not lexicon.is_human(t.text) and not t.stops for t in (before, after))
        return plain and (lexicon.is_adjective(before.text) or lexicon.is_adjective(after.text))

    def leads_to_someone(self, index: int) -> bool:
        """Whether a name or a human noun stands here or within two words, with nothing between that ends a phrase."""
        for token in self.tokens[index : index + 3]:
            if token.kind == "name" or (token.kind == "word" and lexicon.is_human(token.text)):
                return True
            if token.kind != "word" or token.stops:
                return False
        return False

    def joins(self, index: int, start: int) -> bool:
        """Whether a comma between adjectives, or a name used as an adjective, leaves the phrase open."""
        token, following = self.tokens[index], self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if following is None or following.kind != "word":
            return False
        if following.stops:
            return (
                token.text == ","
                and index > start
                and following.text in ("and", "but", "yet")
                and self.inner(index + 1)
            )
        if token.kind == "name":
            return self.human_ahead(index + 1)
        if token.text == "," and index > start:
            previous = self.tokens[index - 1]
            plain = (
                previous.kind == "word" and lexicon.is_adjective(previous.text) and not lexicon.is_human(previous.text)
            )
            return plain and (lexicon.is_adjective(following.text) or self.leads_to_someone(index + 2))
        if token.text == '"':
            opens = self.place(index)[1] == self.place(index + 1)[0]
            return opens and (lexicon.is_human(following.text) or self.human_ahead(index + 1))
        return token.text in ("-", "/", "&") and self.adjacent(index)

    def adjacent(self, index: int) -> bool:
        """Whether no blank stands around the mark."""
        (_, before), (start, end), (after, _) = map(self.place, (index - 1, index, index + 1))
        return before == start and end == after

    def human_ahead(self, index: int) -> bool:
        """Whether a human noun ends the run of words that begins here."""
        end = index
        while end < len(self.tokens) and self.tokens[end].kind == "word" and not self.tokens[end].stops:
            end += 1
        run = [token.text for token in self.tokens[index:end]][:3]
        if len(run) == 1 and run[0] in words("words", "families"):
            return True
        verb = bool(run) and (run[0].endswith(("s", "ed")) or lexicon.is_adverb(run[0]))
        return not verb and any(lexicon.is_human(word) for word in run)

    def told_apart(self, index: int, end: int, before: str) -> int | None:
        """Where a phrase ends that says nothing of the name after it; nothing where it does.

        "The sheriff pursuing Fay" is not Fay, and after "as" or a verb "the woman Fay meets" is not either.
        """
        inner = [token.text for token in self.tokens[index + 1 : end]]
        if "," in inner and inner[-1] in words("words", "film_work"):
            return index + 1 + inner.index(",")
        if inner[1:] and inner[-1].endswith("ing") and lexicon.is_human(inner[-2]) and not lexicon.is_human(inner[-1]):
            return end - 1
        led = before == "as" or before.startswith("play")
        alone = bool(inner) and lexicon.is_human(inner[-1]) and not lexicon.is_plural(inner[-1])
        return end if led and alone and self.acts(end + 1) else None

    def acts(self, index: int) -> bool:
        """Whether a verb stands here that is not one of how a performer does."""
        word = self.tokens[index].text if index < len(self.tokens) else ""
        shows = words("words", "acting") | words("words", "auxiliaries") | words("words", "showing")
        return word.isalpha() and len(word) > 3 and word.endswith(("s", "ed")) and word not in shows

    def is_verb(self, index: int) -> bool:
        """Whether a word in -s before a name is a verb: ", invests Luisa with wisdom", not ", newcomers Jo and Al"."""
        text = self.tokens[index].text
        noun = lexicon.is_human(text) or lexicon.is_adjective(text)
        return text.endswith("s") and not text.endswith(("ss", "us", "is", "ics")) and not noun

    def name_at(self, index: int) -> int:
        """The index of the name here, or of the quoted one behind a human noun or adjective; -1 where there is none."""
        ahead = self.tokens[index : index + 2]
        if ahead and ahead[0].kind == "name":
            return index
        quoted = len(ahead) > 1 and ahead[0].text == '"' and ahead[1].kind == "name"
        last = self.tokens[index - 1].text
        return index + 1 if quoted and (lexicon.is_human(last) or lexicon.is_adjective(last)) else -1

    def is_led_by_name(self, first: int, index: int) -> bool:
        """Whether words before a name begin with a place or the like: "Cockney waitress Ada", "Interpol agent Orr"."""
        led = self.tokens[first - 1] if 0 < first < index else None
        if led is None or led.kind != "name" or not lexicon.is_human(self.tokens[index - 1].text):
            return False
        if self.tokens[first].text in words("words", "determiners"):
            return False
        split = led.text.lower().split(" ")
        given = words("given", "male") | words("given", "female")
        return len(split) < 3 and split[0] not in given and not lexicon.is_plural(self.tokens[index - 1].text)

    def is_byname(self, index: int, end: int) -> bool:
        """Whether "the" and one noun after a name that opens its clause belong to it: "Boro the boar, voiced by …"."""
        if end != index + 2 or index == 0 or self.tokens[index].text != "the" or self.tokens[index - 1].kind != "name":
            return False
        if " " in self.tokens[index - 1].text:
            return False
        opens = index == 1 or self.tokens[index - 2].text in (",", "and", "(", ";", ":", "as")
        return opens and end < len(self.tokens) and self.tokens[end].text in _AFTER_BYNAME

    def is_object(self, index: int) -> bool:
        """Whether only an adverb follows "her" at ``index``: "plays her very coldly"."""
        ahead = [t.text for t in self.tokens[index + 1 : index + 4] if t.text not in words("words", "degrees")]
        ends = len(ahead) < 2 or lexicon.is_stop(ahead[1]) or not ahead[1].isalpha()
        return bool(ahead) and ahead[0].endswith("ly") and ends

    def all_words(self, index: int, end: int) -> bool:
        """Whether the words before a name can all describe it."""
        inner = [token.text for token in self.tokens[index + 1 : end] if token.kind == "word"]
        return not any(word in words("words", "thing_nouns") for word in inner[-1:])

    def describes(self, index: int, end: int, named: bool) -> bool:
        """Whether a word without a determiner belongs to the name or human noun after it."""
        word = self.tokens[index].text
        last = index == end - 1
        if lexicon.is_human(word):
            return True
        if last and not named:
            return False
        return (lexicon.is_adjective(word) and not word.endswith(("ed", "ing"))) or "-" in word

    def head(self, body: list[int]) -> int | None:
        """The human noun that a phrase is about: the last one, unless a noun for a thing follows it."""
        tokens, is_human = self.tokens, lexicon.is_human
        for k in reversed(body):
            token = tokens[k]
            if token.kind == "word" and is_human(token.text):
                if (
                    k > body[0]
                    and lexicon.is_plural(token.text)
                    and token.text.endswith("s")
                    and self.is_single(k - 1, body)
                ):
                    continue
                following = self.tokens[k + 1].text if k + 1 <= body[-1] else ""
                if following and lexicon.is_adjective(token.text) and following.isalpha() is False and "-" in following:
                    continue
                return (
                    None if following in words("words", "thing_nouns") or following in words("words", "special") else k
                )
        return None

    def stands_in(self, body: list[int], end: int) -> int | None:
        """The last word of a phrase that leaves its noun out, "the better one", "the younger by"; nothing elsewhere."""
        one = next((k for k in body[1:3] if self.tokens[k].text == "one"), None)
        compared = len(body) == 1 and self.tokens[body[0]].text in words("words", "compared")
        by = end < len(self.tokens) and self.tokens[end].text == "by"
        return body[0] if compared and by else one

    def is_single(self, k: int, body: list[int]) -> bool:
        """Whether a human noun in the singular stands here, so that what follows is its verb: "her driver suspects"."""
        word = self.tokens[k].text
        led = self.tokens[body[0] - 1].text if body[0] > 0 else ""
        if word == "lead":
            return False
        single = led == "'s" or led in words("words", "determiners").difference(words("words", "plural_determiners"))
        return single and lexicon.is_human(word) and not lexicon.is_plural(word)

    def thing_end(self, body: list[int]) -> int:
        """The last word of a thing's phrase, without participles and verbs that trail it."""
        last = body[-1]
        for k in body[1:]:
            word = self.tokens[k].text
            if word.endswith(("ing", "ed")) and k == body[-1]:
                last = k - 1
        return last
