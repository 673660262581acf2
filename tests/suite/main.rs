//! Every capability, as a client or an operator sees it: one file per capability.

mod config;
mod harness;
mod one_library;
mod source_files;
