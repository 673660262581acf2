-- Takes back: Revisions, the head that serialises writers, and the audit.

DELETE FROM gpkg_contents WHERE table_name = 'audit';
DELETE FROM schema_comments WHERE table_name = 'audit';
DROP TABLE audit;
DELETE FROM gpkg_contents WHERE table_name = 'revisions';
DELETE FROM schema_comments WHERE table_name = 'revisions';
DROP TABLE revisions;
DELETE FROM schema_comments WHERE table_name = 'register_head';
DROP TABLE register_head;
