-- Revisions, the head that serialises writers, and the audit.
-- Column types are those of GeoPackage 1.2, in capitals; comments are kept in schema_comments.

CREATE TABLE register_head (
    id INTEGER PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    next_version INTEGER NOT NULL,
    next_parcel INTEGER NOT NULL,
    next_feature INTEGER NOT NULL,
    next_other INTEGER NOT NULL
);
INSERT INTO schema_comments VALUES
    ('register_head', '', 'One row: the newest revision and the next unused keys'),
    ('register_head', 'id', 'Always 1'),
    ('register_head', 'revision', 'Newest revision; the row that every writer must move on'),
    ('register_head', 'next_version', 'Next unused key of a version'),
    ('register_head', 'next_parcel', 'Next unused parcel id'),
    ('register_head', 'next_feature', 'Next unused feature id'),
    ('register_head', 'next_other', 'Next unused key of any other row');

CREATE TABLE revisions (
    number INTEGER PRIMARY KEY NOT NULL,
    recorded_at INTEGER NOT NULL,
    dataset TEXT NOT NULL,
    summary TEXT NOT NULL,
    parcels_written INTEGER NOT NULL,
    parcels_closed INTEGER NOT NULL,
    features_written INTEGER NOT NULL,
    features_closed INTEGER NOT NULL,
    others_written INTEGER NOT NULL,
    audit_hash TEXT NOT NULL
);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('revisions', 'attributes', 'revisions', 'Every state of the register and what made it', NULL);
INSERT INTO schema_comments VALUES
    ('revisions', '', 'Every state of the register and what made it'),
    ('revisions', 'number', 'Number of the state of the register'),
    ('revisions', 'recorded_at', 'When it was recorded, in microseconds since 1970-01-01 UTC'),
    ('revisions', 'dataset', 'Dataset the edit came from'),
    ('revisions', 'summary', 'What happened; no personal data'),
    ('revisions', 'parcels_written', 'Parcel versions written'),
    ('revisions', 'parcels_closed', 'Parcel versions closed in recorded time'),
    ('revisions', 'features_written', 'Versions of planning features written'),
    ('revisions', 'features_closed', 'Versions of planning features closed in recorded time'),
    ('revisions', 'others_written', 'Layer heads, wards, crosswalk rows and lineage edges written'),
    ('revisions', 'audit_hash', 'Hash of the audit entry of this revision, in hexadecimal');

CREATE TABLE audit (
    id INTEGER PRIMARY KEY NOT NULL,
    chain TEXT NOT NULL,
    number INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    action TEXT NOT NULL,
    entry TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE UNIQUE INDEX audit_chain_number ON audit (chain, number);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('audit', 'attributes', 'audit', 'Audit: one chain of hashes per dataset', NULL);
INSERT INTO schema_comments VALUES
    ('audit', '', 'Audit: one chain of hashes per dataset'),
    ('audit', 'id', 'Key of the entry'),
    ('audit', 'chain', 'Which chain of hashes: a dataset, or readings of personal values'),
    ('audit', 'number', 'Position in its chain, from 1'),
    ('audit', 'recorded_at', 'When, in microseconds since 1970-01-01 UTC'),
    ('audit', 'action', 'What was done'),
    ('audit', 'entry', 'The entry as canonical JSON; no personal values'),
    ('audit', 'previous_hash', 'Hash of the entry before, empty for the first'),
    ('audit', 'hash', 'Hash over the previous hash and the entry, in hexadecimal');

INSERT INTO register_head VALUES (1, 0, 1, 1, 1, 1);
