//! Every capability, as a client or an operator sees it: one file per capability.

mod config;
mod geometry;
mod harness;
mod land_position;
mod one_library;
mod source_files;
mod village;
