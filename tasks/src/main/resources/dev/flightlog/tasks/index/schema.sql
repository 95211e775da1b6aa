-- The table of tasks is made from the definition of their fields (TaskColumns).
-- The row number is the time of creation in microseconds, shifted by 12 bits for those created in
-- the same one. So every index, also that of the words, has its rows in the order of time.
CREATE INDEX tasks_status ON tasks (status);
CREATE INDEX tasks_agent ON tasks (agent, status);
CREATE INDEX tasks_provider ON tasks (provider);
CREATE INDEX tasks_source ON tasks (source);
CREATE INDEX tasks_cost ON tasks (cost) WHERE cost IS NOT NULL;
CREATE INDEX tasks_duration ON tasks (duration_ms) WHERE duration_ms IS NOT NULL;
CREATE VIRTUAL TABLE words USING fts5 (
  request, error, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2'
);
-- The place in the event store up to which task events are in here.
CREATE TABLE place (
  cursor TEXT NOT NULL
);
