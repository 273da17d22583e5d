"""Nothing of SPARQL is lost on the way: the endpoint gives what the engine itself gives, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from graph import build, ontology, query, snapshot
from graph.store import Form, Snapshot, outline, read_prefixes, types_for

OWN = [each.text for each in (*map(query.load, query.names()), *query.examples())]
FEATURES = """
ASK { ?s a film:Film }
ASK { ?s a <urn:none> }
SELECT * { ?s film:title ?t } ORDER BY ?t LIMIT 5
SELECT REDUCED ?g { ?f film:genre ?g } ORDER BY ?g LIMIT 3
SELECT DISTINCT (LCASE(?t) AS ?l) { ?s film:title ?t } ORDER BY ?l OFFSET 2 LIMIT 3
SELECT ?y (COUNT(DISTINCT ?f) AS ?n) { ?f film:year ?y } GROUP BY ?y HAVING (COUNT(?f) > 2) ORDER BY ?y
SELECT (SUM(?x) AS ?s) (AVG(?x) AS ?a) (MIN(?x) AS ?i) (MAX(?x) AS ?m) { VALUES ?x { 1 2.5 3e0 } }
SELECT (GROUP_CONCAT(?x; SEPARATOR='|') AS ?s) (SAMPLE(?x) AS ?one) { VALUES ?x { 'a' 'a' } }
SELECT (COUNT(*) AS ?n) { }
SELECT (AVG(?x) AS ?a) { VALUES ?x { } }
SELECT ?a ?b { VALUES (?a ?b) { (1 UNDEF) (UNDEF 'x'@en) (<urn:x> '2017'^^xsd:gYear) } }
SELECT ?a { VALUES ?a { 1 2 3 } FILTER(?a IN (1, 3)) FILTER(?a NOT IN (3)) }
SELECT ?a { VALUES ?a { 1 'x' } FILTER(?a > 0 || ?a = 'x') FILTER(!(?a = 2) && BOUND(?a)) }
SELECT ?s { ?s a film:Person FILTER EXISTS { ?r film:performer ?s } } ORDER BY ?s LIMIT 3
SELECT ?s { ?s a film:Person FILTER NOT EXISTS { ?f film:director ?s } } ORDER BY ?s LIMIT 3
SELECT ?s { ?s a film:Person MINUS { ?f film:director ?s } } ORDER BY ?s LIMIT 3
SELECT ?f ?d { ?f a film:Film OPTIONAL { ?f film:director ?d } } ORDER BY ?f ?d LIMIT 5
SELECT ?x { { ?x a film:Genre } UNION { ?x a film:Character } } ORDER BY ?x LIMIT 4
SELECT ?n { ?r film:performer/film:name ?n ; film:inFilm/film:title ?t } ORDER BY ?n ?t LIMIT 4
SELECT ?b { ?a ^film:performer/film:character ?b } ORDER BY ?b LIMIT 3
SELECT (COUNT(*) AS ?n) { ?a (film:inFilm|film:performer) ?b }
SELECT (COUNT(*) AS ?n) { ?a !(rdf:type|^film:inFilm) ?b }
SELECT DISTINCT ?c { film:Role rdfs:subClassOf* ?c } ORDER BY ?c
SELECT DISTINCT ?c { film:Role rdfs:subClassOf+ ?c } ORDER BY ?c
SELECT ?c { film:Role rdfs:subClassOf? ?c } ORDER BY ?c
SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g
SELECT ?t { { SELECT ?f { ?f a film:Film } ORDER BY ?f LIMIT 2 } ?f film:title ?t } ORDER BY ?t
SELECT (STRLEN('日本') AS ?l) (SUBSTR('abc', 2, 1) AS ?s) (UCASE('é') AS ?u) (CONCAT('a', 'b') AS ?c) {}
SELECT (STRBEFORE('abc', 'b') AS ?b) (STRAFTER('abc', 'b') AS ?a) (CONTAINS('abc', 'b') AS ?c) {}
SELECT (REPLACE('abab', 'b', 'c') AS ?r) (REGEX('Abc', '^a', 'i') AS ?m) (ENCODE_FOR_URI('a b') AS ?e) {}
SELECT (ABS(-1.5) AS ?a) (CEIL(1.2) AS ?c) (FLOOR(1.8) AS ?f) (ROUND(2.5) AS ?r) (1/3 AS ?d) (1e0/0 AS ?i) {}
SELECT (YEAR('2017-03-04T05:06:07Z'^^xsd:dateTime) AS ?y) (TZ('2017-03-04T05:06:07Z'^^xsd:dateTime) AS ?z) {}
SELECT (MD5('a') AS ?m) (SHA1('a') AS ?h) (SHA256('a') AS ?i) {}
SELECT (IF(1 < 2, 'yes', 'no') AS ?i) (COALESCE(?none, 3) AS ?c) (1 + 'x' AS ?error) {}
SELECT (STRDT('1', xsd:integer) AS ?d) (STRLANG('a', 'en') AS ?l) (IRI('x') AS ?i) (DATATYPE(1.0) AS ?t) {}
SELECT (LANG('a'@en) AS ?l) (LANGMATCHES('en-GB', 'en') AS ?m) (sameTerm(1, 1.0) AS ?s) (isNumeric(1) AS ?n) {}
SELECT ('tab\\tnew\\nline"quote' AS ?x) ('comma, here' AS ?y) {}
SELECT (xsd:integer('7') AS ?i) (xsd:boolean('true') AS ?b) (xsd:double('1') AS ?d) (xsd:string(1) AS ?s) {}
SELECT ?x { BIND(1 AS ?x) } VALUES ?x { 1 2 }
SELECT * { ?s ?p ?o } LIMIT 0
CONSTRUCT { ?f schema:name ?t } WHERE { ?f film:title ?t }
CONSTRUCT WHERE { ?f film:genre ?g }
CONSTRUCT { [] film:title ?t } WHERE { SELECT ?t { ?f film:title ?t } ORDER BY ?t LIMIT 1 }
DESCRIBE film:Role
DESCRIBE ?f { ?f a film:Film ; film:title ?t } ORDER BY ?t LIMIT 1
""".strip().splitlines()


@pytest.fixture(scope="module")
def engine(sample: build.Place) -> Iterator[Snapshot]:
    """The engine on the sample, with nothing in between."""
    with snapshot.open_current(sample.data, read_prefixes(ontology.PREFIXES)) as found:
        yield found


@pytest.mark.parametrize(("text", "forms"), [*((text, 3) for text in FEATURES), *((text, 1) for text in OWN)])
def test_endpoint_gives_what_the_engine_gives(client: FlaskClient, engine: Snapshot, text: str, forms: int) -> None:
    """Every query has the same answer by HTTP as from the engine, in the forms that it can be given in."""
    form = outline(text).form
    assert form is not None
    for media in types_for(form)[:forms]:
        answer = client.post(
            "/sparql", data=urlencode({"query": text}), headers={"Accept": media},
            content_type="application/x-www-form-urlencoded",
        )  # fmt: skip
        assert (answer.status_code, answer.mimetype) == (200, media), answer.text
        theirs, ours = _told(engine, text, media), answer.data
        if "BNODE" in text or "[]" in text:
            assert len(_unnamed(theirs)) == len(_unnamed(ours))
        else:
            assert (
                sorted(theirs.splitlines()) == sorted(ours.splitlines()) if form is Form.CONSTRUCT else theirs == ours
            )


def _unnamed(answer: bytes) -> bytes:
    """An answer without the names of blank nodes, which are new each time and not all of one length."""
    return re.sub(rb"\b[0-9a-f]{24,32}\b", b"", answer)


def _told(engine: Snapshot, text: str, media: str) -> bytes:
    output = BytesIO()
    engine.write(text, media, output, base="http://localhost:8000/sparql")
    return output.getvalue()
