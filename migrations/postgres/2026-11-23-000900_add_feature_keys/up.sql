-- Planning features get the key of their source, so that a newer file finds them again.
-- Features that are there get their own number as their key: so they were exported until now.

ALTER TABLE zones ADD COLUMN source_key TEXT NOT NULL DEFAULT '';
UPDATE zones SET source_key = CAST(feature_id AS TEXT);
ALTER TABLE zones ALTER COLUMN source_key DROP DEFAULT;
CREATE INDEX zones_source_key ON zones (layer, source_key);
COMMENT ON COLUMN zones.source_key IS 'Key that the source gives the feature, by which a newer state of the source finds it again';

ALTER TABLE zones_closed ADD COLUMN source_key TEXT NOT NULL DEFAULT '';
UPDATE zones_closed SET source_key = CAST(feature_id AS TEXT);
ALTER TABLE zones_closed ALTER COLUMN source_key DROP DEFAULT;
CREATE INDEX zones_closed_source_key ON zones_closed (layer, source_key);
COMMENT ON COLUMN zones_closed.source_key IS 'Key that the source gives the feature, by which a newer state of the source finds it again';

ALTER TABLE roads ADD COLUMN source_key TEXT NOT NULL DEFAULT '';
UPDATE roads SET source_key = CAST(feature_id AS TEXT);
ALTER TABLE roads ALTER COLUMN source_key DROP DEFAULT;
CREATE INDEX roads_source_key ON roads (layer, source_key);
COMMENT ON COLUMN roads.source_key IS 'Key that the source gives the feature, by which a newer state of the source finds it again';

ALTER TABLE roads_closed ADD COLUMN source_key TEXT NOT NULL DEFAULT '';
UPDATE roads_closed SET source_key = CAST(feature_id AS TEXT);
ALTER TABLE roads_closed ALTER COLUMN source_key DROP DEFAULT;
CREATE INDEX roads_closed_source_key ON roads_closed (layer, source_key);
COMMENT ON COLUMN roads_closed.source_key IS 'Key that the source gives the feature, by which a newer state of the source finds it again';

ALTER TABLE corridors ADD COLUMN source_key TEXT NOT NULL DEFAULT '';
UPDATE corridors SET source_key = CAST(feature_id AS TEXT);
ALTER TABLE corridors ALTER COLUMN source_key DROP DEFAULT;
CREATE INDEX corridors_source_key ON corridors (layer, source_key);
COMMENT ON COLUMN corridors.source_key IS 'Key that the source gives the feature, by which a newer state of the source finds it again';

ALTER TABLE corridors_closed ADD COLUMN source_key TEXT NOT NULL DEFAULT '';
UPDATE corridors_closed SET source_key = CAST(feature_id AS TEXT);
ALTER TABLE corridors_closed ALTER COLUMN source_key DROP DEFAULT;
CREATE INDEX corridors_closed_source_key ON corridors_closed (layer, source_key);
COMMENT ON COLUMN corridors_closed.source_key IS 'Key that the source gives the feature, by which a newer state of the source finds it again';

ALTER TABLE restrictions ADD COLUMN source_key TEXT NOT NULL DEFAULT '';
UPDATE restrictions SET source_key = CAST(feature_id AS TEXT);
ALTER TABLE restrictions ALTER COLUMN source_key DROP DEFAULT;
CREATE INDEX restrictions_source_key ON restrictions (layer, source_key);
COMMENT ON COLUMN restrictions.source_key IS 'Key that the source gives the feature, by which a newer state of the source finds it again';

ALTER TABLE restrictions_closed ADD COLUMN source_key TEXT NOT NULL DEFAULT '';
UPDATE restrictions_closed SET source_key = CAST(feature_id AS TEXT);
ALTER TABLE restrictions_closed ALTER COLUMN source_key DROP DEFAULT;
CREATE INDEX restrictions_closed_source_key ON restrictions_closed (layer, source_key);
COMMENT ON COLUMN restrictions_closed.source_key IS 'Key that the source gives the feature, by which a newer state of the source finds it again';
