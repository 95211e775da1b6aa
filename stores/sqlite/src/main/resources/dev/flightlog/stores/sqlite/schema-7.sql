-- The newest events of a workflow are found without sorting all of it.
DROP INDEX IF EXISTS events_by_workflow;
