-- What the queries of graph/queries/dossier/ ask of some thousand films at a time, so that memory is bounded. What is no
-- temporary table is read by several cursors at once, which see no temporary ones; it stands in the order of the films,
-- since several sorts at once would need more memory than there is.
CREATE OR REPLACE TABLE titled AS SELECT film FROM every_title WHERE part = getvariable('part') ORDER BY film;
CREATE OR REPLACE TEMP TABLE stated AS
  SELECT s, o AS film, coalesce(string_agg(DISTINCT source, ' ' ORDER BY source), '') AS sources
  FROM said SEMI JOIN titled ON film = o LEFT JOIN origin USING (g) WHERE p = film('inFilm') GROUP BY s, o;
CREATE OR REPLACE TEMP TABLE whom AS
  SELECT said.s, min({'name': name, 'iri': words(o)}) AS whom
  FROM said JOIN called ON called.s = o SEMI JOIN stated ON stated.s = said.s WHERE p = film('character') GROUP BY said.s;
CREATE OR REPLACE TEMP TABLE described AS
  SELECT s, min(words(o)) AS words FROM said SEMI JOIN stated USING (s) WHERE p = film('roleDescription') GROUP BY s;

CREATE OR REPLACE TEMP TABLE billed AS
  SELECT s, min(TRY_CAST(regexp_extract(o, '^"(-?[0-9]+)"\^\^<http://www.w3.org/2001/XMLSchema#integer>$', 1) AS BIGINT)) AS place
  FROM said SEMI JOIN stated USING (s) WHERE p = film('billing') GROUP BY s;

CREATE OR REPLACE TEMP VIEW proved_film AS SELECT film FROM titled SEMI JOIN proven ON proven.s = film;
CREATE OR REPLACE TABLE film_fact AS
  SELECT DISTINCT s AS film, p, o, source FROM said JOIN origin USING (g) SEMI JOIN titled ON titled.film = said.s
  WHERE p IN (film('title'), film('originalTitle'), film('year'), film('runtime'), film('certificate'), film('country'),
    film('studio'), film('tagline'), film('description')) ORDER BY film;
CREATE OR REPLACE TABLE film_role AS
  SELECT film, words(s), min(who).iri, min(who).name, any_value(whom).iri, any_value(whom).name, any_value(words),
    bool_or(proven), any_value(place), any_value(sources)
  FROM (
    SELECT film, s, sources, {'name': name, 'iri': words(person)} AS who, whom, words, proven.s IS NOT NULL AS proven, place
    FROM stated JOIN played USING (s) JOIN called ON called.s = person SEMI JOIN titled USING (film)
    LEFT JOIN whom ON whom.s = stated.s LEFT JOIN described ON described.s = stated.s LEFT JOIN billed ON billed.s = stated.s
    LEFT JOIN proven ON proven.s = stated.s
  ) GROUP BY film, s ORDER BY film;
CREATE OR REPLACE TABLE film_credit AS
  SELECT film, words(s), min(job), min(who).iri, min(who).name, bool_or(proven), any_value(sources)
  FROM (
    SELECT film, s, sources, words(job) AS job, {'name': name, 'iri': words(person)} AS who, proven.s IS NOT NULL AS proven
    FROM stated JOIN did USING (s) JOIN called ON called.s = person SEMI JOIN titled USING (film)
    LEFT JOIN proven ON proven.s = stated.s
  ) GROUP BY film, s ORDER BY film;
CREATE OR REPLACE TABLE film_genre AS
  SELECT DISTINCT said.s AS film, words(said.o), words(name.o)
  FROM said JOIN said name ON name.s = said.o SEMI JOIN titled ON titled.film = said.s
  WHERE said.p = film('genre') AND name.p = film('name') ORDER BY film;
CREATE OR REPLACE TABLE film_rating AS
  SELECT DISTINCT rated.s AS film, words(rated.o), words(kind.o), value.o, best.o, number.o, words(source.o),
    words(outlet.o), words(reviewer.o)
  FROM said rated SEMI JOIN titled ON titled.film = rated.s
  JOIN (FROM said WHERE p = film('ratingKind')) kind ON kind.s = rated.o
  JOIN (FROM said WHERE p = film('ratingValue')) value ON value.s = rated.o
  JOIN (FROM said WHERE p = film('bestRating')) best ON best.s = rated.o
  JOIN (FROM said WHERE p = film('inSource')) source ON source.s = rated.o
  LEFT JOIN (FROM said WHERE p = film('ratingCount')) number ON number.s = rated.o
  LEFT JOIN (FROM said WHERE p = film('outlet')) outlet ON outlet.s = source.o
  LEFT JOIN (FROM said WHERE p = film('reviewer')) reviewer ON reviewer.s = source.o
  WHERE rated.p = film('rating') ORDER BY film;
CREATE OR REPLACE TABLE film_review AS
  SELECT DISTINCT review.o AS film, words(review.s), words(label.o), words(reviewer.o), words(outlet.o), words(day.o)
  FROM said review SEMI JOIN titled ON titled.film = review.o
  JOIN (FROM said WHERE p = '<http://www.w3.org/2000/01/rdf-schema#label>') label ON label.s = review.s
  LEFT JOIN (FROM said WHERE p = film('outlet')) outlet ON outlet.s = review.s
  LEFT JOIN (FROM said WHERE p = film('reviewer')) reviewer ON reviewer.s = review.s
  LEFT JOIN (FROM said WHERE p = film('published')) day ON day.s = review.s
  WHERE review.p = film('reviewOf') ORDER BY film;
