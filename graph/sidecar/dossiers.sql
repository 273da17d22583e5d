-- What the dossiers of all films need to know, on the tables of bulk.sql; dossiers_part.sql goes on from here.
CREATE TEMP TABLE every_title AS
  SELECT film, (row_number() OVER (ORDER BY film) - 1) // getvariable('films_at_once') AS part
  FROM (SELECT DISTINCT s AS film FROM said WHERE p = film('title') AND starts_with(s, '<'));
CREATE TEMP TABLE origin AS
  SELECT DISTINCT s AS g, words(o) AS source FROM said WHERE p = '<http://www.w3.org/ns/prov#wasDerivedFrom>';
CREATE TEMP TABLE proven AS SELECT DISTINCT o AS s FROM said WHERE p = film('supports');
CREATE TEMP TABLE called AS SELECT s, min(words(o)) AS name FROM said WHERE p = film('name') GROUP BY s;

CREATE TEMP VIEW named_source AS
  SELECT words(said.s) AS source, min(words(o)) AS label, bool_or(d.s IS NOT NULL) AS dataset
  FROM said LEFT JOIN (
    SELECT DISTINCT s FROM said WHERE p = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>' AND o = film('Dataset')
  ) d ON d.s = said.s
  WHERE p = '<http://www.w3.org/2000/01/rdf-schema#label>' AND words(said.s) IN (
    SELECT source FROM origin UNION ALL SELECT words(o) FROM said WHERE p = film('inSource')
  )
  GROUP BY said.s;
