"""Attacks by queries: monstrous texts, costly questions, bytes that are no text."""

from __future__ import annotations

import time

import pytest

from tests.webapp.attacks.service import CROSS, ENDLESS, FULL, LONGEST, Service, problem

TEN_THOUSAND = 10_000 if FULL else 2_000
TEXTS = {
    "long text": "SELECT * { ?s ?p '" + "x" * (10_000_000 if FULL else 500_000) + "' }",
    "brackets": "SELECT * {" + "(" * (100_000 if FULL else 5_000),
    "nested groups": "SELECT * " + "{" * TEN_THOUSAND + "}" * TEN_THOUSAND,
    "unions": "SELECT * {" + " {} UNION" * TEN_THOUSAND + " {} }",
    "optionals": "SELECT * {" + " OPTIONAL { ?s ?p ?o" * TEN_THOUSAND + " }" * (TEN_THOUSAND + 1),
    "sums": "SELECT (1" + "+1" * (100_000 if FULL else 50_000) + " AS ?x) {}",
    "minus signs": "SELECT (" + "-" * 50_000 + "1 AS ?x) {}",
    "exclamation marks": "SELECT * { FILTER(" + "!" * 100_000 + "true) }",
    "path": "SELECT * { ?s " + "/".join(["film:inFilm"] * TEN_THOUSAND) + " ?o }",
    "semicolons": "SELECT * { ?s " + "; " * 100_000 + " }",
    "blank nodes": "SELECT * { ?s ?p " + "[ ?q " * TEN_THOUSAND + "1" + "]" * TEN_THOUSAND + " }",
    "collections": "SELECT * { ?s ?p " + "(" * TEN_THOUSAND + ")" * TEN_THOUSAND + " }",
    "subqueries": "SELECT * " + "{ SELECT * " * TEN_THOUSAND + "{}" + "}" * TEN_THOUSAND,
    "functions": "SELECT (" + "STR(" * TEN_THOUSAND + "1" + ")" * TEN_THOUSAND + " AS ?x) {}",
    "prefixes": "".join(f"PREFIX p{n}: <urn:{n}> " for n in range(12_000)) + "ASK { p:x ?p ?o",
    "open string": "SELECT * { ?s ?p '''" + "'" * 100_000,
    "comments": "#" * 100_000 + "\n" + "# x\n" * 30_000,
}


@pytest.mark.parametrize("name", TEXTS)
def test_monstrous_text_is_refused(service: Service, name: str) -> None:
    """A text that is too long, too deep or too complex is told so, and never crashes what answers."""
    found = service.post(TEXTS[name])
    if found[0] != 200:
        problem(found, 400, 413, 503)


def test_huge_values_are_answered_or_refused(service: Service) -> None:
    """A list of values as long as a text may be is no attack."""
    status, _, body = service.post("SELECT (COUNT(*) AS ?n) { VALUES ?x { " + "1 " * 120_000 + "} }")
    assert (status, b'"120000"' in body) == (200, True)


COSTLY = {
    "cross product": ENDLESS,
    "sorted cross product": f"SELECT * {CROSS} ORDER BY ?a ?h",
    "distinct cross product": f"SELECT DISTINCT * {CROSS}",
    "paths over everything": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b . ?b (!<urn:x>|^!<urn:x>)* ?c }",
    "values that multiply": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?x{n} {{ {'1 ' * 200} }}" for n in range(6))
    + "}",
    "text that doubles": "SELECT (STRLEN(?x40) AS ?n) { BIND('x' AS ?x0) "
    + "".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1}) " for n in range(40))
    + "}",
    "text that is joined": f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?b), STR(?c), STR(?d))) AS ?x) {CROSS}",
    "pattern that backtracks": "SELECT (COUNT(*) AS ?n) { VALUES ?t { '" + "a" * 5_000 + "!' } ?a ?b ?c . ?d ?e ?f . "
    "?g ?h ?i FILTER REGEX(CONCAT(?t, STR(?c)), '^(a+)+$') }",
    "pattern that is large": "SELECT (REGEX('x', '(((((a{100}){100}){100}){100}){100})') AS ?x) {}",
    "rows without end": f"SELECT * {CROSS}",
    "triples without end": "CONSTRUCT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}


@pytest.mark.parametrize("name", COSTLY)
def test_costly_query_meets_a_limit(service: Service, name: str) -> None:
    """What would run for days or fill the memory ends in time with the limit that it met, or in an answer."""
    started = time.monotonic()
    found = service.post(COSTLY[name])
    assert time.monotonic() - started < LONGEST
    if found[0] != 200:
        said = problem(found, 400, 413, 503)
        assert said["status"] == 400 or said["limit"] in ("timeout", "memory", "result_bytes", "result_rows", "chain")


@pytest.mark.parametrize(
    "text", [b"SELECT ('\xff\xfe' AS ?x) {}", b"ASK { \0 }", b"\xef\xbb\xbf\xed\xa0\x80", b"\xff" * 1000, b"\0" * 1000]
)
def test_bytes_that_are_no_text_are_refused(service: Service, text: bytes) -> None:
    """Bad UTF-8, surrogates and NULs are the client's fault, told as such."""
    problem(service.post(text), 400)
