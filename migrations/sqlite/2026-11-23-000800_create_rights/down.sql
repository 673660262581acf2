-- Takes back: Basic administrative units, parties and rights; not registered for GIS clients.

DELETE FROM schema_comments WHERE table_name = 'rrrs';
DROP TABLE rrrs;
DELETE FROM schema_comments WHERE table_name = 'parties';
DROP TABLE parties;
DELETE FROM schema_comments WHERE table_name = 'ba_units';
DROP TABLE ba_units;
