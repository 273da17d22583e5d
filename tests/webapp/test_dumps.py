"""Releases to download."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph import build
from graph.iris import DEFAULT_BASE
from graph.release import RELEASES, release
from tests.webapp.reading import one, soup
from webapp import Config, create_app

REVIEW = "Salt Harvest (2019)\n\nMira Osei plays the ferryman's widow Lena.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a release."""
    data = tmp_path_factory.mktemp("dumps")
    (data / "salt.txt").write_text(REVIEW, encoding="utf-8")
    build.add(build.Place(data, DEFAULT_BASE), [str(data / "salt.txt")])
    release(data, data / RELEASES / "autumn", DEFAULT_BASE)
    (data / RELEASES / "notes").mkdir()
    (data / RELEASES / "broken").mkdir()
    (data / RELEASES / "broken" / "ro-crate-metadata.json").write_text("{", encoding="utf-8")
    return data


@pytest.fixture
def client(folder: Path) -> FlaskClient:
    """A visitor of a site with a release."""
    return create_app(Config(folder)).test_client()


def test_every_file_of_a_release_is_listed_and_served_as_it_is(client: FlaskClient, folder: Path) -> None:
    """The page names each file with its digest, and each address gives those bytes."""
    page = client.get("/dumps.json").get_json()
    (dump,) = page["dumps"]
    assert len(dump["files"]) == 10
    for file in dump["files"]:
        answer = client.get(file["href"].removeprefix(DEFAULT_BASE.rstrip("/")))
        assert answer.status_code == 200
        assert sha256(answer.data).hexdigest() == file["sha256"]
        assert answer.data == (folder / RELEASES / "autumn" / file["path"]).read_bytes()
    shown = soup(client.get("/dumps"))
    assert {str(link["href"]) for link in shown.select("main a[download]")} == {
        file["href"].removeprefix("http://localhost:8000") for file in dump["files"]
    }


def test_a_download_can_be_taken_up_again(client: FlaskClient) -> None:
    """A range gives just those bytes; the digest as ETag saves a second download."""
    whole = client.get("/dumps/1/filmgraph.nq.gz")
    part = client.get("/dumps/1/filmgraph.nq.gz", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.data) == (206, whole.data[10:20])
    assert whole.mimetype == "application/gzip"
    assert client.get("/dumps/1/filmgraph.nq.gz", headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304
    assert client.get("/dumps/1/SHA256SUMS").mimetype == "text/plain"
    assert client.get("/dumps/1/ro-crate-metadata.json").mimetype == "application/ld+json"


@pytest.mark.parametrize(
    "path", ["/dumps/2", "/dumps/1/none.csv", "/dumps/1/../../salt.txt", "/dumps/1/%2e%2e/%2e%2e/salt.txt", "/dumps/x"]
)
def test_nothing_but_the_files_of_a_release_is_served(client: FlaskClient, path: str) -> None:
    """Other names, other numbers and ways out of the folder are not found."""
    assert client.get(path).status_code == 404


def test_without_a_release_the_page_says_how_to_make_one(tmp_path: Path) -> None:
    """A site without releases has the page all the same."""
    (tmp_path / "salt.txt").write_text(REVIEW, encoding="utf-8")
    build.add(build.Place(tmp_path, DEFAULT_BASE), [str(tmp_path / "salt.txt")])
    shown = soup(create_app(Config(tmp_path)).test_client().get("/dumps"))
    assert "filmgraph release" in one(shown, "main code").text
