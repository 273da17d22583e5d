-- What a dataset says. A film's or person's id is the end of its IRI, the same for every row that means it.
CREATE TABLE film (
  id VARCHAR NOT NULL, title VARCHAR NOT NULL, original_title VARCHAR, year INTEGER, runtime INTEGER,
  certificate VARCHAR, tagline VARCHAR, description VARCHAR
);
CREATE TABLE other_title (film VARCHAR NOT NULL, name VARCHAR NOT NULL);
CREATE TABLE country (film VARCHAR NOT NULL, name VARCHAR NOT NULL);
CREATE TABLE studio (film VARCHAR NOT NULL, name VARCHAR NOT NULL);
CREATE TABLE genre (film VARCHAR NOT NULL, name VARCHAR NOT NULL);
CREATE TABLE person (id VARCHAR NOT NULL, name VARCHAR NOT NULL);
CREATE TABLE credit (film VARCHAR NOT NULL, person VARCHAR NOT NULL, job VARCHAR NOT NULL);
-- A named character, or a description of the part, never both; the performer's place in the cast, from 1.
CREATE TABLE role (
  film VARCHAR NOT NULL, person VARCHAR NOT NULL, character VARCHAR, description VARCHAR, billing INTEGER
);
CREATE TABLE rating (
  film VARCHAR NOT NULL, kind VARCHAR NOT NULL, value DECIMAL(9, 3) NOT NULL, best DECIMAL(9, 3) NOT NULL, count BIGINT
);
-- Names and what graph.iris.slug makes of them.
CREATE TABLE slugs (name VARCHAR, slug VARCHAR);
