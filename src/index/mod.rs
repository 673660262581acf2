//! A generic R*-tree over keys and envelopes: bulk-loaded base and a small overlay for edits.
