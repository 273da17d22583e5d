"""Gives the columns of ``SELECT *`` the order in which a query names them; the engine sorts them by their names."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import QuerySolutions, Store

from graph.store.syntax import columns, star


def in_order(query: str, base: str | None = None, prefixes: Mapping[str, str] | None = None) -> str:
    """The query with its variables in the place of the star; as it is where it has no star, or cannot be read.

    Which variables a star stands for is asked of the engine itself, with no data, so that the answer is the same.

    >>> in_order("SELECT * { ?who <a:played> ?whom MINUS { ?whom <a:in> ?film } }")
    'SELECT ?who ?whom { ?who <a:played> ?whom MINUS { ?whom <a:in> ?film } }'
    """
    place = star(query)
    if place is None or "service" in query.lower():
        return query
    try:
        found = Store().query(query, base_iri=base, prefixes=dict(prefixes or {}))
    except (SyntaxError, OSError, RuntimeError):
        return query  # who asks the data will hear of it
    names = [variable.value for variable in found.variables] if isinstance(found, QuerySolutions) else []
    if not names:
        return query
    spelt = " ".join(f"?{name}" for name in columns(names, query))
    return f"{query[:place]}{spelt}{query[place + 1 :]}"
