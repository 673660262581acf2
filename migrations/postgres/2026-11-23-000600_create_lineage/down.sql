-- Takes back: Splits and merges.

DROP TABLE lineage;
