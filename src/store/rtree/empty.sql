-- Raw, because the shadow tables of an R-tree are SQLite's own: what comes next fills them anew.
DELETE FROM rtree_{table}_geom_node;
DELETE FROM rtree_{table}_geom_rowid;
DELETE FROM rtree_{table}_geom_parent;
