-- Basic administrative units, parties and rights; not registered for GIS clients.
-- Column types are those of GeoPackage 1.2, in capitals; comments are kept in schema_comments.

CREATE TABLE ba_units (
    version INTEGER PRIMARY KEY NOT NULL,
    ba_unit_id INTEGER NOT NULL,
    certificate_serial TEXT,
    registry_number TEXT,
    parcels TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    recorded_from INTEGER NOT NULL,
    recorded_to INTEGER,
    recorded_in INTEGER NOT NULL,
    closed_in INTEGER
);
CREATE INDEX ba_units_ba_unit_id ON ba_units (ba_unit_id);
INSERT INTO schema_comments VALUES
    ('ba_units', '', 'Basic administrative units: parcels held under the same rights, all versions'),
    ('ba_units', 'version', 'Key of the version'),
    ('ba_units', 'ba_unit_id', 'Key of the unit'),
    ('ba_units', 'certificate_serial', 'Serial of the certificate, as printed; not public'),
    ('ba_units', 'registry_number', 'Number in the register of certificates; not public'),
    ('ba_units', 'parcels', 'Ids of its parcels, as a JSON array'),
    ('ba_units', 'valid_from', 'First day on which this held, in civil days of Vietnam'),
    ('ba_units', 'valid_to', 'First day on which it no longer held; empty while it holds'),
    ('ba_units', 'recorded_from', 'When the register began to hold this, in microseconds since 1970-01-01 UTC'),
    ('ba_units', 'recorded_to', 'When the register stopped to hold this; empty while it is the current knowledge'),
    ('ba_units', 'recorded_in', 'Revision that recorded this'),
    ('ba_units', 'closed_in', 'Revision that closed this in recorded time');

CREATE TABLE parties (
    party_id INTEGER PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    name BLOB,
    identity_number BLOB,
    recorded_at INTEGER NOT NULL,
    erased_at INTEGER
);
INSERT INTO schema_comments VALUES
    ('parties', '', 'Parties; personal values only as ciphertext'),
    ('parties', 'party_id', 'Key of the party'),
    ('parties', 'kind', 'natural_person, organisation, household or state'),
    ('parties', 'name', 'Name as ciphertext under the key of the party'),
    ('parties', 'identity_number', 'Identity number as ciphertext under the key of the party'),
    ('parties', 'recorded_at', 'When it was recorded, in microseconds since 1970-01-01 UTC'),
    ('parties', 'erased_at', 'When its key was destroyed');

CREATE TABLE rrrs (
    version INTEGER PRIMARY KEY NOT NULL,
    ba_unit_id INTEGER NOT NULL,
    party_id INTEGER NOT NULL REFERENCES parties (party_id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    share_numerator INTEGER,
    share_denominator INTEGER,
    valid_from DATE NOT NULL,
    valid_to DATE,
    recorded_from INTEGER NOT NULL,
    recorded_to INTEGER,
    recorded_in INTEGER NOT NULL,
    closed_in INTEGER
);
CREATE INDEX rrrs_ba_unit_id ON rrrs (ba_unit_id);
CREATE INDEX rrrs_party_id ON rrrs (party_id);
INSERT INTO schema_comments VALUES
    ('rrrs', '', 'Rights, restrictions and responsibilities, all versions'),
    ('rrrs', 'version', 'Key of the version'),
    ('rrrs', 'ba_unit_id', 'Unit'),
    ('rrrs', 'party_id', 'Party'),
    ('rrrs', 'kind', 'right, restriction or responsibility'),
    ('rrrs', 'what', 'What it is, such as land_use or mortgage'),
    ('rrrs', 'share_numerator', 'Parts held'),
    ('rrrs', 'share_denominator', 'Parts in all'),
    ('rrrs', 'valid_from', 'First day on which this held, in civil days of Vietnam'),
    ('rrrs', 'valid_to', 'First day on which it no longer held; empty while it holds'),
    ('rrrs', 'recorded_from', 'When the register began to hold this, in microseconds since 1970-01-01 UTC'),
    ('rrrs', 'recorded_to', 'When the register stopped to hold this; empty while it is the current knowledge'),
    ('rrrs', 'recorded_in', 'Revision that recorded this'),
    ('rrrs', 'closed_in', 'Revision that closed this in recorded time');
