-- One row a thing under the number that its IRI and kind give (entries.key); "other" holds its further names, a line each.
CREATE TABLE thing (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL, detail TEXT NOT NULL,
  other TEXT NOT NULL, weight INTEGER NOT NULL
);
-- Every name of every thing, folded. Things of which more is said have lower ids: the first rows of an index are the
-- best hits.
CREATE TABLE name (id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, folded TEXT NOT NULL, kind TEXT NOT NULL);
-- Which ids of names belong to things of a weight: from "first" up to, not with, "past". Some are free, for later.
CREATE TABLE rank (weight INTEGER PRIMARY KEY, first INTEGER NOT NULL, past INTEGER NOT NULL);
CREATE VIRTUAL TABLE name_word USING fts5 (
  folded, content = 'name', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3'
);
-- Each spelling once, by three letters, for typing errors; and in how many spellings three letters occur.
CREATE TABLE spelling (id INTEGER PRIMARY KEY, folded TEXT NOT NULL);
CREATE VIRTUAL TABLE spelling_gram USING fts5 (
  folded, content = 'spelling', content_rowid = 'id', tokenize = 'trigram', detail = none
);
CREATE TABLE gram (gram TEXT PRIMARY KEY, spellings INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIEW named AS
  SELECT name.id, iri, name.kind, label, detail, weight, folded FROM name JOIN thing ON thing.id = name.thing;
-- The sentences of reviews, in the order of the text.
CREATE TABLE sentence (id INTEGER PRIMARY KEY, review INTEGER NOT NULL, text TEXT NOT NULL);
CREATE VIRTUAL TABLE sentence_word USING fts5 (
  text, content = 'sentence', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);
-- Who acted in or directed which film: numbers of things, packed (casts.pack), from either side.
CREATE TABLE cast_of (film INTEGER PRIMARY KEY, people BLOB NOT NULL);
CREATE TABLE career (person INTEGER PRIMARY KEY, films BLOB NOT NULL);
-- What the page of a film shows of it, packed (graph/dossier); and which film a character belongs to.
CREATE TABLE dossier (film INTEGER PRIMARY KEY, parts BLOB NOT NULL);
CREATE TABLE place (thing INTEGER, film INTEGER, PRIMARY KEY (thing, film)) WITHOUT ROWID;
CREATE TABLE count (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
-- Lists: the things of a kind by "slot". The slots below "ordered" are in the order of the sort keys; those of things
-- that came later follow in no order, until the file is made anew.
CREATE TABLE item (
  kind TEXT, slot INTEGER, thing INTEGER NOT NULL, sort TEXT NOT NULL, year INTEGER, PRIMARY KEY (kind, slot)
) WITHOUT ROWID;
CREATE TABLE ordered (kind TEXT PRIMARY KEY, slots INTEGER NOT NULL) WITHOUT ROWID;
-- Which things have a value of a facet: a bit for each slot, packed, for facets of few values...
CREATE TABLE facet (kind TEXT, facet TEXT, value TEXT, things INTEGER NOT NULL, bits BLOB NOT NULL, PRIMARY KEY (kind, facet, value));
-- ...and a row each for those of many; a person is told by the number of the thing.
CREATE TABLE mark (facet TEXT, value, slot INTEGER, PRIMARY KEY (facet, value, slot)) WITHOUT ROWID;
