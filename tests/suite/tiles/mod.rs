//! Vector tiles, decoded by programs of others.

mod decoded;
mod layers;
mod served;
mod sweep;
