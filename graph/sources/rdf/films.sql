-- Films: every resource of type schema:Movie that has a name.
CREATE TABLE problem (kind VARCHAR, number BIGINT);

-- Ids of other sites, in the resource's own IRI or in what it is the same as.
CREATE TABLE other_id AS
  SELECT subject, arg_min(id, (NOT regexp_matches(id, '^(tt|nm)'), own, id)) AS id FROM (
    SELECT subject, coalesce(
      nullif(regexp_extract(link, 'imdb\.com/(?:[a-z]{2}/)?(?:title|name)/((?:tt|nm)[0-9]+)', 1), ''),
      nullif(regexp_extract(link, 'wikidata\.org/(?:entity|wiki)/(Q[0-9]+)', 1), ''),
      'tmdb-' || nullif(regexp_extract(link, 'themoviedb\.org/(?:movie|person)/([0-9]+)', 1), '')
    ) AS id, own
    FROM (
      SELECT subject, subject AS link, 0 AS own FROM statement GROUP BY subject
      UNION ALL SELECT object, object, 0 FROM statement WHERE NOT literal GROUP BY object
      UNION ALL SELECT subject, object, 1 FROM statement WHERE predicate = 'sameAs'
    )
  ) WHERE id IS NOT NULL GROUP BY subject;

CREATE TABLE movie AS
  SELECT subject, min(trim(object)) AS title FROM statement
  WHERE predicate = 'name' AND literal AND trim(object) <> ''
    AND subject IN (SELECT subject FROM statement WHERE predicate = 'type' AND object = 'Movie')
  GROUP BY subject;
INSERT INTO problem
  SELECT 'films without a name, left out', count(DISTINCT subject) FROM statement
  WHERE predicate = 'type' AND object = 'Movie' AND subject NOT IN (SELECT subject FROM movie)
  HAVING count(*) > 0;

CREATE TABLE released AS
  SELECT subject, coalesce(min(year) FILTER (predicate = 'datePublished'), min(year)) AS year
  FROM (
    SELECT subject, predicate, TRY_CAST(regexp_extract(object, '^\s*([0-9]{4})', 1) AS INTEGER) AS year FROM statement
    WHERE predicate IN ('datePublished', 'dateCreated', 'copyrightYear') AND literal
  ) WHERE year BETWEEN 1880 AND 2100 GROUP BY subject;

CREATE VIEW keyless AS SELECT title AS name FROM movie WHERE subject NOT IN (SELECT subject FROM other_id);
