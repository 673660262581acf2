-- Takes back: Wards with their borders, and the crosswalk.

DROP TABLE ward_successions;
DROP TABLE wards_closed;
DROP TABLE wards;
