-- Raw, because gpkg_contents belongs to the standard and exists in SQLite only.
-- ifnull keeps the side that is there; min and max of SQLite are null when either side is.
UPDATE gpkg_contents
SET min_x = ifnull(min(min_x, ?1), ifnull(min_x, ?1)),
    min_y = ifnull(min(min_y, ?2), ifnull(min_y, ?2)),
    max_x = ifnull(max(max_x, ?3), ifnull(max_x, ?3)),
    max_y = ifnull(max(max_y, ?4), ifnull(max_y, ?4)),
    last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE table_name = ?5
