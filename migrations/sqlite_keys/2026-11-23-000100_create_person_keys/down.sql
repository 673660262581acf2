-- Takes back the keys: every personal value is unreadable afterwards.

DROP TABLE person_keys;
