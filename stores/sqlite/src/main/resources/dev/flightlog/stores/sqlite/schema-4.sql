-- The index of words: see Segment. Rows up to the greatest last are in a segment.
CREATE TABLE search_segments (
  id INTEGER PRIMARY KEY,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  chunks INTEGER NOT NULL,
  chunk INTEGER NOT NULL,
  ids BLOB NOT NULL,
  times BLOB NOT NULL,
  starts BLOB NOT NULL
);
CREATE TABLE search_chunks (
  id INTEGER PRIMARY KEY,
  words BLOB NOT NULL
);
