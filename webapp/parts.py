"""Parts of lists with addresses of their own: films of a year or a decade, reviews of an outlet or a reviewer."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from webapp import links
from webapp.listing import Part, listed
from webapp.site import view

blueprint = Blueprint("parts", __name__)
Links = tuple[tuple[str, str], ...]
LONGEST = 400
"""Characters of a name."""


@blueprint.get("/year/<int:year>", defaults={"suffix": ""})
@blueprint.get("/year/<int:year><any('.json', '.csv'):suffix>")
def year(year: int, suffix: str) -> Response:
    """The films of one year, by title."""
    lists = view().lists
    value, base = f"{year:04}", links.base()
    years = lists.values("film", "year") if lists else []
    if lists is None or (not years and view().folder is None):  # a server may take too long to tell them
        return redirect(url_for("films.listing", order="year", year=value))
    if value not in years:
        abort(404)
    decade = f"{value[:3]}0s"
    above = (("Films", f"{base}films"), (decade, f"{base}decade/{decade}"))
    part = Part(f"Films of {year}", "year", value, above, _beside(years, value, f"{base}year/", ""))
    return listed(f"year/{year}{suffix}", "films", part)


@blueprint.get("/decade/<int:decade>s", defaults={"suffix": ""})
@blueprint.get("/decade/<int:decade>s<any('.json', '.csv'):suffix>")
def decade(decade: int, suffix: str) -> Response:
    """The films of ten years, by title, with links to each year."""
    lists = view().lists
    value, base = f"{decade:04}", links.base()
    decades = lists.values("film", "decade") if lists else []
    if lists is None or (not decades and view().folder is None):
        return redirect(url_for("films.listing", order="year", year=f"{decade + 9:04}"))
    if value not in decades:
        abort(404)
    years = [each for each in lists.values("film", "year") if each[:3] == value[:3]]
    beside = _beside(decades, value, f"{base}decade/", "s")
    within = tuple((each, f"{base}year/{int(each)}") for each in years)
    part = Part(f"Films of the {decade}s", "decade", value, (("Films", f"{base}films"),), beside, within)
    return listed(f"decade/{decade}s{suffix}", "films", part)


@blueprint.get("/<any(outlet, reviewer):facet>/<path:name>")
def byline(facet: str, name: str) -> Response:
    """The reviews that an outlet published or a reviewer wrote, by film; how many of them prove a role."""
    value = name.removesuffix(".json").removesuffix(".csv")[:LONGEST]
    lists = view().lists
    if lists is not None and lists.count("review", {facet: value}) == 0:
        abort(404)
    title = f"Reviews {'in' if facet == 'outlet' else 'by'} {value}"
    part = Part(title, facet, value, (("Reviews", f"{links.base()}reviews"),))
    return listed(f"{facet}/{name}", "reviews", part)


def _beside(values: list[str], value: str, place: str, end: str) -> Links:
    """The value before and the value after one, linked."""
    at = values.index(value)
    near = [*values[max(at - 1, 0) : at], *values[at + 1 : at + 2]]
    return tuple((f"{int(each)}{end}", f"{place}{int(each)}{end}") for each in near)
