-- Raw, because sqlite_master is no table of the schema: the text of a trigger, to set it again.
SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name = ?
