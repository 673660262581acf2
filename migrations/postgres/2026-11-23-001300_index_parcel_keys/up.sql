-- A file of a few parcels asks for those of their keys and national identifiers, not for all.

CREATE INDEX parcels_map_key ON parcels (map_commune, map_sheet, map_number);
CREATE INDEX parcels_closed_map_key ON parcels_closed (map_commune, map_sheet, map_number);
CREATE INDEX parcels_national_identifier ON parcels (national_identifier)
    WHERE national_identifier IS NOT NULL;
CREATE INDEX parcels_closed_national_identifier ON parcels_closed (national_identifier)
    WHERE national_identifier IS NOT NULL;
