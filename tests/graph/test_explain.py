"""Queries in English and as algebra."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator

import pytest

from graph import ontology, query
from graph.errors import LimitError, QueryError
from graph.explain import Explainer, Line
from graph.store import MalformedQueryError, RefusedQueryError, read_prefixes

FILM = "https://w3id.org/filmgraph#"
LONGEST = 300.0
"""Seconds that anything may take on a machine however loaded."""


@pytest.fixture(scope="module")
def explainer() -> Iterator[Explainer]:
    """One process that explains."""
    made = Explainer(read_prefixes(ontology.PREFIXES), deadline=LONGEST)
    yield made
    made.close()


def told(lines: tuple[Line, ...], depth: int = 0) -> list[str]:
    """The lines as indented text, with the names of our terms."""
    made = []
    for line in lines:
        made += [" " * depth + line.text.replace(FILM, ""), *told(line.under, depth + 1)]
    return made


def said(explainer: Explainer, text: str) -> list[str]:
    """What a query says."""
    return told(explainer.explain(text).sentences)


@pytest.mark.parametrize("name", [*query.names("examples"), *query.names("lessons")])
def test_every_example_is_explained(name: str, explainer: Explainer) -> None:
    """Each example and each lesson has sentences and a tree, and none of the algebra's own names gets into words."""
    found = explainer.explain(query.load(name).text)
    text = "\n".join(told(found.sentences))
    assert found.algebra.under
    assert "agg_" not in text
    assert "Expression" not in text
    assert "GroupGraphPattern" not in text


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("?role a film:Role", "?role is Role"),
        ("?role film:performer ?who", "the performer of ?role is ?who"),
        ("?who film:played ?whom", "?who played ?whom"),
        ("?film film:director ?who", "?who directed ?film"),
        ('?role film:performer/film:name "Graham Rogers"', "the name of the performer of ?role is “Graham Rogers”"),
        ("?a film:workedWith+ ?b", "from ?a one comes to ?b by one step or more of workedWith"),
        ("?a ^film:actor ?b", "from ?a one comes to ?b by “actor” backwards"),
        ("?a film:actor|film:director ?b", "from ?a one comes to ?b by either actor or director"),
        ("?a ?b ?c", "?a has a property ?b, whose value is ?c"),
        ("?a film:runtime 90", "the runtime of ?a is 90"),
    ],
)
def test_patterns_become_sentences(pattern: str, words: str, explainer: Explainer) -> None:
    """A triple pattern or path is one plain sentence."""
    assert f" {words}" in said(explainer, f"SELECT * {{ {pattern} }}")


def test_patterns_are_told_in_the_order_of_the_text(explainer: Explainer) -> None:
    """What is written first is told first, inside EXISTS too, and the tree has the same order."""
    patterns = "?a film:name ?n . ?role a film:Role ; film:performer ?a ; film:inFilm ?f . ?f film:year 1990"
    expected = ["the name of ?a is ?n", "?role is Role", "the performer of ?role is ?a", "?role is in the film ?f"]
    for text in (f"SELECT * {{ {patterns} }}", f"SELECT * {{ ?x a ?y FILTER EXISTS {{ {patterns} }} }}"):
        found = "\n".join(said(explainer, text))
        places = [found.index(each) for each in expected]
        assert places == sorted(places), found
    assert said(explainer, f"SELECT * {{ {patterns} }}")[0] == "Find ?a, ?n, ?role and ?f"
    tree = "\n".join(told((explainer.explain(f"SELECT * {{ {patterns} }}").algebra,)))
    assert tree.index("name") < tree.index("performer") < tree.index("inFilm") < tree.index("year")


def test_groups_filters_and_orders_are_told_in_turn(explainer: Explainer) -> None:
    """What is done with the rows comes after the patterns, in the order in which it is done."""
    text = """SELECT ?who (COUNT(DISTINCT ?film) AS ?films) { ?who film:actedIn ?film }
              GROUP BY ?who HAVING (COUNT(DISTINCT ?film) > 2) ORDER BY DESC(?films) ?who LIMIT 5 OFFSET 10"""
    assert said(explainer, text) == [
        "Find ?who and ?films",
        "where all of this holds:",
        " ?who acted in ?film",
        "Put together the rows that have the same ?who",
        "Keep only those for which the number of different ?film is more than 2",
        "Let ?films be the number of different ?film",
        "Sort by ?films, the highest first, then by ?who",
        "Leave out the first 10 rows, stop after 5 rows",
    ]


