-- Keyed hashes of who a party is, beside its key: equal identities are found without a reading,
-- and the hashes are destroyed with the key. The secret they are made with is in the register.

ALTER TABLE person_keys ADD COLUMN identity_hash BLOB;
ALTER TABLE person_keys ADD COLUMN values_hash BLOB;
CREATE INDEX person_keys_identity_hash ON person_keys (identity_hash);
