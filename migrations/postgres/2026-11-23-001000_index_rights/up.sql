-- Parcels of a unit as rows, so that the units of a parcel are found; keys of rights, the same in
-- all their versions; the secret with which identities are hashed.

CREATE TABLE ba_unit_parcels (
    version BIGINT NOT NULL,
    parcel_id BIGINT NOT NULL,
    PRIMARY KEY (version, parcel_id)
);
CREATE INDEX ba_unit_parcels_parcel_id ON ba_unit_parcels (parcel_id);
INSERT INTO ba_unit_parcels
SELECT version, value::bigint FROM ba_units, json_array_elements_text(parcels::json);
ALTER TABLE ba_units DROP COLUMN parcels;
CREATE INDEX ba_units_certificate_serial ON ba_units (certificate_serial);
COMMENT ON TABLE ba_unit_parcels IS 'Parcels of each version of a unit';
COMMENT ON COLUMN ba_unit_parcels.version IS 'Version of the unit';
COMMENT ON COLUMN ba_unit_parcels.parcel_id IS 'Id of the parcel';

-- Rights written so far had one version each, which is their key from now on.
ALTER TABLE rrrs ADD COLUMN rrr_id BIGINT;
UPDATE rrrs SET rrr_id = version;
ALTER TABLE rrrs ALTER COLUMN rrr_id SET NOT NULL;
CREATE INDEX rrrs_rrr_id ON rrrs (rrr_id);
COMMENT ON COLUMN rrrs.rrr_id IS 'Key of the right, restriction or responsibility';

-- Identities are hashed with it into the schema of the keys: neither alone tells whether a
-- guessed identity is held.
CREATE TABLE identity_secret (
    id BIGINT PRIMARY KEY NOT NULL,
    secret BYTEA NOT NULL
);
-- Two version-4 UUIDs: 244 random bits without an extension.
INSERT INTO identity_secret
VALUES (1, decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
COMMENT ON TABLE identity_secret IS 'One row: the random bytes with which identities are hashed beside their keys';
COMMENT ON COLUMN identity_secret.id IS 'Always 1';
COMMENT ON COLUMN identity_secret.secret IS 'Random bytes; useless without the keys';
