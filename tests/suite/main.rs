//! Every capability, as a client or an operator sees it: one file per capability.

mod config;
mod harness;
mod source_files;
