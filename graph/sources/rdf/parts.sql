-- Parts of people, under their ids.
CREATE TABLE who_id AS
  SELECT who, bare, coalesce(other_id.id, person_slug.slug) AS id, who_named.name
  FROM who_named LEFT JOIN other_id ON NOT bare AND other_id.subject = who
    LEFT JOIN person_slug ON other_id.id IS NULL AND person_slug.name = who_named.name;
INSERT INTO person SELECT id, min(name) FROM who_id GROUP BY id;
INSERT INTO credit SELECT DISTINCT film, id, job FROM job JOIN who_id USING (who, bare);
INSERT INTO role (film, person, character, description)
  SELECT DISTINCT film, id, character, description
  FROM said_of JOIN who_id USING (who, bare) JOIN spelling USING (said)
  WHERE character IS NOT NULL OR description IS NOT NULL;
INSERT INTO problem
  SELECT 'roles without a name of the character, kept as credits', count(*) FROM said_of JOIN spelling USING (said)
  WHERE character IS NULL AND description IS NULL HAVING count(*) > 0;
DROP TABLE statement;
