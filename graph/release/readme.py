"""The text in a release that tells people what it is."""

from __future__ import annotations

from graph.release.description import ABOUT, Told

_TEXTS = {
    "licensed": "Of reviews with a licence the whole texts are here, of others the sentences that prove something.",
    "all": "All whole texts that are stored are in it; check their licences before you pass them on.",
    "none": "No whole text of a review is in it, only the sentences that prove something.",
}


def text(told: Told, texts: str) -> str:
    """Markdown: what this is, its files with counts and digests, licences, how to check and to use it."""
    files = "\n".join(
        f"| [{file.path}]({file.path}) | {file.title} | {'' if file.count is None else f'{file.count:,}'} "
        f"| {file.size:,} |"
        for file in told.files
    )
    datasets = [source for source in told.sources if source.kind.endswith("Dataset")]
    listed = "\n".join(
        f"- {source.label}{f', {source.version}' if source.version else ''}: {source.licence or 'no licence stated'}"
        for source in datasets
    )
    reviews = len(told.sources) - len(datasets)
    return f"""# filmgraph, snapshot {told.number}

{ABOUT} Published {told.created[:10]} under {told.base}

| file | what it holds | statements or rows | bytes |
|---|---|---:|---:|
{files}

`sha256sum -c SHA256SUMS` checks the files. Snapshot digest: `{told.digest}`.

## Licences

The statements are free to use ([CC0 1.0](https://creativecommons.org/publicdomain/zero/1.0/)); the words of {reviews:,}
reviews belong to those who wrote them. {_TEXTS[texts]} `sources.csv` names the licence of each source. Datasets:

{listed or "- none"}

## Use

    filmgraph import rdf --raw filmgraph.nq.gz      # into an empty data folder

    import pandas
    roles = pandas.read_csv("roles.csv")
    roles[["title", "year", "actor", "whom", "quote"]]
"""
