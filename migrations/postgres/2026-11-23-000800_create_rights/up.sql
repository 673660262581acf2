-- Basic administrative units, parties and rights; not registered for GIS clients.

CREATE TABLE ba_units (
    version BIGINT PRIMARY KEY NOT NULL,
    ba_unit_id BIGINT NOT NULL,
    certificate_serial TEXT,
    registry_number TEXT,
    parcels TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    recorded_from BIGINT NOT NULL,
    recorded_to BIGINT,
    recorded_in BIGINT NOT NULL,
    closed_in BIGINT
);
CREATE INDEX ba_units_ba_unit_id ON ba_units (ba_unit_id);
COMMENT ON TABLE ba_units IS 'Basic administrative units: parcels held under the same rights, all versions';
COMMENT ON COLUMN ba_units.version IS 'Key of the version';
COMMENT ON COLUMN ba_units.ba_unit_id IS 'Key of the unit';
COMMENT ON COLUMN ba_units.certificate_serial IS 'Serial of the certificate, as printed; not public';
COMMENT ON COLUMN ba_units.registry_number IS 'Number in the register of certificates; not public';
COMMENT ON COLUMN ba_units.parcels IS 'Ids of its parcels, as a JSON array';
COMMENT ON COLUMN ba_units.valid_from IS 'First day on which this held, in civil days of Vietnam';
COMMENT ON COLUMN ba_units.valid_to IS 'First day on which it no longer held; empty while it holds';
COMMENT ON COLUMN ba_units.recorded_from IS 'When the register began to hold this, in microseconds since 1970-01-01 UTC';
COMMENT ON COLUMN ba_units.recorded_to IS 'When the register stopped to hold this; empty while it is the current knowledge';
COMMENT ON COLUMN ba_units.recorded_in IS 'Revision that recorded this';
COMMENT ON COLUMN ba_units.closed_in IS 'Revision that closed this in recorded time';

CREATE TABLE parties (
    party_id BIGINT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    name BYTEA,
    identity_number BYTEA,
    recorded_at BIGINT NOT NULL,
    erased_at BIGINT
);
COMMENT ON TABLE parties IS 'Parties; personal values only as ciphertext';
COMMENT ON COLUMN parties.party_id IS 'Key of the party';
COMMENT ON COLUMN parties.kind IS 'natural_person, organisation, household or state';
COMMENT ON COLUMN parties.name IS 'Name as ciphertext under the key of the party';
COMMENT ON COLUMN parties.identity_number IS 'Identity number as ciphertext under the key of the party';
COMMENT ON COLUMN parties.recorded_at IS 'When it was recorded, in microseconds since 1970-01-01 UTC';
COMMENT ON COLUMN parties.erased_at IS 'When its key was destroyed';

CREATE TABLE rrrs (
    version BIGINT PRIMARY KEY NOT NULL,
    ba_unit_id BIGINT NOT NULL,
    party_id BIGINT NOT NULL REFERENCES parties (party_id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    share_numerator BIGINT,
    share_denominator BIGINT,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    recorded_from BIGINT NOT NULL,
    recorded_to BIGINT,
    recorded_in BIGINT NOT NULL,
    closed_in BIGINT
);
CREATE INDEX rrrs_ba_unit_id ON rrrs (ba_unit_id);
CREATE INDEX rrrs_party_id ON rrrs (party_id);
COMMENT ON TABLE rrrs IS 'Rights, restrictions and responsibilities, all versions';
COMMENT ON COLUMN rrrs.version IS 'Key of the version';
COMMENT ON COLUMN rrrs.ba_unit_id IS 'Unit';
COMMENT ON COLUMN rrrs.party_id IS 'Party';
COMMENT ON COLUMN rrrs.kind IS 'right, restriction or responsibility';
COMMENT ON COLUMN rrrs.what IS 'What it is, such as land_use or mortgage';
COMMENT ON COLUMN rrrs.share_numerator IS 'Parts held';
COMMENT ON COLUMN rrrs.share_denominator IS 'Parts in all';
COMMENT ON COLUMN rrrs.valid_from IS 'First day on which this held, in civil days of Vietnam';
COMMENT ON COLUMN rrrs.valid_to IS 'First day on which it no longer held; empty while it holds';
COMMENT ON COLUMN rrrs.recorded_from IS 'When the register began to hold this, in microseconds since 1970-01-01 UTC';
COMMENT ON COLUMN rrrs.recorded_to IS 'When the register stopped to hold this; empty while it is the current knowledge';
COMMENT ON COLUMN rrrs.recorded_in IS 'Revision that recorded this';
COMMENT ON COLUMN rrrs.closed_in IS 'Revision that closed this in recorded time';
