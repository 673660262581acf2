-- Takes back: Basic administrative units, parties and rights; not registered for GIS clients.

DROP TABLE rrrs;
DROP TABLE parties;
DROP TABLE ba_units;
