"""What words of names are made of: the letters of several scripts, and one word of a name as a pattern."""

from __future__ import annotations

import sys


def _capitals() -> str:
    """A regex class body of all capital letters of Latin, Greek and Cyrillic."""
    ranges: list[str] = []
    alphabets = (range(0x24F), range(0x370, 0x530), range(0x1E00, 0x1F00))
    points = [point for alphabet in alphabets for point in alphabet if chr(point).isupper() and chr(point).isalpha()]
    start = previous = points[0]
    for point in [*points[1:], sys.maxunicode]:
        if point != previous + 1:
            ranges.append(chr(start) if start == previous else f"{chr(start)}-{chr(previous)}")
            start = point
        previous = point
    return "".join(ranges)


UPPER = _capitals()
LETTER = r"[^\W\d_]"
SCRIPTS = "\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"

WORD = (
    r"(?:(?:Dr|Mrs?|Ms|Jr|Sr|St|Sgt|Lt|Capt|Col|Maj|Gen|Cpl|Pvt|Prof|Rev|Fr|Sen|Gov|Det|Insp|Mme|Mlle)\."
    rf"(?:[{UPPER}]{LETTER}+|(?!\w))"  # Dr.  Dr.Orr
    rf"|[{UPPER}]\.(?:(?:[\- ]?[{UPPER}]\.)+(?:[{UPPER}]{LETTER}+)?|[{UPPER}]{LETTER}{{2,}}|(?=[ ]?[{UPPER}\"']))"
    # R. J.  J.T.Orr  J.Orr  J.
    rf"|(?:(?:al|el|an|as|ad)-)?(?:[{UPPER}]['’])?[{UPPER}](?:{LETTER}|['’](?!s\b|S\b){LETTER}|-(?={LETTER}))*"
    rf"|[{SCRIPTS}]+(?:[ ・·][{SCRIPTS}]+)*)"
)
"""One word of a name: a capitalised word with hyphens and apostrophes, initials, or a run of a script without case."""
