-- A planning layer can be withdrawn: from a day on it says nothing any more.

ALTER TABLE layers ADD COLUMN withdrawn_on TEXT;
COMMENT ON COLUMN layers.withdrawn_on IS 'First day on which the layer says nothing any more; empty while it is not withdrawn';
