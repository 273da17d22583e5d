-- Titles to films. What is wrong with a row goes into "problem"; the first row of an id counts.
CREATE TABLE problem (file VARCHAR, line BIGINT, kind VARCHAR, reason VARCHAR);

CREATE TEMP TABLE twice AS
  SELECT tconst, min(line) AS first FROM title_basics GROUP BY tconst HAVING count(*) > 1;
INSERT INTO problem
  SELECT 'title.basics', line, 'an id that came before', 'the id ' || tconst || ' came before; this row is left out'
  FROM title_basics JOIN twice USING (tconst) WHERE line > first;
INSERT INTO problem
  SELECT 'title.basics', line, 'an id that is none', coalesce(tconst, 'nothing') || ' is no id of a title'
  FROM title_basics WHERE NOT coalesce(regexp_full_match(tconst, 'tt[0-9]+'), false);
INSERT INTO problem
  SELECT 'title.basics', line, 'no title', tconst || ' has no title; this row is left out'
  FROM title_basics WHERE coalesce(trim(primaryTitle), '') = '';
INSERT INTO problem
  SELECT 'title.basics', line, 'a year that is none', startYear || ' is no year from 1880 to 2100; it is left out'
  FROM title_basics WHERE startYear IS NOT NULL AND NOT coalesce(TRY_CAST(startYear AS INTEGER) BETWEEN 1880 AND 2100, false);
INSERT INTO problem
  SELECT 'title.basics', line, 'a runtime that is none', runtimeMinutes || ' is no number of minutes; it is left out'
  FROM title_basics WHERE runtimeMinutes IS NOT NULL AND NOT coalesce(TRY_CAST(runtimeMinutes AS INTEGER) > 0, false);

INSERT INTO film (id, title, original_title, year, runtime)
  SELECT tconst, trim(primaryTitle), nullif(nullif(trim(originalTitle), trim(primaryTitle)), ''),
    CASE WHEN TRY_CAST(startYear AS INTEGER) BETWEEN 1880 AND 2100 THEN startYear::INTEGER END,
    CASE WHEN TRY_CAST(runtimeMinutes AS INTEGER) > 0 THEN runtimeMinutes::INTEGER END
  FROM title_basics LEFT JOIN twice USING (tconst)
  WHERE coalesce(line = first, true) AND regexp_full_match(tconst, 'tt[0-9]+') AND trim(primaryTitle) <> '';
