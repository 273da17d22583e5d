"""Every blueprint of the site, one a file; `styles` comes in addition while the site is worked on."""

from __future__ import annotations

from webapp import (
    about,
    api,
    characters,
    discovery,
    dumps,
    editor,
    explain,
    feeds,
    films,
    genres,
    graphs,
    home,
    learn,
    ontology,
    parts,
    paths,
    people,
    query,
    reconcile,
    reviews,
    roles,
    search,
    share,
    sitemaps,
    sources,
    status,
    worklists,
)

_MODULES = (
    home, films, people, paths, graphs, characters, genres, reviews, roles, search, ontology, about, api, query,
    editor, share, explain, learn, discovery, worklists, parts, dumps, sources, feeds, sitemaps, status, reconcile,
)  # fmt: skip
BLUEPRINTS = tuple(module.blueprint for module in _MODULES)
