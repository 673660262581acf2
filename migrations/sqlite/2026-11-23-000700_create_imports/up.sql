-- Imported files and the features they kept out.
-- Column types are those of GeoPackage 1.2, in capitals; comments are kept in schema_comments.

CREATE TABLE imports (
    id INTEGER PRIMARY KEY NOT NULL,
    content_hash TEXT NOT NULL,
    file_name TEXT NOT NULL,
    dataset TEXT NOT NULL,
    profile TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    revision INTEGER NOT NULL REFERENCES revisions (number) DEFERRABLE INITIALLY DEFERRED,
    counts TEXT NOT NULL,
    report TEXT NOT NULL
);
CREATE INDEX imports_content_hash ON imports (content_hash);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('imports', 'attributes', 'imports', 'Files that were imported', NULL);
INSERT INTO schema_comments VALUES
    ('imports', '', 'Files that were imported'),
    ('imports', 'id', 'Key of the import'),
    ('imports', 'content_hash', 'Hash of the bytes of the file, in hexadecimal'),
    ('imports', 'file_name', 'Name of the file without its folder'),
    ('imports', 'dataset', 'Dataset it belongs to'),
    ('imports', 'profile', 'Field profile used'),
    ('imports', 'recorded_at', 'When, in microseconds since 1970-01-01 UTC'),
    ('imports', 'revision', 'Revision it made'),
    ('imports', 'counts', 'Counts of features in and out, as a JSON object'),
    ('imports', 'report', 'Report of the checks, as JSON');

CREATE TABLE rejected_features (
    id INTEGER PRIMARY KEY NOT NULL,
    import_id INTEGER NOT NULL REFERENCES imports (id) DEFERRABLE INITIALLY DEFERRED,
    feature INTEGER NOT NULL,
    layer TEXT NOT NULL,
    attributes TEXT NOT NULL,
    crs INTEGER,
    wkb BLOB,
    findings TEXT NOT NULL
);
CREATE INDEX rejected_features_import_id ON rejected_features (import_id);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('rejected_features', 'attributes', 'rejected_features', 'Features that an import kept out, whole, for mending', NULL);
INSERT INTO schema_comments VALUES
    ('rejected_features', '', 'Features that an import kept out, whole, for mending'),
    ('rejected_features', 'id', 'Key of the rejected feature'),
    ('rejected_features', 'import_id', 'Import that rejected it'),
    ('rejected_features', 'feature', 'Number of the feature in its source'),
    ('rejected_features', 'layer', 'Layer of the source'),
    ('rejected_features', 'attributes', 'Attributes as the source has them, as a JSON object'),
    ('rejected_features', 'crs', 'EPSG code of the geometry as the source states it'),
    ('rejected_features', 'wkb', 'Geometry as the source has it, in WKB'),
    ('rejected_features', 'findings', 'Why it was rejected, as a JSON array');
