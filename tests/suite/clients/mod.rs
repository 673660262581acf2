//! Real clients against a real server: a browser, a fuzzer of the API, the commands of the README.

mod fuzzer;
mod page;
mod types;
