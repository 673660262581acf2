//! Real clients against a real server: a browser, GDAL, QGIS, a fuzzer of the API, the README's commands; and servers of the same standard beside it.

mod contract;
mod demo;
mod fuzzer;
mod gdal;
mod owslib;
mod page;
mod peers;
mod pmtiles;
mod pyarrow;
mod pyogrio;
mod qgis;
mod readme;
