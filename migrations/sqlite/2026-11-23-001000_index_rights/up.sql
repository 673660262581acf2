-- Parcels of a unit as rows, so that the units of a parcel are found; keys of rights, the same in
-- all their versions; the secret with which identities are hashed.
-- Column types are those of GeoPackage 1.2, in capitals; comments are kept in schema_comments.

CREATE TABLE ba_unit_parcels (
    version INTEGER NOT NULL,
    parcel_id INTEGER NOT NULL,
    PRIMARY KEY (version, parcel_id)
) WITHOUT ROWID;
CREATE INDEX ba_unit_parcels_parcel_id ON ba_unit_parcels (parcel_id);
INSERT INTO ba_unit_parcels SELECT version, value FROM ba_units, json_each(parcels);
ALTER TABLE ba_units DROP COLUMN parcels;
CREATE INDEX ba_units_certificate_serial ON ba_units (certificate_serial);
DELETE FROM schema_comments WHERE table_name = 'ba_units' AND column_name = 'parcels';
INSERT INTO schema_comments VALUES
    ('ba_unit_parcels', '', 'Parcels of each version of a unit'),
    ('ba_unit_parcels', 'version', 'Version of the unit'),
    ('ba_unit_parcels', 'parcel_id', 'Id of the parcel');

-- SQLite adds a column that may not be empty only with a default: the table is made anew. Nothing
-- refers to it. Rights written so far had one version each, which is their key from now on.
CREATE TABLE rrrs_with_key (
    version INTEGER PRIMARY KEY NOT NULL,
    rrr_id INTEGER NOT NULL,
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
INSERT INTO rrrs_with_key
SELECT version, version, ba_unit_id, party_id, kind, what, share_numerator, share_denominator,
       valid_from, valid_to, recorded_from, recorded_to, recorded_in, closed_in
FROM rrrs;
DROP TABLE rrrs;
ALTER TABLE rrrs_with_key RENAME TO rrrs;
CREATE INDEX rrrs_rrr_id ON rrrs (rrr_id);
CREATE INDEX rrrs_ba_unit_id ON rrrs (ba_unit_id);
CREATE INDEX rrrs_party_id ON rrrs (party_id);
INSERT INTO schema_comments VALUES
    ('rrrs', 'rrr_id', 'Key of the right, restriction or responsibility');

-- Identities are hashed with it into the file of the keys: neither file alone tells whether a
-- guessed identity is held.
CREATE TABLE identity_secret (
    id INTEGER PRIMARY KEY NOT NULL,
    secret BLOB NOT NULL
);
INSERT INTO identity_secret VALUES (1, randomblob(32));
INSERT INTO schema_comments VALUES
    ('identity_secret', '', 'One row: the random bytes with which identities are hashed beside their keys'),
    ('identity_secret', 'id', 'Always 1'),
    ('identity_secret', 'secret', 'Random bytes; useless without the keys');
