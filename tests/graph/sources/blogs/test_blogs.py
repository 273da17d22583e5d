from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from graph.errors import InputError
from graph.facts import Document
from graph.sources.blogs.feeds import read_feed
from graph.sources.blogs.letterboxd import read_letterboxd
from graph.sources.blogs.post import Entry, Skipped, Wanted
from graph.sources.blogs.posts import read_posts
from graph.sources.blogs.wordpress import read_wordpress
from tests.graph.sources.blogs import exports

ALL = Wanted()


def documents(entries: list[Entry]) -> list[Document]:
    """The documents among entries."""
    return [entry for entry in entries if isinstance(entry, Document)]


def skipped(entries: list[Entry]) -> list[str]:
    """Why entries became no documents."""
    return [entry.reason for entry in entries if isinstance(entry, Skipped)]


def test_a_wordpress_post_has_its_words_author_date_address_and_outlet(tmp_path: Path) -> None:
    """A published post of a WordPress export becomes a document with all that the export says of it."""
    (post,) = documents([*read_wordpress(exports.wordpress(tmp_path / "blog.xml", exports.item(7)), ALL)])
    told = post.metadata
    assert post.text == "In Salt Harvest (2019), Mira Osei plays the ferryman Tomas with a limp."
    assert (told.author, told.published, told.outlet) == ("Ada Lindqvist", "2019-04-11", "The Back Row")
    assert (told.url, told.headline) == ("https://backrow.example/salt-7/", "Salt Harvest")


def test_only_published_posts_of_wanted_categories_are_taken(tmp_path: Path) -> None:
    """Drafts, pages and posts of other categories are skipped, each with its reason."""
    items = [
        exports.item(1),
        exports.item(2, status="draft"),
        exports.item(3, kind="page"),
        exports.item(4, category="Travel"),
        exports.item(5, content=""),
    ]
    entries = [*read_wordpress(exports.wordpress(tmp_path / "blog.xml", *items), Wanted(categories=("reviews",)))]
    assert len(documents(entries)) == 1
    assert skipped(entries) == [
        "is not published (draft)",
        "is no post but of the kind page",
        "is in none of the categories that were asked for",
        "has no text",
    ]


def test_paragraphs_and_captions_of_an_old_post_are_kept_as_text(tmp_path: Path) -> None:
    """Empty lines part the paragraphs of a post without markup; shortcodes go, their words and brackets stay."""
    still = '[caption id="a1" align="left"]<img src="x"/>A still[/caption]'
    content = f'Mira Osei\nplays Tomas.\n\n{still}\n\nHe says "wold" [sic].'
    (post,) = documents([*read_wordpress(exports.wordpress(tmp_path / "b.xml", exports.item(1, content)), ALL)])
    assert post.text == 'Mira Osei plays Tomas.\n\nA still\n\nHe says "wold" [sic].'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (exports.WORDPRESS % exports.item(1)[:-40], "blog.xml:"),
        (exports.RSS, "is no WordPress export"),
        ("<rss><channel></channel></rss>", "is no WordPress export"),
        ("not xml", "blog.xml:1: is not well-formed XML"),
        ("", "blog.xml"),
        (
            '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + exports.WORDPRESS.split("?>", 1)[1] % "&b;",
            "",
        ),
    ],
)
def test_a_broken_wordpress_export_gives_no_post_at_all(tmp_path: Path, content: str, said: str) -> None:
    """A cut, foreign or malformed file is refused before its first post, with file and line."""
    path = tmp_path / "blog.xml"
    path.write_text(content, encoding="utf-8")
    entries = read_wordpress(path, ALL)
    if not said:
        assert documents([*entries]) == []
        return
    with pytest.raises(InputError, match=said):
        next(entries)


def test_a_letterboxd_review_knows_film_year_rating_and_member(tmp_path: Path) -> None:
    """A row of reviews.csv becomes a document; its rating is out of five, its author the member's name."""
    first, second = documents([*read_letterboxd(exports.letterboxd(tmp_path / "l.zip"), ALL)])
    told = first.metadata
    assert first.text == 'Mira Osei plays Tomas, the ferryman.\n\nShe limps, she sings, and "the sea" answers.'
    assert (told.title, told.year, told.author, told.outlet) == ("Salt Harvest", 2019, "Ada Lindqvist", "Letterboxd")
    assert [(rating.value, rating.best) for rating in told.ratings] == [(3.5, 5.0)]
    assert (told.published, told.url) == ("2021-03-05", "https://boxd.it/1aBcDe")
    assert second.metadata.ratings == ()


@pytest.mark.parametrize("given", [".", "reviews.csv"])
def test_a_letterboxd_export_that_the_browser_unpacked_is_read(tmp_path: Path, given: str) -> None:
    """The folder of an unpacked export, or its table of reviews, gives the reviews that the archive gives."""
    archive = exports.letterboxd(tmp_path / "l.zip")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(tmp_path / "l")
    unpacked = documents([*read_letterboxd(tmp_path / "l" / given, ALL)])
    packed = documents([*read_letterboxd(archive, ALL)])
    assert [(each.text, each.metadata) for each in unpacked] == [(each.text, each.metadata) for each in packed]
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"has no reviews\.csv; expected the ZIP"):
        next(read_letterboxd(tmp_path / "empty", ALL))


def test_a_bad_row_is_named_and_the_others_stay(tmp_path: Path) -> None:
    """A row with a rating that is no number is an error with file and line; the other rows are read."""
    rows = exports.LETTERBOXD + "2021-03-07,Odd,20x9,https://boxd.it/z,4,,Fine.,,\n"
    entries = [*read_letterboxd(exports.letterboxd(tmp_path / "l.zip", rows), ALL)]
    assert len(documents(entries)) == 2
    assert [str(entry) for entry in entries if isinstance(entry, InputError)] == [
        f"{tmp_path}/l.zip/reviews.csv:6: Year: '20x9' is not a year"
    ]


