-- Imported files and the features they kept out.

CREATE TABLE imports (
    id BIGINT PRIMARY KEY NOT NULL,
    content_hash TEXT NOT NULL,
    file_name TEXT NOT NULL,
    dataset TEXT NOT NULL,
    profile TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    revision BIGINT NOT NULL REFERENCES revisions (number) DEFERRABLE INITIALLY DEFERRED,
    counts TEXT NOT NULL,
    report TEXT NOT NULL
);
CREATE INDEX imports_content_hash ON imports (content_hash);
COMMENT ON TABLE imports IS 'Files that were imported';
COMMENT ON COLUMN imports.id IS 'Key of the import';
COMMENT ON COLUMN imports.content_hash IS 'Hash of the bytes of the file, in hexadecimal';
COMMENT ON COLUMN imports.file_name IS 'Name of the file without its folder';
COMMENT ON COLUMN imports.dataset IS 'Dataset it belongs to';
COMMENT ON COLUMN imports.profile IS 'Field profile used';
COMMENT ON COLUMN imports.recorded_at IS 'When, in microseconds since 1970-01-01 UTC';
COMMENT ON COLUMN imports.revision IS 'Revision it made';
COMMENT ON COLUMN imports.counts IS 'Counts of features in and out, as a JSON object';
COMMENT ON COLUMN imports.report IS 'Report of the checks, as JSON';

CREATE TABLE rejected_features (
    id BIGINT PRIMARY KEY NOT NULL,
    import_id BIGINT NOT NULL REFERENCES imports (id) DEFERRABLE INITIALLY DEFERRED,
    feature BIGINT NOT NULL,
    layer TEXT NOT NULL,
    attributes TEXT NOT NULL,
    crs BIGINT,
    wkb BYTEA,
    findings TEXT NOT NULL
);
CREATE INDEX rejected_features_import_id ON rejected_features (import_id);
COMMENT ON TABLE rejected_features IS 'Features that an import kept out, whole, for mending';
COMMENT ON COLUMN rejected_features.id IS 'Key of the rejected feature';
COMMENT ON COLUMN rejected_features.import_id IS 'Import that rejected it';
COMMENT ON COLUMN rejected_features.feature IS 'Number of the feature in its source';
COMMENT ON COLUMN rejected_features.layer IS 'Layer of the source';
COMMENT ON COLUMN rejected_features.attributes IS 'Attributes as the source has them, as a JSON object';
COMMENT ON COLUMN rejected_features.crs IS 'EPSG code of the geometry as the source states it';
COMMENT ON COLUMN rejected_features.wkb IS 'Geometry as the source has it, in WKB';
COMMENT ON COLUMN rejected_features.findings IS 'Why it was rejected, as a JSON array';
