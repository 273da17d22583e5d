-- One row a thing, ids ascending from the thing of which most is said; "other" holds its further names.
CREATE TABLE thing (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL, detail TEXT NOT NULL,
  other TEXT NOT NULL, weight INTEGER NOT NULL
);
-- Every name of every thing, folded, in the order of the things: the first rows of an index are the best hits.
CREATE TABLE name (id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, folded TEXT NOT NULL, kind TEXT NOT NULL);
CREATE INDEX name_folded ON name (folded);
CREATE VIRTUAL TABLE name_word USING fts5 (
  folded, content = 'name', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3'
);
-- The same names by three letters, for typing errors.
CREATE VIRTUAL TABLE name_gram USING fts5 (
  folded, content = 'name', content_rowid = 'id', tokenize = 'trigram', detail = none
);
CREATE VIEW named AS
  SELECT name.id, iri, name.kind, label, detail, weight, folded FROM name JOIN thing ON thing.id = name.thing;
-- The sentences of reviews, in the order of the text.
CREATE TABLE sentence (id INTEGER PRIMARY KEY, review INTEGER NOT NULL, text TEXT NOT NULL);
CREATE VIRTUAL TABLE sentence_word USING fts5 (
  text, content = 'sentence', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TABLE count (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
