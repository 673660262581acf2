-- A planning layer may be unreviewed, or lack features that stayed out when it was taken in.
-- Column types are those of GeoPackage 1.2, in capitals; comments are kept in schema_comments.

ALTER TABLE layers ADD COLUMN condition TEXT NOT NULL DEFAULT 'sound';
INSERT INTO schema_comments VALUES
    ('layers', 'condition', 'What the layer leaves empty may be believed when it is sound; not when it is unreviewed, or failed because features of it stayed out');
