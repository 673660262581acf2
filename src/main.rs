//! The `diachinh` command.

fn main() {}
