-- Keyed hashes of who a party is, beside its key: equal identities are found without a reading,
-- and the hashes are destroyed with the key. The secret they are made with is in the register.

ALTER TABLE person_keys ADD COLUMN identity_hash BYTEA;
ALTER TABLE person_keys ADD COLUMN values_hash BYTEA;
CREATE INDEX person_keys_identity_hash ON person_keys (identity_hash);
COMMENT ON COLUMN person_keys.identity_hash IS 'Keyed hash of the identity number; of the name for an organisation or the State without one';
COMMENT ON COLUMN person_keys.values_hash IS 'Keyed hash of kind, identity number and name';
