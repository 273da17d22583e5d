-- What is made from the filled tables.
CREATE INDEX name_folded ON name (folded, thing);
CREATE INDEX sentence_review ON sentence (review);
INSERT INTO name_word (name_word) VALUES ('rebuild');
INSERT INTO spelling (folded) SELECT DISTINCT folded FROM name WHERE length(folded) > 2 ORDER BY folded;
INSERT INTO spelling_gram (spelling_gram) VALUES ('rebuild');
CREATE VIRTUAL TABLE temp.gram_list USING fts5vocab (main, spelling_gram, row);
INSERT INTO gram SELECT term, doc FROM temp.gram_list ORDER BY term;
DROP TABLE temp.gram_list;
INSERT INTO sentence_word (sentence_word) VALUES ('rebuild');
CREATE UNIQUE INDEX item_thing ON item (thing);
CREATE INDEX item_sort ON item (kind, sort);
