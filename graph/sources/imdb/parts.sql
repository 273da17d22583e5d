-- Who had which part: one row for each person, job and list of characters.
CREATE TABLE part AS
  SELECT tconst AS film, nconst AS person, characters, line, category = 'self' AS himself,
    CASE category WHEN 'actress' THEN 'actor' WHEN 'self' THEN 'actor' ELSE category END AS job,
    TRY_CAST(ordering AS INTEGER) AS place
  FROM title_principals
  WHERE category IN ('actor', 'actress', 'self', 'director', 'writer', 'producer', 'composer', 'cinematographer', 'editor');
INSERT INTO part
  SELECT tconst, trim(person), NULL, NULL, false, job, NULL FROM (
    SELECT tconst, unnest(string_split(directors, ',')) AS person, 'director' AS job FROM title_crew
    UNION ALL SELECT tconst, unnest(string_split(writers, ',')), 'writer' FROM title_crew
  ) WHERE trim(person) <> '';

CREATE TABLE names_said AS
  SELECT film, person, line, himself, TRY(from_json(characters, '["VARCHAR"]')) AS list, characters
  FROM part WHERE job = 'actor' AND characters IS NOT NULL;
INSERT INTO problem
  SELECT 'title.principals', line, 'characters that are no JSON list', left(characters, 80) || ' is no JSON list of names'
  FROM names_said WHERE list IS NULL;
CREATE TABLE said AS
  SELECT DISTINCT film, person, himself, unnest(list) AS said FROM names_said WHERE list IS NOT NULL;
INSERT INTO said SELECT DISTINCT film, person, true, 'Self' FROM part WHERE himself AND characters IS NULL;

-- Names with brackets, doubled blanks, or that may be no names: they are read one by one.
CREATE TABLE odd AS
  SELECT DISTINCT said FROM said
  WHERE NOT regexp_full_match(said, '[^\s()\[\]]+( [^\s()\[\]]+)*') OR regexp_matches(said, '(?i)^\w*sel(f|ves)\b')
    OR length(said) < 8;
CREATE TABLE spelling (said VARCHAR, character VARCHAR, description VARCHAR);
DROP TABLE names_said;
DROP TABLE title_principals;
DROP TABLE title_crew;
