-- Takes back: the indexes of keys and national identifiers of parcels.

DROP INDEX parcels_closed_national_identifier;
DROP INDEX parcels_national_identifier;
DROP INDEX parcels_closed_map_key;
DROP INDEX parcels_map_key;
