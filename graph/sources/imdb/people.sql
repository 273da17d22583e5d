-- The people of the parts, under the names of name.basics; a part of a person without a name is left out.
CREATE TEMP TABLE twice_named AS
  SELECT nconst, min(line) AS first FROM name_basics GROUP BY nconst HAVING count(*) > 1;
INSERT INTO problem
  SELECT 'name.basics', line, 'an id that came before', 'the id ' || nconst || ' came before; this row is left out'
  FROM name_basics JOIN twice_named USING (nconst) WHERE line > first;
INSERT INTO problem
  SELECT 'name.basics', line, 'no name', nconst || ' has no name; this row is left out'
  FROM name_basics WHERE coalesce(trim(primaryName), '') = '';
INSERT INTO person
  SELECT nconst, trim(primaryName) FROM name_basics LEFT JOIN twice_named USING (nconst)
  WHERE coalesce(line = first, true) AND trim(primaryName) <> '' AND regexp_full_match(nconst, 'nm[0-9]+');
INSERT INTO problem
  SELECT 'title.principals', min(line), 'people without a name in name.basics', person || ' has no name in name.basics'
  FROM part ANTI JOIN person ON person.id = part.person GROUP BY person;

-- The place of each performer among those of the film: crews are numbered along with the cast.
CREATE TEMP TABLE billed AS
  SELECT film, person, rank() OVER (PARTITION BY film ORDER BY place) AS billing
  FROM (SELECT film, person, min(place) AS place FROM part WHERE job = 'actor' AND place IS NOT NULL GROUP BY film, person);
INSERT INTO role
  SELECT film, person, CASE WHEN himself THEN NULL ELSE character END,
    CASE WHEN himself THEN coalesce(description, character) ELSE description END, billing
  FROM (
    SELECT film, person, himself, CASE WHEN spelling.said IS NULL THEN said.said ELSE character END AS character, description
    FROM said LEFT JOIN spelling ON spelling.said = said.said SEMI JOIN person ON person.id = said.person
  ) LEFT JOIN billed USING (film, person) WHERE character IS NOT NULL OR description IS NOT NULL;
DROP TABLE billed;
INSERT INTO credit
  SELECT DISTINCT film, person, job FROM part SEMI JOIN person ON person.id = part.person;
DROP TABLE title_basics;
DROP TABLE name_basics;
DROP TABLE said;
DROP TABLE part;
