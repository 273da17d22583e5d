-- What the queries of graph/queries/sidecar/ ask, on a table "said" of all statements (terms as in N-Triples).
CREATE OR REPLACE TEMP MACRO film(name) AS '<https://w3id.org/filmgraph#' || name || '>';
CREATE OR REPLACE TEMP MACRO unescaped(words) AS CASE WHEN contains(words, '\') THEN
  replace(replace(replace(replace(replace(replace(replace(replace(words, '\\', chr(1)), '\"', '"'), '\n', chr(10)),
    '\r', chr(13)), '\t', chr(9)), '\b', chr(8)), '\f', chr(12)), chr(1), '\') ELSE words END;
-- The text of a literal, or the IRI.
CREATE OR REPLACE TEMP MACRO words(term) AS CASE
  WHEN starts_with(term, '"') AND ends_with(term, '"') THEN unescaped(substr(term, 2, length(term) - 2))
  WHEN starts_with(term, '"') THEN unescaped(regexp_extract(term, '^"(.*)"(@|\^\^)', 1, 's'))
  WHEN starts_with(term, '<') THEN substr(term, 2, length(term) - 2) ELSE term END;

CREATE TEMP TABLE kinds (class VARCHAR, kind VARCHAR);
INSERT INTO kinds VALUES (film('Film'), 'film'), (film('Person'), 'person'), (film('Character'), 'character'),
  (film('Genre'), 'genre'), (film('Review'), 'review'), (film('Role'), 'role'), (film('Evidence'), 'evidence');
CREATE TEMP TABLE typed AS
  SELECT DISTINCT s, kind FROM said JOIN kinds ON class = o
  WHERE p = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>';
CREATE TEMP TABLE of_film AS SELECT DISTINCT s, o AS film FROM said WHERE p = film('inFilm') OR p = film('reviewOf');

CREATE TEMP TABLE named (s VARCHAR, kind VARCHAR, name VARCHAR, main BOOLEAN);
INSERT INTO named SELECT DISTINCT s, 'film', words(o), true FROM said WHERE p = film('title');
INSERT INTO named
  SELECT DISTINCT s, 'film', words(o), false FROM said SEMI JOIN (FROM typed WHERE kind = 'film') t USING (s)
  WHERE p = film('originalTitle') OR p = '<http://www.w3.org/2004/02/skos/core#altLabel>';
INSERT INTO named
  SELECT DISTINCT s, kind, words(o), true FROM said JOIN typed USING (s)
  WHERE p = film('name') AND kind IN ('person', 'character', 'genre') AND (kind <> 'character' OR s IN (SELECT s FROM of_film));
INSERT INTO named
  SELECT DISTINCT s, kind, words(o), true FROM said JOIN typed USING (s)
  WHERE p = '<http://www.w3.org/2000/01/rdf-schema#label>' AND kind = 'review';

CREATE TEMP TABLE film_label AS
  SELECT s AS film, coalesce(min(name) FILTER (main), min(name)) AS label FROM named WHERE kind = 'film' GROUP BY s;
CREATE TEMP TABLE detail AS
  SELECT s, 'film' AS kind, list(DISTINCT words(o)) AS details FROM said WHERE p = film('year') GROUP BY s;
INSERT INTO detail
  SELECT s, kind, list(DISTINCT label) FROM typed JOIN of_film USING (s) JOIN film_label USING (film)
  WHERE kind IN ('character', 'review') GROUP BY s, kind;
CREATE TEMP TABLE weight AS
  SELECT o AS s, count(DISTINCT s) AS weight FROM said
  WHERE p IN (film('inFilm'), film('person'), film('performer'), film('character'), film('genre'), film('reviewOf'))
  GROUP BY o;

CREATE TEMP TABLE entry AS
  SELECT substr(s, 2, length(s) - 2) AS iri, kind, names, others, coalesce(details, []) AS details, coalesce(weight, 0) AS weight
  FROM (
    SELECT s, kind, coalesce(list(name) FILTER (main), []) AS names, coalesce(list(name) FILTER (NOT main), []) AS others
    FROM named GROUP BY s, kind
  ) LEFT JOIN detail USING (s, kind) LEFT JOIN weight USING (s);

CREATE TEMP TABLE figure AS
  SELECT name, (SELECT count(*) FROM typed WHERE typed.kind = wanted.kind) AS value
  FROM (VALUES ('films', 'film'), ('people', 'person'), ('characters', 'character'), ('roles', 'role'),
    ('reviews', 'review'), ('genres', 'genre')) wanted (name, kind);
INSERT INTO figure
  SELECT 'roles_with_evidence', count(DISTINCT s) FROM said SEMI JOIN (FROM typed WHERE kind = 'role') t USING (s)
  WHERE p = film('evidence');
INSERT INTO figure
  SELECT 'sources', count(DISTINCT s) FROM said ANTI JOIN (FROM typed WHERE kind = 'evidence') t USING (s)
  WHERE p = film('sha256');

CREATE TEMP VIEW text_of AS
  SELECT DISTINCT substr(s, 2, length(s) - 2) AS review, words(o) AS text FROM said WHERE p = film('text') ORDER BY review;
CREATE TEMP VIEW quote_of AS
  SELECT DISTINCT substr(t.s, 2, length(t.s) - 2) AS review, words(quote.o) AS text
  FROM said quote JOIN said place ON place.s = quote.s JOIN typed t ON t.s = place.o
  WHERE quote.p = film('quote') AND place.p = film('inSource') AND t.kind = 'review'
    AND t.s NOT IN (SELECT s FROM said WHERE p = film('text'))
  ORDER BY review, text;

CREATE TEMP TABLE in_film AS SELECT s, o AS film FROM said WHERE p = film('inFilm');
CREATE TEMP TABLE played AS SELECT s, o AS person FROM said WHERE p = film('performer');
CREATE TEMP TABLE did AS
  SELECT person.s, person.o AS person, job.o AS job
  FROM said person JOIN said job ON job.s = person.s WHERE person.p = film('person') AND job.p = film('job');
CREATE TEMP TABLE proved AS
  SELECT s, o AS evidence, s IN (SELECT s FROM typed WHERE kind = 'role') AS role FROM said WHERE p = film('evidence');
CREATE TEMP TABLE mark (s VARCHAR, kind VARCHAR, facet VARCHAR, value VARCHAR);
INSERT INTO mark SELECT s, kind, 'year', words(o) FROM said JOIN typed USING (s) WHERE p = film('year') AND kind = 'film';
INSERT INTO mark SELECT s, kind, 'genre', words(o) FROM said JOIN typed USING (s) WHERE p = film('genre') AND kind = 'film';
INSERT INTO mark SELECT film, 'film', 'director', words(person) FROM did JOIN in_film USING (s) WHERE job = '"director"';
INSERT INTO mark SELECT film, 'film', 'actor', words(person) FROM played JOIN in_film USING (s);
INSERT INTO mark SELECT film, 'film', 'actor', words(person) FROM did JOIN in_film USING (s) WHERE job = '"actor"';
INSERT INTO mark SELECT DISTINCT o, 'film', 'reviews', 'yes' FROM said WHERE p = film('reviewOf');
INSERT INTO mark SELECT DISTINCT film, 'film', 'evidence', 'yes' FROM proved JOIN in_film USING (s) WHERE role;
INSERT INTO mark
  SELECT rating.s, 'film', 'score', words(value.o) || '/' || words(best.o)
  FROM said rating JOIN said value ON value.s = rating.o JOIN said best ON best.s = rating.o
  WHERE rating.p = film('rating') AND value.p = film('ratingValue') AND best.p = film('bestRating');
INSERT INTO mark SELECT DISTINCT person, 'person', 'job', 'actor' FROM played;
INSERT INTO mark SELECT DISTINCT person, 'person', 'job', words(job) FROM did;
INSERT INTO mark SELECT DISTINCT person, 'person', 'evidence', 'yes' FROM played JOIN proved USING (s);
INSERT INTO mark
  SELECT of_film.s, typed.kind, 'year', words(o)
  FROM of_film JOIN typed USING (s) JOIN said ON said.s = film WHERE p = film('year') AND typed.kind = 'character';
INSERT INTO mark
  SELECT review.s, 'review', CASE said.p WHEN film('year') THEN 'year' ELSE 'genre' END, words(said.o)
  FROM said review JOIN said ON said.s = review.o WHERE review.p = film('reviewOf') AND said.p IN (film('year'), film('genre'));
INSERT INTO mark SELECT DISTINCT o, 'character', 'evidence', 'yes' FROM said SEMI JOIN proved USING (s) WHERE p = film('character');
INSERT INTO mark
  SELECT s, kind, CASE p WHEN film('outlet') THEN 'outlet' ELSE 'reviewer' END, words(o)
  FROM said JOIN typed USING (s) WHERE kind = 'review' AND p IN (film('outlet'), film('reviewer'));
INSERT INTO mark
  SELECT DISTINCT said.o, 'review', 'evidence', 'yes' FROM said JOIN proved ON said.s = evidence JOIN typed ON typed.s = said.o
  WHERE p = film('inSource') AND role AND typed.kind = 'review';
CREATE TEMP VIEW marked AS SELECT substr(s, 2, length(s) - 2) AS iri, kind, facet, value FROM mark;

-- The number of a thing, as entries.key gives it.
CREATE OR REPLACE TEMP MACRO key_of(kind, iri) AS
  (('0x' || substr(md5(kind || ' ' || substr(iri, 2, length(iri) - 2)), 1, 16))::UBIGINT >> 1)::BIGINT;
CREATE TEMP TABLE worked AS
  SELECT DISTINCT key_of('film', film) AS film, key_of('person', person) AS person
  FROM (SELECT s, person FROM played UNION ALL SELECT s, person FROM did WHERE job IN ('"actor"', '"director"'))
  JOIN in_film USING (s) WHERE starts_with(film, '<') AND starts_with(person, '<');
CREATE TEMP VIEW cast_of AS SELECT film, list(person ORDER BY person) AS people FROM worked GROUP BY film ORDER BY film;
CREATE TEMP VIEW career AS SELECT person, list(film ORDER BY film) AS films FROM worked GROUP BY person ORDER BY person;
CREATE TEMP VIEW place AS
  SELECT DISTINCT substr(s, 2, length(s) - 2) AS character, substr(o, 2, length(o) - 2) AS film
  FROM said SEMI JOIN (FROM typed WHERE kind = 'character') t USING (s)
  WHERE p = film('inFilm') AND starts_with(s, '<') AND starts_with(o, '<') ORDER BY character, film;
