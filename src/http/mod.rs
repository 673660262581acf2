//! Routes, extractors, views and the problem table; the only user of actix.
