//! The `diachinh` command.

fn main() -> std::process::ExitCode {
    diachinh::cli::run(std::env::args_os())
}
