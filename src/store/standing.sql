-- Raw, because an R-tree is a virtual table of SQLite alone: the open versions of parcels whose box
-- meets one of those in a JSON array of [west, south, east, north].
SELECT DISTINCT parcels.version, parcels.parcel_id
FROM json_each(?) AS asked
CROSS JOIN rtree_parcels_geom AS held
    ON held.minx <= json_extract(asked.value, '$[2]')
    AND held.maxx >= json_extract(asked.value, '$[0]')
    AND held.miny <= json_extract(asked.value, '$[3]')
    AND held.maxy >= json_extract(asked.value, '$[1]')
CROSS JOIN parcels ON parcels.version = held.id
ORDER BY parcels.version
