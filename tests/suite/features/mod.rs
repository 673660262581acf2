//! OGC API Features: collections page by page, by place, as clients see them.

mod pages;
mod places;
mod planned;
