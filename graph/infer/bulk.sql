-- The rules of graph/queries/infer/ on a table "said" of all statements of the sources (terms as in N-Triples).
-- "ours_theirs" pairs our terms with those of schema.org that follow from them.
CREATE OR REPLACE TEMP MACRO film(name) AS '<https://w3id.org/filmgraph#' || name || '>';
CREATE OR REPLACE TEMP MACRO schema(name) AS '<http://schema.org/' || name || '>';
CREATE TEMP TABLE place AS SELECT DISTINCT s AS part, o AS film FROM said WHERE p = film('inFilm');
CREATE TEMP TABLE performer AS SELECT DISTINCT s AS part, o AS who FROM said WHERE p = film('performer');
CREATE TEMP TABLE holder AS SELECT DISTINCT s AS part, o AS who FROM said WHERE p = film('person');
CREATE TEMP TABLE job AS
  SELECT DISTINCT place.film, holder.who, said.o AS job
  FROM said JOIN holder ON holder.part = said.s JOIN place ON place.part = said.s WHERE said.p = film('job');
CREATE TEMP TABLE acting AS SELECT DISTINCT place.film, performer.who FROM performer JOIN place USING (part);
CREATE TEMP TABLE acts AS SELECT * FROM acting UNION SELECT film, who FROM job WHERE job = '"actor"';
CREATE TEMP TABLE named AS
  SELECT DISTINCT role.s AS part, name.o AS name
  FROM said role JOIN said name ON name.s = role.o WHERE role.p = film('character') AND name.p = film('name');
INSERT INTO named
  SELECT DISTINCT s, o FROM said ANTI JOIN named ON named.part = said.s WHERE p = film('roleDescription');
CREATE TEMP TABLE works AS
  SELECT place.film, who FROM performer JOIN place USING (part)
  UNION SELECT place.film, who FROM holder JOIN place USING (part);

-- What follows, one rule or some after another, for the memory that each takes. Each statement is given once: no rule
-- gives one twice, and no two rules give the same.
CREATE TEMP VIEW follows_shortcuts (s, p, o) AS
  SELECT who, film('actedIn'), film FROM acts
  UNION ALL SELECT film, film('actor'), who FROM acts
  UNION ALL SELECT film, film('director'), who FROM job WHERE job = '"director"'
  UNION ALL SELECT part, film('person'), who FROM performer;
CREATE TEMP VIEW follows_played (s, p, o) AS
  SELECT DISTINCT who, film('played'), o FROM performer JOIN said ON said.s = part WHERE p = film('character');
CREATE TEMP VIEW follows_credits (s, p, o) AS
  SELECT DISTINCT film, theirs, who FROM (
    SELECT film, schema(theirs) AS theirs, who FROM job JOIN (VALUES ('"director"', 'director'), ('"writer"', 'author'),
      ('"composer"', 'musicBy'), ('"producer"', 'producer'), ('"editor"', 'editor'), ('"actor"', 'actor')
    ) named_so (job, theirs) USING (job)
    UNION ALL SELECT film, schema('actor'), who FROM acting
    UNION ALL SELECT film, schema('actor'), part FROM performer JOIN place USING (part)
  );
CREATE TEMP VIEW follows_performers (s, p, o) AS
  SELECT DISTINCT part, schema('actor'), who FROM performer SEMI JOIN place USING (part);
CREATE TEMP VIEW follows_names (s, p, o) AS
  SELECT DISTINCT part, schema('characterName'), name FROM named SEMI JOIN performer USING (part) SEMI JOIN place USING (part);
CREATE TEMP VIEW follows_properties (s, p, o) AS
  SELECT DISTINCT s, theirs, o FROM said JOIN ours_theirs ON ours = p WHERE kind = 'property';
CREATE TEMP VIEW follows_types (s, p, o) AS
  SELECT DISTINCT * FROM (
    SELECT s, '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>' AS p, theirs FROM said JOIN ours_theirs ON ours = o
    WHERE p = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>' AND kind = 'class'
    UNION ALL SELECT who, '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', film('Actor') FROM acts
    UNION ALL SELECT who, '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', film('Director') FROM job WHERE job = '"director"'
    UNION ALL SELECT part, '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', schema('PerformanceRole')
      FROM performer SEMI JOIN place USING (part)
  );
CREATE TEMP VIEW follows_colleagues (s, p, o) AS
  SELECT DISTINCT a.who, film('workedWith'), b.who FROM works a JOIN works b USING (film) WHERE a.who <> b.who;
