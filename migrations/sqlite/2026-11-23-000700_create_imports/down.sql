-- Takes back: Imported files and the features they kept out.

DELETE FROM gpkg_contents WHERE table_name = 'rejected_features';
DELETE FROM schema_comments WHERE table_name = 'rejected_features';
DROP TABLE rejected_features;
DELETE FROM gpkg_contents WHERE table_name = 'imports';
DELETE FROM schema_comments WHERE table_name = 'imports';
DROP TABLE imports;
