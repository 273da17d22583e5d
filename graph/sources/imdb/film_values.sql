-- Genres, ratings and other titles of the films.
INSERT INTO genre
  SELECT DISTINCT tconst, trim(name) FROM (SELECT tconst, unnest(string_split(genres, ',')) AS name FROM title_basics)
  WHERE trim(name) <> '' AND tconst IN (SELECT id FROM film);

INSERT INTO problem
  SELECT 'title.ratings', line, 'a rating that is none',
    coalesce(averageRating, 'nothing') || ' of ' || coalesce(numVotes, 'nothing') || ' votes is no rating; it is left out'
  FROM title_ratings
  WHERE NOT coalesce(TRY_CAST(averageRating AS DECIMAL(9, 3)) BETWEEN 0 AND 10 AND TRY_CAST(numVotes AS BIGINT) >= 0, false);
INSERT INTO rating
  SELECT tconst, 'user', arg_min(averageRating, line)::DECIMAL(9, 3), 10, arg_min(numVotes, line)::BIGINT
  FROM title_ratings
  WHERE tconst IN (SELECT id FROM film) AND TRY_CAST(averageRating AS DECIMAL(9, 3)) BETWEEN 0 AND 10
    AND TRY_CAST(numVotes AS BIGINT) >= 0
  GROUP BY tconst;

INSERT INTO other_title
  SELECT DISTINCT titleId, trim(a.title) FROM title_akas a JOIN film ON film.id = titleId
  WHERE trim(a.title) NOT IN ('', film.title, coalesce(film.original_title, ''));

DROP TABLE title_ratings;
DROP TABLE title_akas;
