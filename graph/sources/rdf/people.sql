-- Films with their ids and values; people with theirs. Two films of one title and year that say no id of their own
-- would share an IRI, so from the second on they are numbered, in the order of their own IRIs.
CREATE TABLE film_id AS
  SELECT subject, coalesce(id, key || CASE WHEN nth > 1 THEN '-' || nth ELSE '' END) AS id, title, year
  FROM (
    SELECT movie.subject, other_id.id, title, year, slugs.slug || coalesce('-' || year, '') AS key,
      row_number() OVER (PARTITION BY other_id.id IS NULL, slugs.slug || coalesce('-' || year, '') ORDER BY movie.subject) AS nth
    FROM movie LEFT JOIN other_id USING (subject) LEFT JOIN released USING (subject)
      LEFT JOIN slugs ON slugs.name = movie.title AND other_id.id IS NULL
  );

CREATE TEMP MACRO texts(term) AS TABLE
  SELECT film_id.id AS film, trim(object) AS words FROM statement JOIN film_id USING (subject)
  WHERE predicate = term AND literal AND trim(object) <> '';
-- What a property leads to by name: a text, or a resource that has a name.
CREATE TEMP MACRO named(term) AS TABLE
  SELECT DISTINCT film_id.id AS film, trim(coalesce(n.object, s.object)) AS name
  FROM statement s JOIN film_id USING (subject)
    LEFT JOIN statement n ON NOT s.literal AND n.subject = s.object AND n.predicate = 'name' AND n.literal
  WHERE s.predicate = term AND (s.literal OR n.object IS NOT NULL) AND trim(coalesce(n.object, s.object)) <> '';

INSERT INTO film (id, title, year, runtime, certificate, description)
  SELECT id, min(title), min(year), min(minutes), min(certificate), min(description)
  FROM film_id LEFT JOIN (
    SELECT subject, min(coalesce(TRY_CAST(regexp_extract(object, '([0-9]+)H', 1) AS INTEGER), 0) * 60
      + coalesce(TRY_CAST(regexp_extract(object, '([0-9]+)M', 1) AS INTEGER), 0)) AS minutes
    FROM statement WHERE predicate = 'duration' AND starts_with(object, 'PT') GROUP BY subject HAVING minutes > 0
  ) USING (subject)
  LEFT JOIN (SELECT film AS id, min(words) AS certificate FROM texts('contentRating') GROUP BY film) USING (id)
  LEFT JOIN (SELECT film AS id, min(words) AS description FROM texts('description') GROUP BY film) USING (id)
  GROUP BY id;
INSERT INTO other_title
  SELECT DISTINCT film, words FROM (FROM texts('alternateName') UNION ALL FROM texts('name')) JOIN film ON film.id = film
  WHERE words <> title;
INSERT INTO genre
  SELECT * FROM named('genre')
  UNION SELECT film_id.id, regexp_extract(object, '([^/#]+)/?$', 1) FROM statement JOIN film_id USING (subject)
  WHERE predicate = 'genre' AND NOT literal AND NOT starts_with(object, '_:') AND regexp_extract(object, '([^/#]+)/?$', 1) <> ''
    AND NOT EXISTS (FROM statement n WHERE n.subject = statement.object AND n.predicate = 'name');
INSERT INTO country FROM named('countryOfOrigin');
INSERT INTO studio FROM named('productionCompany');
INSERT INTO rating
  SELECT film_id.id, 'user', value, best, count FROM (
    SELECT s.subject, min(TRY_CAST(n.object AS DECIMAL(9, 3))) FILTER (n.predicate = 'ratingValue') AS value,
      coalesce(min(TRY_CAST(n.object AS DECIMAL(9, 3))) FILTER (n.predicate = 'bestRating'), 5) AS best,
      max(TRY_CAST(n.object AS BIGINT)) FILTER (n.predicate IN ('ratingCount', 'reviewCount')) AS count
    FROM statement s JOIN statement n ON n.subject = s.object
    WHERE s.predicate = 'aggregateRating' GROUP BY s.subject
  ) JOIN film_id USING (subject)
  WHERE value BETWEEN 0 AND best QUALIFY row_number() OVER (PARTITION BY film_id.id ORDER BY subject) = 1;

-- Who did what: directly, or by way of a role. "who" is a resource or, where only a name is said, that name.
CREATE TABLE job AS
  SELECT film_id.id AS film, s.object AS who, s.literal AS bare, CASE predicate
    WHEN 'author' THEN 'writer' WHEN 'musicBy' THEN 'composer' WHEN 'directors' THEN 'director' WHEN 'actors' THEN 'actor'
    ELSE predicate END AS job
  FROM statement s JOIN film_id USING (subject)
  WHERE predicate IN ('actor', 'actors', 'director', 'directors', 'author', 'musicBy', 'producer', 'editor')
  UNION SELECT film_id.id, statement.subject, false, 'actor'
  FROM statement JOIN film_id ON film_id.subject = object WHERE predicate = 'performerIn';
CREATE TABLE acting AS
  SELECT job.film, s.object AS who, s.literal AS bare, job.who AS role
  FROM job JOIN statement s ON s.subject = job.who AND s.predicate IN ('actor', 'actors')
  WHERE job.job = 'actor' AND NOT job.bare;
CREATE TABLE said_of AS
  SELECT film, acting.who, bare, coalesce(object, ' ') AS said FROM acting JOIN statement ON statement.subject = role
  WHERE predicate = 'characterName' AND literal;
DELETE FROM job WHERE NOT bare AND (who IN (SELECT role FROM acting)
  OR who IN (SELECT subject FROM statement WHERE predicate = 'type' AND object IN ('PerformanceRole', 'Role')));
INSERT INTO job SELECT DISTINCT film, who, bare, 'actor' FROM acting;

CREATE TABLE who_named AS
  SELECT who, bare, trim(CASE WHEN bare THEN who ELSE name END) AS name
  FROM (SELECT DISTINCT who, bare FROM job) LEFT JOIN (
    SELECT subject AS who, min(object) AS name FROM statement WHERE predicate = 'name' AND literal GROUP BY subject
  ) USING (who)
  WHERE trim(CASE WHEN bare THEN who ELSE name END) <> '';
INSERT INTO problem
  SELECT 'people without a name, left out', count(DISTINCT who) FROM job ANTI JOIN who_named USING (who, bare)
  HAVING count(*) > 0;
CREATE VIEW nameless_id AS
  SELECT name FROM who_named WHERE bare OR who NOT IN (SELECT subject FROM other_id);
CREATE TABLE person_slug (name VARCHAR, slug VARCHAR);
CREATE TABLE spelling (said VARCHAR, character VARCHAR, description VARCHAR);
