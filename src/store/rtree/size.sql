-- Raw, because the shadow tables of an R-tree are SQLite's own: how many rows it holds, and how
-- many bytes a node has.
SELECT (SELECT count(*) FROM rtree_{table}_geom_rowid) AS held,
       (SELECT length(data) FROM rtree_{table}_geom_node WHERE nodeno = 1) AS node_bytes
