-- Takes back: Parcels: open versions and closed ones.

DROP TABLE parcels_closed;
DROP TABLE parcels;
