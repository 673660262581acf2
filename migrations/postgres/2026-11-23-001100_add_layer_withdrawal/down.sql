-- Takes back: the withdrawal of planning layers.

ALTER TABLE layers DROP COLUMN withdrawn_on;
