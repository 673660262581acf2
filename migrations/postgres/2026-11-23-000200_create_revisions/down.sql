-- Takes back: Revisions, the head that serialises writers, and the audit.

DROP TABLE audit;
DROP TABLE revisions;
DROP TABLE register_head;
