//! Vector tiles, decoded by programs of others.

pub mod cached;
mod changed;
mod coverage;
pub mod decoded;
mod edited;
mod events;
mod layers;
mod served;
mod sets;
mod shelved;
mod sweep;
mod vn2000;