def test_optional_union_and_absence_hold_their_own_lines(explainer: Explainer) -> None:
    """What may be missing, alternatives and what must not be stand apart, with their patterns beneath."""
    text = """SELECT DISTINCT ?f { { ?f film:actor ?a } UNION { ?f film:director ?a } OPTIONAL { ?f film:year ?y }
              FILTER(?y > 1950 && CONTAINS(?t, "x")) FILTER NOT EXISTS { ?f film:genre ?g } VALUES ?t { "a" "b" } }"""
    lines = said(explainer, text)
    assert lines[0] == "Find ?f, no row twice"
    assert lines[lines.index(" either") + 1] == "  ?a acts in ?f"
    assert lines[lines.index(" or") + 1] == "  ?a directed ?f"
    assert lines[lines.index(" and, where it is known:") + 1] == "  the year of ?f is ?y"
    assert lines[lines.index(" only where there is nothing for which") + 1] == "  ?f is of the genre ?g"
    assert " only where ?y is more than 1950" in lines
    assert " only where ?t contains “x”" in lines
    assert " ?t is one of “a” or “b”" in lines


def test_other_forms_have_their_own_beginning(explainer: Explainer) -> None:
    """ASK, CONSTRUCT and DESCRIBE say what they give."""
    assert said(explainer, "ASK { ?a film:played ?b }")[0].startswith("Is there anything")
    assert said(explainer, "CONSTRUCT { ?b film:name ?a } WHERE { ?a film:played ?b }")[0] == "Make these statements:"
    assert said(explainer, "DESCRIBE ?a { ?a film:played ?b }")[0] == "Tell everything that is stated of ?a"


def test_the_tree_is_the_algebra(explainer: Explainer) -> None:
    """Operators stand in the order in which they are applied, the innermost at the bottom."""
    tree = explainer.explain("SELECT ?a { ?a film:played ?b FILTER(?b != ?a) } LIMIT 3").algebra
    names = []
    while tree.under:
        names.append(tree.name)
        tree = tree.under[0]
    assert names == ["Select", "Slice", "Project", "Filter", "Patterns"]
    assert (tree.name, tree.text) == ("Triple", f"?a {FILM}played ?b")


def test_a_syntax_error_has_its_place(explainer: Explainer) -> None:
    """What is no query is refused with line and column, as where it is run."""
    with pytest.raises(MalformedQueryError) as caught:
        explainer.explain("SELECT ?a {\n  ?a film:played\n}")
    assert (caught.value.line, caught.value.hint != "") == (3, True)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("DROP ALL", RefusedQueryError),
        ("SELECT * { SERVICE <http://a.example/> { ?a ?b ?c } }", RefusedQueryError),
        ("ASK { FILTER(" + "(" * 100 + "1" + ")" * 100 + ") }", LimitError),
        ("ASK { " + "{} UNION " * 500 + "{} }", LimitError),
        ("ASK { ?s ?p '" + "x" * 20_000 + "' }", LimitError),
        ("SELECT * { " + "{ ?a ?b ?c } " * 150 + "}", QueryError),
        ("", MalformedQueryError),
    ],
)
def test_what_is_too_much_is_refused(text: str, error: type[Exception], explainer: Explainer) -> None:
    """Updates, other servers, and texts that are too long or too deep are refused, and the next query is explained."""
    with pytest.raises(error):
        explainer.explain(text)
    assert said(explainer, "ASK { ?a film:played ?b }")


def test_a_slow_reading_is_ended() -> None:
    """A query that takes too long to be read is given up at the deadline, and the next one is explained."""
    hasty = Explainer(read_prefixes(ontology.PREFIXES), deadline=LONGEST)
    assert said(hasty, "ASK { ?a film:played ?b }")
    hasty._deadline = 0.05
    with pytest.raises(LimitError, match=r"more than 0\.05 seconds"):
        hasty.explain("SELECT * { " + "{ ?a ?b ?c } " * 700 + "}")
    hasty._deadline = LONGEST
    assert said(hasty, "ASK { ?a film:played ?b }")
    hasty.close()


def test_a_process_that_ended_since_is_replaced() -> None:
    """A query is explained although the process died after the one before it, or just as it was asked."""
    steady = Explainer(read_prefixes(ontology.PREFIXES), deadline=LONGEST)
    first = said(steady, "ASK { ?a film:played ?b }")
    process = steady._process
    assert process
    process._popen.kill()
    assert said(steady, "ASK { ?a film:played ?b }") == first
    replaced = steady._process
    assert replaced not in (None, process)
    assert replaced
    replaced._popen.send_signal(signal.SIGSTOP)  # so that it does not end by itself before it is asked
    replaced._link.shutdown(socket.SHUT_RDWR)
    assert replaced.alive
    assert said(steady, "ASK { ?a film:played ?b }") == first
    steady.close()
