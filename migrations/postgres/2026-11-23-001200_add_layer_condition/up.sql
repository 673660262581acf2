-- A planning layer may be unreviewed, or lack features that stayed out when it was taken in.

ALTER TABLE layers ADD COLUMN condition TEXT NOT NULL DEFAULT 'sound';
COMMENT ON COLUMN layers.condition IS 'What the layer leaves empty may be believed when it is sound; not when it is unreviewed, or failed because features of it stayed out';
