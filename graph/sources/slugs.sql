-- The slug of names in plain ASCII, as graph.iris.slug makes it; the others are left in the table "hard".
CREATE OR REPLACE TEMP TABLE names AS
  SELECT DISTINCT name, trim(regexp_replace(regexp_replace(
    replace(lower(name), '&', ' and '), '[''`]', '', 'g'), '[^0-9A-Za-z_]+|_+', '-', 'g'), '-') AS slug
  FROM (
    SELECT coalesce(character, description) AS name FROM role UNION ALL SELECT name FROM genre
  );
INSERT INTO slugs SELECT name, slug FROM names WHERE strlen(name) = length(name) AND length(slug) BETWEEN 1 AND 80;
CREATE OR REPLACE TEMP TABLE hard AS
  SELECT name FROM names WHERE NOT (strlen(name) = length(name) AND length(slug) BETWEEN 1 AND 80);
