//! The application: one file per use-case; transactions begin and end here.
