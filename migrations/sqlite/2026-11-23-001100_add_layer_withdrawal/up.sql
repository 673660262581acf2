-- A planning layer can be withdrawn: from a day on it says nothing any more.
-- Column types are those of GeoPackage 1.2, in capitals; comments are kept in schema_comments.

ALTER TABLE layers ADD COLUMN withdrawn_on DATE;
INSERT INTO schema_comments VALUES
    ('layers', 'withdrawn_on', 'First day on which the layer says nothing any more; empty while it is not withdrawn');
