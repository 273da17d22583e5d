"""Readers: cases as pairs of files, bad bytes, bounds, folders, and what holds for any bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputError
from graph.facts import Document, Metadata, Rating
from graph.sources.read import MAX_BYTES, NAMED, READERS, SUFFIXES, Skipped, find_files, read, skipped_lines

FOLDER = Path(__file__).parents[2] / "cases" / "sources"
CASES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".out")


def _lines(item: Document | InputError) -> Iterator[str]:
    """A document's known metadata, one a line, then its text; or the error."""
    if isinstance(item, InputError):
        yield f"error: {item}"
        return
    yield f"document: {item.name}"
    for field in fields(Metadata):
        value = getattr(item.metadata, field.name)
        for one in value if isinstance(value, tuple) else [value] if value else []:
            yield f"{field.name}: {_shown(one)}"
    yield from (f"> {line}" for line in item.text.splitlines())


def _shown(value: object) -> str:
    if isinstance(value, Rating):
        return f"{value.kind} {value.value:g} of {value.best:g}" + (f", {value.count} votes" if value.count else "")
    return " → ".join(value) if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file gives the documents and errors that the file beside it lists."""
    monkeypatch.chdir(FOLDER)
    output = [line for item in read(case.name) for line in _lines(item)]
    assert output == Path(f"{case.name}.out").read_text(encoding="utf-8").splitlines()


def _only(data: bytes, suffix: str = ".txt") -> Document | InputError:
    (item,) = read("-", io.BytesIO(data), suffix)
    return item


def _message(data: bytes, suffix: str = ".txt") -> str:
    item = _only(data, suffix)
    assert isinstance(item, InputError)
    return str(item)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_with_and_without_a_mark(encoding: str) -> None:
    """UTF-8 is read with or without a byte order mark, UTF-16 and UTF-32 with one."""
    item = _only("Łucja’s café".encode(encoding))
    assert isinstance(item, Document)
    assert item.text == "Łucja’s café"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "standard input: is empty"),
        (b"ab\0cd", "standard input: is binary, not text"),
        (bytes(range(256)) * 40, "standard input: is binary, not text"),
        (b"\x01\x02\x03 text", "standard input: is binary, not text"),
        (b"\xff\xfe\x00abc", "standard input: is binary, not text"),
        (b"%PDF-1.4\n\xe2\xe3", "standard input: is a PDF, whatever its name says"),
        (b"{\\rtf1 Salt}", "standard input: is a text with RTF's marks"),
        (b"PK\3\4\0\0", "standard input: is a ZIP archive, or a document"),
        (b"\xff\xfea", "standard input: begins as UTF-16 but is not; save the text again as UTF-8"),
        (
            "A café, a naïve résumé, and so on.".encode("cp1252"),
            "standard input: is not UTF-8 (looks like cp1252): convert it with",
        ),
    ],
)
def test_bad_bytes_are_named(data: bytes, message: str) -> None:
    """Empty, binary and wrongly encoded input is refused in words that say what to do."""
    assert _message(data).startswith(message)


def test_a_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    """A file above the bound is refused by its first bytes: a sparse file of a terabyte costs nothing."""
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    (error,) = read(path)
    assert str(error) == f"{path}: is larger than {MAX_BYTES // 1_000_000} MB, the bound for one review"


def test_a_long_line_spoils_no_other(tmp_path: Path) -> None:
    """A line of a .jsonl file above the bound gives one error, and the lines after it are read."""
    path = tmp_path / "long.jsonl"
    path.write_bytes(b'{"text": "' + b"a" * MAX_BYTES * 2 + b'"}\n{"text": "Salt is fine."}\n')
    error, document = read(path)
    assert str(error) == f"{path}:1: is longer than 10 MB, the bound for one review"
    assert isinstance(document, Document)
    assert document.name == f"{path}:2"


def test_folder_is_walked_in_order(tmp_path: Path) -> None:
    """A folder gives its files in sorted order, with the reason for what is skipped, and no hidden file."""
    for name in ("b.txt", "a/z.md", "a/.hidden.txt", ".git/x.txt", "c.pdf", "d.JSON"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "e").symlink_to(tmp_path)
    found = [
        (item.path.name, item.reason[:11]) if isinstance(item, Skipped) else item.name for item in find_files(tmp_path)
    ]
    assert found == ["z.md", "b.txt", ("c.pdf", "is not a re"), "d.JSON", ("e", "is a link t")]


def test_a_folder_of_other_things_is_told_in_a_few_lines(tmp_path: Path) -> None:
    """Of many files that are skipped for one reason the first are named, the others counted; other reasons are told."""
    skipped = [Skipped(tmp_path / f"{n}.py", "is not a review") for n in range(1_234)]
    lines = list(skipped_lines("in", [*skipped, Skipped(tmp_path / "sub", "cannot be read: Permission denied")]))
    assert lines[0] == f"{tmp_path}/0.py: skipped: is not a review"
    assert len(lines) == NAMED + 2
    assert lines[-2:] == [
        f"{tmp_path}/sub: skipped: cannot be read: Permission denied",
        "in: 1,224 more skipped: each is not a review",
    ]


def test_one_bad_file_among_good_ones(tmp_path: Path) -> None:
    """Each file is read by itself: a bad one gives its error, the good ones their documents."""
    (tmp_path / "a.txt").write_text("A review.")
    (tmp_path / "b.txt").write_bytes(b"\0\0")
    (tmp_path / "c.txt").write_text("Another.")
    kinds = [type(item) for path in find_files(tmp_path) if isinstance(path, Path) for item in read(path)]
    assert kinds == [Document, InputError, Document]


def test_what_is_no_file(tmp_path: Path) -> None:
    """A missing file, a folder and an unknown kind of file are told apart."""
    (tmp_path / "a.pdf").write_text("x")
    messages = [str(next(read(tmp_path / name))) for name in ("missing.txt", ".", "a.pdf")]
    assert "cannot be read: No such file" in messages[0]
    assert "is a folder" in messages[1]
    assert "is not a review: a name ends in .txt" in messages[2]


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "x" * 200,
        "<p>" + "<b>x</b>" * 70_000,
        "<" * 500_000,
        "<p>" + "word " * 50 + '<script type="application/ld+json">' + "[" * 50_000 + "</script>",
        "<p>" + "word " * 50 + "<div typeof='Movie' vocab='http://schema.org/'>" * 400,
    ],
    ids=["deep", "many elements", "brackets", "deep JSON-LD", "deep RDFa"],
)
def test_hostile_pages(page: str) -> None:
    """A page that is nested or repeated without end gives its text or a refusal, and no crash."""
    assert isinstance(_only(page.encode(), ".html"), Document | InputError)


@pytest.mark.parametrize("suffix", [s for s in SUFFIXES if s not in (".html", ".htm", ".markdown")])
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_give_documents_or_errors(suffix: str, data: bytes) -> None:
    """Any bytes at all give documents or errors that name the input, in every kind of file."""
    for item in read("-", io.BytesIO(data), suffix):
        name = item.name if isinstance(item, Document) else str(item)
        assert name.startswith("standard input")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["title", "year", "a"]), inner, max_size=3)
        ),
        max_leaves=8,
    ),
    st.sampled_from(["title", "year", "directors", "cast", "rating", "date", "genres", "url"]),
)
def test_any_value_of_any_field(value: object, field: str) -> None:
    """A field with any JSON value gives a document or an error that names the field."""
    import json

    item = _only(json.dumps({"text": "Salt is fine.", field: value}).encode(), ".json")
    assert isinstance(item, Document) or f"standard input: {field}:" in str(item)


def test_every_suffix_has_a_reader() -> None:
    """The suffixes that messages name are those that are read."""
    assert set(SUFFIXES) == {*READERS, ".json", ".jsonl", ".csv", ".tsv"}
