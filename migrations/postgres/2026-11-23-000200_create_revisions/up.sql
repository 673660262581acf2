-- Revisions, the head that serialises writers, and the audit.

CREATE TABLE register_head (
    id BIGINT PRIMARY KEY NOT NULL,
    revision BIGINT NOT NULL,
    next_version BIGINT NOT NULL,
    next_parcel BIGINT NOT NULL,
    next_feature BIGINT NOT NULL,
    next_other BIGINT NOT NULL
);
COMMENT ON TABLE register_head IS 'One row: the newest revision and the next unused keys';
COMMENT ON COLUMN register_head.id IS 'Always 1';
COMMENT ON COLUMN register_head.revision IS 'Newest revision; the row that every writer must move on';
COMMENT ON COLUMN register_head.next_version IS 'Next unused key of a version';
COMMENT ON COLUMN register_head.next_parcel IS 'Next unused parcel id';
COMMENT ON COLUMN register_head.next_feature IS 'Next unused feature id';
COMMENT ON COLUMN register_head.next_other IS 'Next unused key of any other row';

CREATE TABLE revisions (
    number BIGINT PRIMARY KEY NOT NULL,
    recorded_at BIGINT NOT NULL,
    dataset TEXT NOT NULL,
    summary TEXT NOT NULL,
    parcels_written BIGINT NOT NULL,
    parcels_closed BIGINT NOT NULL,
    features_written BIGINT NOT NULL,
    features_closed BIGINT NOT NULL,
    others_written BIGINT NOT NULL,
    audit_hash TEXT NOT NULL
);
COMMENT ON TABLE revisions IS 'Every state of the register and what made it';
COMMENT ON COLUMN revisions.number IS 'Number of the state of the register';
COMMENT ON COLUMN revisions.recorded_at IS 'When it was recorded, in microseconds since 1970-01-01 UTC';
COMMENT ON COLUMN revisions.dataset IS 'Dataset the edit came from';
COMMENT ON COLUMN revisions.summary IS 'What happened; no personal data';
COMMENT ON COLUMN revisions.parcels_written IS 'Parcel versions written';
COMMENT ON COLUMN revisions.parcels_closed IS 'Parcel versions closed in recorded time';
COMMENT ON COLUMN revisions.features_written IS 'Versions of planning features written';
COMMENT ON COLUMN revisions.features_closed IS 'Versions of planning features closed in recorded time';
COMMENT ON COLUMN revisions.others_written IS 'Layer heads, wards, crosswalk rows and lineage edges written';
COMMENT ON COLUMN revisions.audit_hash IS 'Hash of the audit entry of this revision, in hexadecimal';

CREATE TABLE audit (
    id BIGINT PRIMARY KEY NOT NULL,
    chain TEXT NOT NULL,
    number BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    action TEXT NOT NULL,
    entry TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE UNIQUE INDEX audit_chain_number ON audit (chain, number);
COMMENT ON TABLE audit IS 'Audit: one chain of hashes per dataset';
COMMENT ON COLUMN audit.id IS 'Key of the entry';
COMMENT ON COLUMN audit.chain IS 'Which chain of hashes: a dataset, or readings of personal values';
COMMENT ON COLUMN audit.number IS 'Position in its chain, from 1';
COMMENT ON COLUMN audit.recorded_at IS 'When, in microseconds since 1970-01-01 UTC';
COMMENT ON COLUMN audit.action IS 'What was done';
COMMENT ON COLUMN audit.entry IS 'The entry as canonical JSON; no personal values';
COMMENT ON COLUMN audit.previous_hash IS 'Hash of the entry before, empty for the first';
COMMENT ON COLUMN audit.hash IS 'Hash over the previous hash and the entry, in hexadecimal';

INSERT INTO register_head VALUES (1, 0, 1, 1, 1, 1);
