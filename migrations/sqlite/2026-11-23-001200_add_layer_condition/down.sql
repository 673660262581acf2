-- Takes back: the condition of planning layers.

DELETE FROM schema_comments WHERE table_name = 'layers' AND column_name = 'condition';
ALTER TABLE layers DROP COLUMN condition;
