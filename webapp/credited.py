"""Lists of credits as HTML, each written in one go: a template takes four times as long, and films have hundreds."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markupsafe import Markup

from webapp.anchors import Anchors, apart, escaped
from webapp.pages import CastLine, CreditLine, FilmPage

Show = Callable[..., str]
"""The macro that shows passages: it takes them, the datasets that say so too, what of, and where more is said."""


def cast(roles: Iterable[CastLine], show: Show) -> Markup:
    """Who played whom, a line each, with its passages or the datasets that say so."""
    write = Anchors()
    return Markup("\n".join([_role(role, write, show) for role in roles]))  # noqa: S704  # escaped there


def crew(credits_: Iterable[CreditLine], job: str, show: Show) -> Markup:
    """Who did a job, a line each, with its passages or the datasets that say so."""
    write = Anchors()
    return Markup("".join([_credit(credit, job, write, show) for credit in credits_]))  # noqa: S704  # escaped there


def onward(page: FilmPage) -> Markup:
    """Other films that share cast, director or characters with a film, a line each."""
    write = Anchors()
    lines = [(it.film, f"with {it.count} of this cast") for it in page.same_cast]
    lines += [(it.film, f"also directed by {write.link(it.shared)}") for it in page.same_director if it.shared]
    lines += [(it.film, f"also has {write.link(it.shared)}") for it in page.same_characters if it.shared]
    shown = [f'<li>{write.cited(film)} <span class="quiet">{said}</span></li>' for film, said in lines]
    return Markup("\n".join(shown))  # noqa: S704  # escaped there


def _role(role: CastLine, write: Anchors, show: Show) -> str:
    if role.character:
        whom, described = write.link(role.character), ""
    else:
        words = apart(role.description or "a part without a name")
        whom, described = f'<a href="{escaped(write.href(role.iri))}">{words}</a>', " described"
    line = (
        f'<div class="line"><span class="who">{write.link(role.person)}</span><span class="leader">'
        f'<span class="hidden"> played </span></span><span class="whom{described}">{whom}</span></div>'
    )
    if role.proofs:
        saying = f"{role.person.label} as {role.whom}"
        return f"<li>{line}{show(role.proofs, role.datasets, saying, role.iri)}</li>"
    return f'<li class="bare">{line}{write.unproved(role.datasets) if role.datasets else ""}</li>'


def _credit(credit: CreditLine, job: str, write: Anchors, show: Show) -> str:
    line = f"<span>{write.link(credit.person)}</span>"
    if credit.proofs:
        return f"<li>{line}{show(credit.proofs, credit.datasets, f'{credit.person.label}, {job}')}</li>"
    return f'<li class="bare">{line}{write.unproved(credit.datasets) if credit.datasets else ""}</li>'
