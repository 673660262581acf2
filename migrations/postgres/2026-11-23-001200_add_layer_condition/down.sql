-- Takes back: the condition of planning layers.

ALTER TABLE layers DROP COLUMN condition;
