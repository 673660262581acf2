-- Takes back: Splits and merges.

DELETE FROM gpkg_contents WHERE table_name = 'lineage';
DELETE FROM schema_comments WHERE table_name = 'lineage';
DROP TABLE lineage;
