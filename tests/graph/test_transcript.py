"""An explained review: the whole text, each pair that was considered, and why it stands or not."""

import click
import pytest

from graph.errors import InputError
from graph.extract import extract
from graph.extract.explain import explain
from graph.facts import Document
from graph.transcript import transcript

TEXT = """Saltmarsh (1994) Review

Old Nils (Karel Vinter) steers. Ida Holm plays Maren, his daughter.

Vinter was the captain in Firedamp (1990).

Everyone else (extras) waits.
"""


def test_the_text_stands_there_whole() -> None:
    """Without colours and the lines of pairs, the transcript is the text."""
    shown = click.unstyle(transcript(explain(Document("x.txt", TEXT))))
    kept = [line for line in shown.splitlines()[1:-1] if not line.startswith("    ")]
    assert " ".join(" ".join(kept).split()) == " ".join(TEXT.split())


def test_what_stands_is_what_is_extracted() -> None:
    """The pairs without a reason against them are the roles that ``extract`` gives."""
    document = Document("x.txt", TEXT)
    stand = {(one.actor, one.role) for one in explain(document).considered if not one.reason}
    assert stand == {(role.actor, role.character or role.description) for role in extract(document).roles}
    assert ("Karel Vinter", "Old Nils") in stand


def test_every_rejected_pair_has_a_reason() -> None:
    """What does not stand says why, in words."""
    shown = click.unstyle(transcript(explain(Document("x.txt", TEXT))))
    rejected = [line for line in shown.splitlines() if line.lstrip().startswith("✗")]
    assert rejected
    assert all(line.split("]")[-1].strip() for line in rejected)


def test_what_cannot_be_read_is_refused() -> None:
    """An empty text is an error that names it, as for ``extract``."""
    with pytest.raises(InputError, match=r"x\.txt"):
        explain(Document("x.txt", " \n"))
