-- Takes back: Planning layers and their features.

DROP TABLE layers;
DROP TABLE restrictions_closed;
DROP TABLE restrictions;
DROP TABLE corridors_closed;
DROP TABLE corridors;
DROP TABLE roads_closed;
DROP TABLE roads;
DROP TABLE zones_closed;
DROP TABLE zones;
