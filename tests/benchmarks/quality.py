"""Precision and recall of extraction by set and form, calibration and speed, held against floors that only rise.

``python tests/benchmarks/quality.py`` prints the tables and exits 1 below a floor; ``--update`` raises the floors to
what was reached. The project's own gold is always measured; more sets where ``../shared/data`` stands beside it.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from graph.extract import THRESHOLD, extract  # noqa: E402 - the repository's root comes first
from graph.facts import Document  # noqa: E402
from tests.benchmarks.fields import measure_fields  # noqa: E402
from tests.benchmarks.score import Counts, Found, Scored, plain, score  # noqa: E402

GOLD = ROOT / "tests" / "benchmarks" / "gold"
SHARED = ROOT.parent / "shared" / "data" / "extraction"
SILVER = SHARED / "silver.jsonl.gz"
BASELINE = ROOT / "tests" / "benchmarks" / "baseline.json"
FIELDS_BASELINE = BASELINE.with_name("baseline-fields.json")
BANDS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
FIRST_FILMS = 60
"""The reviews of real films up to this number make one set, those after it a harder one."""
LAST_FILM = 999
ASIDE = ", set aside"
"""How the names of sets end whose texts nobody looks at while developing."""
HELD = ("precision", "recall")
"""What is held of a set that has no floors yet."""
SLACK = 0.005
"""A figure may lie this far below its floor: rounding, not a loss."""

Text = tuple[Document, dict[str, Any]]


def pairs(folder: Path) -> Iterator[Text]:
    """Texts with their annotation in a file beside them."""
    for path in sorted(folder.glob("*.json")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        yield Document(path.stem, text), json.loads(path.read_text(encoding="utf-8"))


def lines(folder: Path) -> Iterator[Text]:
    """Annotated sentences, one object a line."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            truth = json.loads(line)
            yield Document(truth["doc"], truth["text"]), truth


def real_films(after: int, upto: int, aside: bool) -> list[Text]:
    """Reviews of real films with numbers above ``after`` and to ``upto``: the odd ones are set aside."""
    numbered = ((int(text[0].name), text) for text in pairs(GOLD / "films"))
    return [text for number, text in numbered if after < number <= upto and number % 2 == aside]


def own_sets() -> dict[str, list[Text]]:
    """The sets that the repository holds; of the reviews of real films every second is set aside."""
    return {
        "challenges": list(pairs(GOLD / "challenges")),
        "house": list(pairs(GOLD / "house")),
        "own sentences": list(lines(GOLD / "sentences")),
        "own reviews": list(pairs(GOLD / "reviews")),
        "real films": real_films(0, FIRST_FILMS, aside=False),
        "real films, set aside": real_films(0, FIRST_FILMS, aside=True),
        "unobtrusive": real_films(FIRST_FILMS, LAST_FILM, aside=False),
        "unobtrusive, set aside": real_films(FIRST_FILMS, LAST_FILM, aside=True),
    }


def fresh_sets() -> dict[str, list[Text]]:
    """Reviews written without a look at the rules, the odd ones set aside; nothing is held of them yet."""
    found = list(pairs(GOLD / "fresh"))
    halves = ([text for text in found if int(text[0].name) % 2 == odd] for odd in (False, True))
    return dict(zip(("fresh", f"fresh{ASIDE}"), halves, strict=True))


def shared_sets() -> dict[str, list[Text]]:
    """The sets beside the project: reviews looked at while developing, and every fourth, set aside."""
    if not SHARED.exists():
        return {}
    reviews = list(pairs(SHARED / "reviews"))
    return {
        "shared house": list(pairs(SHARED / "house")),
        "shared reviews": [text for text in reviews if int(text[0].name) % 4 != 3],
        "shared reviews, set aside": [text for text in reviews if int(text[0].name) % 4 == 3],
    }


