"""What the class names of a page's elements say, and what they must not be taken to say."""

from __future__ import annotations

import pytest
from lxml import html

from graph.facts import Rating
from graph.sources.page_marks import read_marks


@pytest.mark.parametrize(
    ("body", "author", "published"),
    [
        (
            '<p class="byline">By Ada Lorne</p><i class="published" title="2018-03-04T10:00"></i>',
            "Ada Lorne",
            "2018-03-04",
        ),
        ('<a rel="author" href="/ada">Ada de Lorne</a>', "Ada de Lorne", None),
        ('<span class="author vcard">by <b class="fn">Ada Lorne</b></span>', "Ada Lorne", None),
        ('<span class="entry-date"><time datetime="2018-03-04">4 March</time></span>', None, "2018-03-04"),
        ('<span class="author">admin</span><span class="published">4 March</span>', None, None),
        ('<p class="byline">Ada Lorne | 4 March 2018</p>', None, None),
        (
            '<ol id="comments"><b class="author">Rita Foss</b><i class="published" title="2018-03-04"></i></ol>',
            None,
            None,
        ),
        ('<aside><span class="author">Rita Foss</span></aside>', None, None),
    ],
)
def test_writer_and_date_of_a_post(body: str, author: str | None, published: str | None) -> None:
    """The post's own marks name its writer and date; comments, what stands beside it, and a login's name do not."""
    found = read_marks(html.document_fromstring(f"<html><body>{body}</body></html>"))
    assert (found.author, found.published) == (author, published)


@pytest.mark.parametrize(
    ("rating", "expected"),
    [
        ('<span class="rating">3.5</span>', (3.5, 5.0)),
        (
            '<span class="rating"><abbr class="value" title="7">good</abbr> of <i class="best">10</i></span>',
            (7.0, 10.0),
        ),
        ('<span class="rating">good</span>', None),
        ('<span class="rating">85</span>', None),
    ],
)
def test_rating_of_an_hreview(rating: str, expected: tuple[float, float] | None) -> None:
    """An hReview's rating ends at its own best value, or at 5; what lies beyond is none, nor is a rating outside."""
    page = f'<html><body><div class="hreview"><p class="item">Salt</p>{rating}</div></body></html>'
    found = read_marks(html.document_fromstring(page))
    assert (found.title, found.ratings) == ("Salt", (Rating("own", *expected),) if expected else ())
    assert read_marks(html.document_fromstring(page.replace("hreview", "post"))).ratings == ()
