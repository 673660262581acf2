//! Real clients against a real server: a browser, a fuzzer of the API, QGIS, the commands of the README.

mod contract;
mod demo;
mod fuzzer;
mod page;
mod qgis;
mod readme;
