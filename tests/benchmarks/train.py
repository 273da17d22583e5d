"""Makes ``graph/extract/rules/weights.toml`` from reviews whose films' casts are known; reproducible, no network.

Run it beside ``../shared/data``: ``python tests/benchmarks/train.py``. Every fourth silver review and every fourth gold
review stays out, so that quality can be measured on them.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from graph.extract import judge  # noqa: E402 - the repository's root comes first
from graph.extract.reading import Gazetteer, Reading, read  # noqa: E402
from graph.facts import Document  # noqa: E402
from tests.benchmarks.logistic import Example, fit  # noqa: E402
from tests.benchmarks.quality import silver_document, silver_truths  # noqa: E402
from tests.benchmarks.verdicts import DATA, by_cast, by_gold, casts  # noqa: E402

TARGET = ROOT / "graph" / "extract" / "rules" / "weights.toml"
RIDGE_LOCAL = 2.0
RIDGE_DOCUMENT = 1.0
"""How much large weights cost; cross-validation over films found these among 0.3 to 8."""
FOLDS = 3
SELDOM = 8
"""A feature that counts less than this over all examples is left out."""

SENTENCES = 0.5
"""How much a pair of some sentences counts beside one of a whole review: most of theirs are wrong readings."""

AS_BY_CAST = 0.25
"""How much of its weight an annotation of a silver review has: as much as the verdict by cast in whose place it stands.

