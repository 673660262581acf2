-- Takes back: the key of the source of planning features.

DROP INDEX zones_source_key;
ALTER TABLE zones DROP COLUMN source_key;

DROP INDEX zones_closed_source_key;
ALTER TABLE zones_closed DROP COLUMN source_key;

DROP INDEX roads_source_key;
ALTER TABLE roads DROP COLUMN source_key;

DROP INDEX roads_closed_source_key;
ALTER TABLE roads_closed DROP COLUMN source_key;

DROP INDEX corridors_source_key;
ALTER TABLE corridors DROP COLUMN source_key;

DROP INDEX corridors_closed_source_key;
ALTER TABLE corridors_closed DROP COLUMN source_key;

DROP INDEX restrictions_source_key;
ALTER TABLE restrictions DROP COLUMN source_key;

DROP INDEX restrictions_closed_source_key;
ALTER TABLE restrictions_closed DROP COLUMN source_key;
