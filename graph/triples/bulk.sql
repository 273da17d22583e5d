-- N-Quads of the fact tables. A view X_lines gives the lines of each subject of a kind, subjects in the order of
-- their IRIs (with the closing bracket: it comes after a hyphen and before a letter), lines in the order of their bytes.
CREATE OR REPLACE MACRO iri(kind, path) AS '<' || getvariable('base') || kind || '/' || path || '>';
CREATE OR REPLACE MACRO lit(words) AS
  '"' || replace(replace(replace(replace(words, '\', '\\'), '"', '\"'), chr(10), '\n'), chr(13), '\r') || '"';
CREATE OR REPLACE MACRO typed(value, kind) AS '"' || value || '"^^<http://www.w3.org/2001/XMLSchema#' || kind || '>';
CREATE OR REPLACE MACRO film(name) AS '<https://w3id.org/filmgraph#' || name || '>';
CREATE OR REPLACE MACRO ends() AS getvariable('graph');
CREATE OR REPLACE MACRO is_a(subject, kind) AS
  subject || ' <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ' || kind || ends();
CREATE OR REPLACE MACRO label(subject, words) AS
  subject || ' <http://www.w3.org/2000/01/rdf-schema#label> ' || words || ends();
CREATE OR REPLACE MACRO says(subject, name, object) AS
  coalesce(subject || ' <https://w3id.org/filmgraph#' || name || '> ' || object || ends(), '');
-- One statement for each of several objects.
CREATE OR REPLACE MACRO each(subject, predicate, objects) AS
  coalesce(list_reduce(list_transform(list_sort(objects), lambda o: subject || ' ' || predicate || ' ' || o || ends()),
    lambda a, b: a || b, ''), '');
CREATE OR REPLACE MACRO plain(number) AS
  CASE WHEN contains(number::VARCHAR, '.') THEN rtrim(rtrim(number::VARCHAR, '0'), '.') ELSE number::VARCHAR END;

-- Parts with the same IRI are one; a name beats a description of the same words.
CREATE OR REPLACE TABLE role_key AS
  SELECT film, person, slug, min(character) AS character,
    CASE WHEN min(character) IS NULL THEN min(description) END AS description, min(billing) AS billing
  FROM role JOIN slugs ON slugs.name = coalesce(role.character, role.description) GROUP BY film, person, slug;
CREATE OR REPLACE TABLE credit_key AS
  SELECT film, person, job FROM credit
  WHERE NOT (job = 'actor' AND EXISTS (FROM role_key r WHERE r.film = credit.film AND r.person = credit.person));
CREATE OR REPLACE TABLE character_key AS
  SELECT film, slug, list(DISTINCT character) AS names FROM role_key WHERE character IS NOT NULL GROUP BY film, slug;
CREATE OR REPLACE TABLE genre_key AS
  SELECT slug, list(DISTINCT name) AS names FROM genre JOIN slugs USING (name) GROUP BY slug;
CREATE OR REPLACE VIEW rating_key AS SELECT * FROM rating;
CREATE OR REPLACE TABLE person_key AS
  SELECT id, list(DISTINCT name) AS names FROM person
  SEMI JOIN (SELECT person FROM role_key UNION ALL SELECT person FROM credit_key) used ON used.person = person.id
  GROUP BY id;
CREATE OR REPLACE TABLE name_of AS SELECT id, list_min(names) AS name FROM person_key;
CREATE OR REPLACE VIEW film_key AS SELECT * FROM film;

CREATE OR REPLACE VIEW character_lines AS
  WITH c AS (SELECT iri('character', film || '/' || slug) AS this, film, names FROM character_key ORDER BY this)
  SELECT is_a(this, film('Character')) || each(this, '<http://www.w3.org/2000/01/rdf-schema#label>', list_transform(names, lambda n: lit(n)))
    || says(this, 'inFilm', iri('film', film)) || each(this, film('name'), list_transform(names, lambda n: lit(n))) AS lines
  FROM c;

CREATE OR REPLACE VIEW credit_lines AS
  WITH c AS (
    SELECT iri('credit', film || '/' || person || '/' || job) AS this, film, person, job, name
    FROM credit_key JOIN name_of ON name_of.id = person ORDER BY this
  )
  SELECT is_a(this, film('Credit')) || label(this, lit(name || ', ' || job)) || says(this, 'inFilm', iri('film', film))
    || says(this, 'job', lit(job)) || says(this, 'person', iri('person', person)) AS lines
  FROM c;

CREATE OR REPLACE VIEW film_lines AS
  WITH f AS (
    SELECT iri('film', film_key.id) AS this, film_key.*, other.names AS others, g.list AS genres, c.names AS countries,
      s.names AS studios, r.list AS ratings
    FROM film_key
    LEFT JOIN (SELECT film, list(DISTINCT lit(name)) AS names FROM other_title GROUP BY film) other ON other.film = film_key.id
    LEFT JOIN (SELECT film, list(DISTINCT iri('genre', slug)) AS list FROM genre JOIN slugs USING (name) GROUP BY film) g
      ON g.film = film_key.id
    LEFT JOIN (SELECT film, list(DISTINCT lit(name)) AS names FROM country GROUP BY film) c ON c.film = film_key.id
    LEFT JOIN (SELECT film, list(DISTINCT lit(name)) AS names FROM studio GROUP BY film) s ON s.film = film_key.id
    LEFT JOIN (SELECT film, list(iri('rating', getvariable('source') || '/' || film || '/' || kind)) AS list FROM rating_key
      GROUP BY film) r ON r.film = film_key.id
    ORDER BY this
  )
  SELECT is_a(this, film('Film')) || label(this, lit(title || coalesce(' (' || year || ')', '')))
    || each(this, '<http://www.w3.org/2004/02/skos/core#altLabel>', others)
    || says(this, 'certificate', lit(certificate)) || each(this, film('country'), countries)
    || says(this, 'description', lit(description)) || each(this, film('genre'), genres)
    || says(this, 'originalTitle', lit(original_title)) || each(this, film('rating'), ratings)
    || says(this, 'runtime', typed(runtime, 'integer')) || each(this, film('studio'), studios)
    || says(this, 'tagline', lit(tagline)) || says(this, 'title', lit(title))
    || says(this, 'year', typed(lpad(year::VARCHAR, 4, '0'), 'gYear')) AS lines
  FROM f;

CREATE OR REPLACE VIEW genre_lines AS
  WITH g AS (SELECT iri('genre', slug) AS this, list_transform(names, lambda n: lit(n)) AS names FROM genre_key ORDER BY this)
  SELECT is_a(this, '<http://www.w3.org/2004/02/skos/core#Concept>') || is_a(this, film('Genre'))
    || each(this, '<http://www.w3.org/2000/01/rdf-schema#label>', names)
    || each(this, '<http://www.w3.org/2004/02/skos/core#prefLabel>', names) || each(this, film('name'), names) AS lines
  FROM g;

CREATE OR REPLACE VIEW person_lines AS
  WITH p AS (SELECT iri('person', id) AS this, list_transform(names, lambda n: lit(n)) AS names FROM person_key ORDER BY this)
  SELECT is_a(this, film('Person')) || each(this, '<http://www.w3.org/2000/01/rdf-schema#label>', names)
    || each(this, film('name'), names) AS lines
  FROM p;

CREATE OR REPLACE VIEW rating_lines AS
  WITH r AS (
    SELECT iri('rating', getvariable('source') || '/' || film || '/' || kind) AS this, * FROM rating_key ORDER BY this
  )
  SELECT is_a(this, film('Rating')) || label(this, lit(plain(value) || ' of ' || plain(best)))
    || says(this, 'bestRating', typed(plain(best), 'decimal')) || says(this, 'inFilm', iri('film', film))
    || says(this, 'inSource', iri('dataset', getvariable('source'))) || says(this, 'ratingCount', typed(count, 'integer'))
    || says(this, 'ratingKind', lit(kind)) || says(this, 'ratingValue', typed(plain(value), 'decimal')) AS lines
  FROM r;

CREATE OR REPLACE VIEW role_lines AS
  WITH r AS (
    SELECT iri('role', film || '/' || person || '/' || slug) AS this, role_key.*, name
    FROM role_key JOIN name_of ON name_of.id = person ORDER BY this
  )
  SELECT is_a(this, film('Role')) || label(this, lit(name || ' as ' || coalesce(character, description)))
    || says(this, 'billing', typed(billing, 'integer'))
    || CASE WHEN character IS NULL THEN '' ELSE says(this, 'character', iri('character', film || '/' || slug)) END
    || says(this, 'inFilm', iri('film', film)) || says(this, 'performer', iri('person', person))
    || says(this, 'roleDescription', lit(description)) AS lines
  FROM r;