They are so many that more would outvote the texts of other kinds; cross-validated F1 is the same from 0.25 to 2.
"""

RARE = 2.0
"""How much of its weight an annotation of another review has: they are few, and silver reviews lack their ways."""

BLANKED = 0.35
"""How often the features that know common given names are taken away, so that strange names are not punished."""


def silver() -> Iterator[tuple[Document, str]]:
    """Reviews with their film's id; every fourth is left out."""
    with gzip.open(DATA / "extraction" / "silver.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 4 != 3:
                row = json.loads(line)
                yield silver_document(row), row["film"]


def annotated() -> dict[str, dict[str, object]]:
    """The silver reviews read by hand, by their names: better told than by the film's cast."""
    return {truth["doc"]: truth for truth in silver_truths()}


def own() -> Iterator[tuple[Document, dict[str, object]]]:
    """One half of the project's own gold; the other half stays out."""
    folder = ROOT / "tests" / "benchmarks" / "gold"
    for path in sorted((folder / "sentences").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            truth = json.loads(line)
            if crc32(truth["doc"].encode()) % 2 == 0:
                yield Document(truth["doc"], truth["text"]), truth
    for path in sorted(path for part in ("reviews", "films", "fresh") for path in (folder / part).glob("*.json")):
        if int(path.stem) % 2 == 0:
            text = path.with_suffix(".txt").read_text(encoding="utf-8")
            yield Document(path.stem, text), json.loads(path.read_text(encoding="utf-8"))


def gold() -> Iterator[tuple[Document, dict[str, object]]]:
    """Annotated texts; reviews whose number leaves 3 when divided by 4 are left out."""
    for part in ("challenges", "house", "reviews"):
        for path in sorted((DATA / "extraction" / part).glob("*.json")):
            if part != "reviews" or int(path.stem) % 4 != 3:
                text = path.with_suffix(".txt").read_text(encoding="utf-8")
                yield Document(path.stem, text), json.loads(path.read_text(encoding="utf-8"))


Judgement = tuple[Reading, list[tuple[float, float] | None]]
Judgements = list[Judgement]


def examples() -> Judgements:
    """Every reading with the verdict on each of its candidates."""
    known, read_by_hand, made = casts(), annotated(), []
    for number, (document, film) in enumerate(silver()):
        if document.name in read_by_hand:
            made.append(judged_by_hand(document, read_by_hand[document.name], AS_BY_CAST))
            continue
        cast = tuple(known.get(film, {}))[: 3 + number % 3] if number % 4 == 0 else ()
        reading = read(document, Gazetteer(cast=cast))
        made.append(
            (reading, [by_cast(c.pair, judge.full_actor(c, reading), known.get(film, {})) for c in reading.candidates])
        )
    return [*made, *(judged_by_hand(document, truth, RARE) for document, truth in [*gold(), *own()])]


def judged_by_hand(document: Document, truth: dict[str, object], share: float = 1.0) -> Judgement:
    """A reading with the verdicts of an annotation, each of which counts a share of what it might."""
    reading = read(document)
    counts = SENTENCES if len(document.text) < judge.SHORT else share
    verdicts = (by_gold(c.pair, judge.full_actor(c, reading), truth) for c in reading.candidates)
    return reading, [None if v is None else (v[0], v[1] * counts) for v in verdicts]


def train() -> dict[str, dict[str, float]]:
    """Both models: pairs by themselves, then beside the document's other pairs."""
    read_all = examples()
    later: list[Example] = []
    for (reading, verdicts), scores in zip(read_all, unseen_scores(read_all), strict=True):
        for found, verdict in zip(judge.document_features(reading, scores), verdicts, strict=True):
            if verdict is not None:
                later.append((found, *verdict))
    return {"local": fit_local(read_all), "document": fit_document(later)}


def fit_document(rows: list[Example]) -> dict[str, float]:
    """The model of pairs beside others: first of whole reviews and sentences alike, then what is added for sentences.

    So what holds of sentences leaves whole reviews as they are.
    """
    plain = fit([(_without_short(features), right, count) for features, right, count in rows], RIDGE_DOCUMENT)
    return fit([row for row in rows if "short" in row[0]], RIDGE_DOCUMENT, plain)


def _without_short(features: dict[str, float]) -> dict[str, float]:
    return {name: value for name, value in features.items() if not name.startswith("short")}


def fit_local(read_all: Judgements) -> dict[str, float]:
    """The model of pairs by themselves; features seen seldom play no part."""
    rows = [
        (candidate.features, *verdict)
        for reading, verdicts in read_all
        for candidate, verdict in zip(reading.candidates, verdicts, strict=True)
        if verdict is not None
    ]
    seen: dict[str, float] = defaultdict(float)
    for features, _, count in rows:
        for name in features:
            seen[name] += count
    return fit(
        [
            (_blanked({n: v for n, v in features.items() if seen[n] >= SELDOM}, k), right, count)
            for k, (features, right, count) in enumerate(rows)
        ],
        RIDGE_LOCAL,
    )


def unseen_scores(read_all: Judgements) -> list[list[float]]:
    """Each pair's score by a model that has seen no review of the same film, as scores of new reviews will be."""
    folds = [crc32(reading.document.text.partition("\n")[0].encode()) % FOLDS for reading, _ in read_all]
    models = [
        fit_local([entry for entry, fold in zip(read_all, folds, strict=True) if fold != left_out])
        for left_out in range(FOLDS)
    ]
    return [
        [judge.weigh(candidate.features, models[fold]) for candidate in reading.candidates]
        for (reading, _), fold in zip(read_all, folds, strict=True)
    ]


def _blanked(features: dict[str, float], number: int) -> dict[str, float]:
    """The features, in some examples without what the given names tell."""
    if number * 0.6180339887 % 1 > BLANKED:
        return features
    return {name: value for name, value in features.items() if "given" not in name}


def main() -> None:
    """Train and write the weights, sorted and rounded."""
    lines = ["# Made by tests/benchmarks/train.py: the weights of the features in features.py and judge.py.", ""]
    for table, weights in train().items():
        lines.append(f"[{table}]")
        lines += [f"{json.dumps(name)} = {weights[name]:.3f}" for name in sorted(weights) if abs(weights[name]) >= 0.02]
        lines.append("")
    TARGET.write_text("\n".join(lines), encoding="utf-8")
    print(f"{TARGET.name}: {sum(' = ' in line for line in lines)} weights")


if __name__ == "__main__":
    main()