def silver_truths() -> list[dict[str, Any]]:
    """The roles of the silver reviews that were read by hand."""
    files = sorted((GOLD / "silver").glob("*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]


def silver_sets() -> dict[str, list[Text]]:
    """The silver reviews that were read by hand; their texts stand beside the project."""
    if not SILVER.exists():
        return {}
    truths = {truth["doc"]: truth for truth in silver_truths()}
    with gzip.open(SILVER, "rt", encoding="utf-8") as rows:
        found = [row for row in map(json.loads, rows) if row["doc"] in truths]
    return {"silver, annotated": [(silver_document(row), truths[row["doc"]]) for row in found]}


def silver_document(row: dict[str, Any]) -> Document:
    """A silver review under its film's title, as a page has it."""
    return Document(row["doc"], f"{row['title']} ({row['year']})\n\n{row['text']}")


def found_in(document: Document) -> list[Found]:
    """The roles that extraction stores."""
    return [Found(r.actor, r.character or r.description or "", r.confidence) for r in extract(document).roles]


def measure(texts: list[Text]) -> Scored:
    """All texts of one set together."""
    total = Scored()
    for document, truth in texts:
        one = score(truth["roles"], found_in(document))
        total.counts.add(one.counts)
        total.forms += one.forms
        total.judged += one.judged
    return total


def silver_recall(aside: bool) -> float | None:
    """The share of silver pairs of which performer and a word of the role are found."""
    if not SILVER.exists():
        return None
    hits = wanted = 0
    with gzip.open(SILVER, "rt", encoding="utf-8") as rows:
        for number, row in enumerate(map(json.loads, rows)):
            if (number % 4 == 3) == aside:
                found = found_in(silver_document(row))
                for pair in row["pairs"]:
                    tokens = {plain(token) for token in pair["tokens"]}
                    mine = (f for f in found if plain(f.actor) == plain(pair["actor"]))
                    hits += any(tokens & set(plain(f.role).split()) for f in mine)
                    wanted += 1
    return hits / wanted


def speed(texts: list[Text]) -> float:
    """Kilobytes of text a second of one core's processor time: the best of three rounds, the first of all left out."""
    size = sum(len(document.text.encode()) for document, _ in texts)
    seconds = []
    for _ in range(4):
        start = time.process_time()
        for document, _ in texts:
            extract(document)
        seconds.append(time.process_time() - start)
    return size / 1000 / min(seconds[1:])


def print_forms(scored: dict[str, Scored]) -> None:
    """Recall by form, over all sets."""
    forms: dict[str, list[bool]] = defaultdict(list)
    for one in scored.values():
        for form, hit in one.forms:
            forms[form].append(hit)
    print("\nrecall by form")
    for form, hits in sorted(forms.items(), key=lambda item: -len(item[1])):
        print(f"  {form:12} {sum(hits):4} of {len(hits):4}  {sum(hits) / len(hits):.2f}")


def print_reliability(scored: dict[str, Scored]) -> None:
    """How often pairs of each confidence are right."""
    judged = [entry for one in scored.values() for entry in one.judged]
    print("\nreliability: confidence, pairs, share that is right")
    for low, high in pairwise(BANDS):
        band = [right for confidence, right in judged if low <= confidence < high]
        if band:
            print(f"  {low:.1f} to {min(high, 1):.1f}  {len(band):5}  {sum(band) / len(band):.2f}")


def field_figures(sets: dict[str, list[Text]]) -> dict[str, Counts]:
    """What is said of the film itself (title, credits, rating…), over all sets."""
    texts = [text for name in sets for text in sets[name] if "meta" in text[1]]
    return measure_fields((extract(document), truth) for document, truth in texts)


def print_fields(fields: dict[str, Counts], where: str = "") -> None:
    """Precision and recall of what is said of the film itself."""
    print(f"\nthe film itself{where}")
    for key, counts in sorted(fields.items()):
        print(row(key, counts))


def row(name: str, counts: Counts) -> str:
    """One line of the table of sets."""
    figures = f"P {counts.precision:.3f}  R {counts.recall:.3f}  F1 {counts.f1:.3f}"
    return f"  {name:28} {figures}  ({counts.right} right, {counts.wrong} wrong, {counts.missed} missed)"


def below(floors: dict[str, dict[str, float]], reached: dict[str, dict[str, float]]) -> list[str]:
    """What lies below its floor."""
    return [
        f"{name}: {figure} {reached[name][figure]:.3f} is below its floor {floor:.3f}"
        for name, wanted in floors.items()
        for figure, floor in wanted.items()
        if name in reached and reached[name][figure] < floor - SLACK
    ]


def rounded(fields: dict[str, Counts]) -> dict[str, dict[str, float]]:
    """Precision and recall by field, rounded for the file of floors."""
    return {key: {"precision": round(one.precision, 3), "recall": round(one.recall, 3)} for key, one in fields.items()}


def figures(scored: dict[str, Scored]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 by set, rounded for the file of floors, which says what is held of each."""
    return {
        name: {
            "precision": round(one.counts.precision, 3),
            "recall": round(one.counts.recall, 3),
            "f1": round(one.counts.f1, 3),
        }
        for name, one in scored.items()
    }


def raised(floors: dict[str, dict[str, float]], reached: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """The floors, none lower than before."""
    return {
        name: {figure: max(values[figure], floors.get(name, {}).get(figure, 0.0)) for figure in floors.get(name, HELD)}
        for name, values in sorted(reached.items())
    }


def held(path: Path, reached: dict[str, dict[str, float]]) -> list[str]:
    """What lies below the floors of a file; ``--update`` raises them to what was reached."""
    floors = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if "--update" in sys.argv:
        path.write_text(json.dumps(raised(floors, reached), indent=2) + "\n", encoding="utf-8")
    return below(floors, reached)


def main() -> int:
    """Print everything; 1 where a floor is missed."""
    sets = own_sets()
    own = {name: measure(texts) for name, texts in sets.items()}
    fresh = fresh_sets()
    scored = own | {name: measure(texts) for name, texts in (fresh | shared_sets() | silver_sets()).items()}
    print(f"roles at confidence {THRESHOLD} and above, strict pairs")
    for name, one in scored.items():
        print(row(name, one.counts))
    for aside in (False, True):
        recall = silver_recall(aside)
        if recall is not None:
            print(f"  silver{ASIDE if aside else '':22} R {recall:.3f}")
    print_forms(scored)
    fields = field_figures(sets)
    print_fields(fields)
    print_fields(field_figures(fresh), where=", fresh")
    print_reliability(scored)
    print(f"\nspeed: {speed(sets['own reviews'] + sets['real films']):.0f} KB of text a second on one core")
    missed = held(BASELINE, figures(own)) + held(FIELDS_BASELINE, rounded(fields))
    print("\n".join(missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
