-- Takes back: the withdrawal of planning layers.

DELETE FROM schema_comments WHERE table_name = 'layers' AND column_name = 'withdrawn_on';
ALTER TABLE layers DROP COLUMN withdrawn_on;
