"""One frozen dataclass per page: all that a template, and the page's ``.json``, sees.

``None`` means that no source says so; an empty tuple means that there is none. IRIs are absolute; templates turn those
of this site into links of their own.
"""

from webapp.pages.api import ApiField, ApiGroup, ApiPage, ApiParameter, ApiRoute, ApiSchema
from webapp.pages.characters import CharacterPage, Face, FaceYear
from webapp.pages.dumps import Dump, DumpFile, DumpsPage
from webapp.pages.explaining import ExplainPage, Told, Word
from webapp.pages.films import CastLine, CreditLine, FilmPage, JobLine, Meeting, Rating, Said
from webapp.pages.graph import GraphFilm, GraphPage, Tie
from webapp.pages.learning import LearnPage, LessonPage, Shown, Step
from webapp.pages.lists import Entry, Facet, ListPage, Option
from webapp.pages.ontology import Box, Diagram, Line, OntologyPage, Shape, ShapesPage, Term, TermPage
from webapp.pages.parts import Difference, FilmRef, Mention, Piece, Proof, Ref, ReviewCard, Side, Withdrawn
from webapp.pages.paths import End, Hop, PathPage
from webapp.pages.people import Colleague, Moment, Part, PersonPage, Returned, Year
from webapp.pages.query import Cell, Example, Group, Known, QueryPage, ResultTable, Sample, SharePage
from webapp.pages.reviews import Fact, Paragraph, ReviewPage, Segment, Verdict
from webapp.pages.search import Found, SearchPage, Suggestion, Suggestions
from webapp.pages.site import AboutPage, Backing, ErrorPage, Figure, HomePage, Pick, Question, Source
from webapp.pages.sources import SourcePage, SourcesPage
from webapp.pages.status import Check, ReadyPage
from webapp.pages.styles import StylesPage
from webapp.pages.things import Billed, FactPage, Statement, ThingPage
from webapp.pages.worklists import Work, Worklist, WorklistPage, WorklistsPage

__all__ = [
    "AboutPage",
    "ApiField",
    "ApiGroup",
    "ApiPage",
    "ApiParameter",
    "ApiRoute",
    "ApiSchema",
    "Backing",
    "Billed",
    "Box",
    "CastLine",
    "Cell",
    "CharacterPage",
    "Check",
    "Colleague",
    "CreditLine",
    "Diagram",
    "Difference",
    "Dump",
    "DumpFile",
    "DumpsPage",
    "End",
    "Entry",
    "ErrorPage",
    "Example",
    "ExplainPage",
    "Face",
    "FaceYear",
    "Facet",
    "Fact",
    "FactPage",
    "Figure",
    "FilmPage",
    "FilmRef",
    "Found",
    "GraphFilm",
    "GraphPage",
    "Group",
    "HomePage",
    "Hop",
    "JobLine",
    "Known",
    "LearnPage",
    "LessonPage",
    "Line",
    "ListPage",
    "Meeting",
    "Mention",
    "Moment",
    "OntologyPage",
    "Option",
    "Paragraph",
    "Part",
    "PathPage",
    "PersonPage",
    "Pick",
    "Piece",
    "Proof",
    "QueryPage",
    "Question",
    "Rating",
    "ReadyPage",
    "Ref",
    "ResultTable",
    "Returned",
    "ReviewCard",
    "ReviewPage",
    "Said",
    "Sample",
    "SearchPage",
    "Segment",
    "Shape",
    "ShapesPage",
    "SharePage",
    "Shown",
    "Side",
    "Source",
    "SourcePage",
    "SourcesPage",
    "Statement",
    "Step",
    "StylesPage",
    "Suggestion",
    "Suggestions",
    "Term",
    "TermPage",
    "ThingPage",
    "Tie",
    "Told",
    "Verdict",
    "Withdrawn",
    "Word",
    "Work",
    "Worklist",
    "WorklistPage",
    "WorklistsPage",
    "Year",
]