def test_archives_that_are_bombs_or_no_exports_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that unpacks to more than the bound, without reviews, or cut short, gives no review."""
    monkeypatch.setattr("graph.sources.blogs.letterboxd.LARGEST", 1_000_000)
    bomb = exports.letterboxd(tmp_path / "bomb.zip", b"0" * 2_000_000)
    with pytest.raises(InputError, match="unpacks to more than 1 MB"):
        next(read_letterboxd(bomb, ALL))
    cut = tmp_path / "cut.zip"
    cut.write_bytes(exports.letterboxd(tmp_path / "l.zip").read_bytes()[:200])
    with pytest.raises(InputError, match="is no whole ZIP archive"):
        next(read_letterboxd(cut, ALL))
    damaged = tmp_path / "damaged.zip"
    packed = bytearray(exports.letterboxd(tmp_path / "l.zip").read_bytes())
    start = packed.index(b"reviews.csv") + len("reviews.csv")
    packed[start : start + 40] = b"\xff" * 40
    damaged.write_bytes(packed)
    with pytest.raises(InputError, match="is no whole ZIP archive"):
        next(read_letterboxd(damaged, ALL))
    other = exports.letterboxd(tmp_path / "other.zip", "Title,Stars\nSalt,4\n")
    with pytest.raises(InputError, match=r"reviews.csv:1: has no column Date, Name"):
        next(read_letterboxd(other, ALL))
    with pytest.raises(InputError, match="cannot be read"):
        next(read_letterboxd(tmp_path / "none.zip", ALL))


def test_a_feeds_scripts_are_left_out_and_its_teasers_skipped(tmp_path: Path) -> None:
    """An Atom entry gives its words without scripts, its rights and its author; a teaser is no review."""
    path = tmp_path / "feed.atom"
    path.write_text(exports.ATOM, encoding="utf-8")
    entries = [*read_feed(path, ALL)]
    (post,) = documents(entries)
    told = post.metadata
    assert post.text == "Mira Osei plays Tomas.\n\nIt ends."
    assert (told.author, told.published, told.licence) == ("Ada Lindqvist", "2019-04-11", "CC BY 4.0")
    assert (told.url, told.headline) == ("https://backrow.example/salt", "Salt Harvest")
    assert skipped(entries) == ["holds only a teaser; import the page itself, or the blog's export"]


def test_an_rss_item_gives_its_whole_content(tmp_path: Path) -> None:
    """The content module's text is taken, not the description."""
    path = tmp_path / "feed.xml"
    path.write_text(exports.RSS, encoding="utf-8")
    (post,) = documents([*read_feed(path, Wanted(licence="CC0"))])
    assert (post.text, post.metadata.author) == ("Mira Osei plays Tomas.", "Ada Lindqvist")
    assert (post.metadata.outlet, post.metadata.licence) == ("The Back Row", "CC0")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (exports.ATOM[:600], "is no well-formed feed"),
        ("<html><body>Hello</body></html>", "is no feed"),
        ('<!DOCTYPE r [<!ENTITY a "ha">]>' + exports.RSS.split("?>", 1)[1], "defines entities"),
        (" ", "is empty"),
    ],
)
def test_what_is_no_whole_feed_is_refused(tmp_path: Path, content: str, said: str) -> None:
    """A cut feed, a page, a feed with entities and an empty file are refused by name."""
    path = tmp_path / "feed.xml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        next(read_feed(path, ALL))


def test_jekylls_posts_take_date_and_address_from_name_and_settings(tmp_path: Path) -> None:
    """The name gives the date, the settings author, outlet and address; drafts, layouts and pages are no posts."""
    entries = [*read_posts(exports.jekyll(tmp_path), ALL)]
    (post,) = documents(entries)
    told = post.metadata
    assert post.text.strip() == "Mira Osei plays Tomas."
    assert (told.author, told.outlet, told.published) == ("Ada Lindqvist", "The Back Row", "2019-04-11")
    assert told.url == "https://backrow.example/reviews/2019/04/11/salt-harvest/"
    assert told.title == "Salt Harvest"
    assert sorted(skipped(entries)) == ["has no front matter, so it is no post", "is a draft"]


def test_hugos_posts_take_their_address_from_their_place(tmp_path: Path) -> None:
    """A post's address is its place below content, a bundle's that of its folder or slug; drafts are skipped."""
    entries = [*read_posts(exports.hugo(tmp_path) / "content", ALL)]
    assert [(post.metadata.url, post.metadata.author) for post in documents(entries)] == [
        ("https://backrow.example/posts/nacht/", "Ada Lindqvist"),
        ("https://backrow.example/posts/salt-harvest/", "Ada Lindqvist"),
    ]
    assert skipped(entries) == ["is a list of posts, not a post", "is a draft"]


def test_a_folder_without_posts_and_damaged_settings_are_refused(tmp_path: Path) -> None:
    """A folder that holds no post, a file, and settings that are no YAML each get an error with the path."""
    with pytest.raises(InputError, match="holds no posts"):
        next(read_posts(tmp_path, ALL))
    exports.jekyll(tmp_path)
    with pytest.raises(InputError, match="is no folder"):
        next(read_posts(tmp_path / "_config.yml", ALL))
    (tmp_path / "_config.yml").write_text("title: [", encoding="utf-8")
    with pytest.raises(InputError, match="settings cannot be read"):
        next(read_posts(tmp_path, ALL))
