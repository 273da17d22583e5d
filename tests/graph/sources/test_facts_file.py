"""Facts files: read whole, or refused with file, film, field, value and what was expected."""

from pathlib import Path

import pytest

from graph.errors import InputError
from graph.sources.facts_file import read_facts_file


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "holds no [[film]] table"),
        (b"[[film]\n", "is not TOML"),
        (b"\xff\xfe", "byte 0 is not UTF-8"),
        (b"film = 3", "holds no [[film]] table"),
        (b"film = [3]", "film 1: expected a table, got 3"),
        (b"[[film]]\nyear = 1990", "film 1: has no title"),
        (b'[[film]]\ntitle = "Rust"\nyear = "1990"', "film 1 ('Rust'): year is '1990'; expected a whole number"),
        (b'[[film]]\ntitle = "Rust"\nyear = true', "year is True"),
        (b'[[film]]\ntitle = "Rust"\nyear = 90', "from 1870 to 2100"),
        (b'[[film]]\ntitle = "Rust"\ngenres = "Drama"', "genres is 'Drama'; expected a list"),
        (b'[[film]]\ntitle = "Rust"\nroles = [["Ann Bell"]]', "role ['Ann Bell']; expected a pair"),
        (b'[[film]]\ntitle = "Rust"\nroles = [["Ann Bell", " "]]', "expected a pair"),
        (b'[[film]]\ntitle = "Rust"\ndirector = ["A"]', "unknown field 'director'; expected one of"),
        (b'source = 1\n[[film]]\ntitle = "Rust"', "[source]: expected a table"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, content: bytes, message: str) -> None:
    """Every mistake names the file and the place."""
    path = tmp_path / "films.toml"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_facts_file(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)


def test_what_is_not_said_is_not_known(tmp_path: Path) -> None:
    """A film with a title alone has nothing else, and no evidence."""
    path = tmp_path / "films.toml"
    path.write_text('[[film]]\ntitle = "Rust"\n', encoding="utf-8")
    (film,) = read_facts_file(path).films
    assert film.film.year is None
    assert film.roles == ()
    assert film.credits == ()
    assert film.film.title is not None
    assert film.film.title.evidence == ()


def test_roles_stand_in_the_order_of_billing(tmp_path: Path) -> None:
    """Whoever is named first leads; who plays two parts has one place."""
    path = tmp_path / "films.toml"
    roles = '[["Cy Dorn", "Hugo"], ["Ann Bell", "Fay"], ["Cy Dorn", "The Twin"], ["Bo Lind", "Odd"]]'
    path.write_text(f'[[film]]\ntitle = "Rust"\nroles = {roles}\n', encoding="utf-8")
    (film,) = read_facts_file(path).films
    assert [(role.actor, role.billing) for role in film.roles] == [
        ("Cy Dorn", 1),
        ("Ann Bell", 2),
        ("Cy Dorn", 1),
        ("Bo Lind", 3),
    ]
