-- Takes back: the key of the source of planning features.

DELETE FROM schema_comments WHERE table_name = 'zones' AND column_name = 'source_key';
DROP INDEX zones_source_key;
ALTER TABLE zones DROP COLUMN source_key;

DELETE FROM schema_comments WHERE table_name = 'zones_closed' AND column_name = 'source_key';
DROP INDEX zones_closed_source_key;
ALTER TABLE zones_closed DROP COLUMN source_key;

DELETE FROM schema_comments WHERE table_name = 'roads' AND column_name = 'source_key';
DROP INDEX roads_source_key;
ALTER TABLE roads DROP COLUMN source_key;

DELETE FROM schema_comments WHERE table_name = 'roads_closed' AND column_name = 'source_key';
DROP INDEX roads_closed_source_key;
ALTER TABLE roads_closed DROP COLUMN source_key;

DELETE FROM schema_comments WHERE table_name = 'corridors' AND column_name = 'source_key';
DROP INDEX corridors_source_key;
ALTER TABLE corridors DROP COLUMN source_key;

DELETE FROM schema_comments WHERE table_name = 'corridors_closed' AND column_name = 'source_key';
DROP INDEX corridors_closed_source_key;
ALTER TABLE corridors_closed DROP COLUMN source_key;

DELETE FROM schema_comments WHERE table_name = 'restrictions' AND column_name = 'source_key';
DROP INDEX restrictions_source_key;
ALTER TABLE restrictions DROP COLUMN source_key;

DELETE FROM schema_comments WHERE table_name = 'restrictions_closed' AND column_name = 'source_key';
DROP INDEX restrictions_closed_source_key;
ALTER TABLE restrictions_closed DROP COLUMN source_key;
