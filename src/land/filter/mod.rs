//! Conditions on the items of a collection, and whether an item fulfils them.
//!
//! A condition is true, false or unknown: what compares a value that an item does not have is
//! unknown, and only what is true is wanted. Shapes are compared exactly, on the item's own plane.

/// What is asked of an item.
mod condition;
/// Civil days and spans of them.
mod days;
/// A shape as others draw it, on every plane of the city.
mod figure;
/// Patterns of `LIKE`.
mod pattern;
/// What can be asked of the items of a collection.
mod property;
/// What an item says.
mod said;
/// From coordinates to a shape on every plane.
mod sketch;
/// Values that are compared.
mod value;

pub use condition::{Comparison, Condition, Scalar};
pub use days::{Span, SpanEnd, SpanRelation};
pub use figure::{Figure, Relation};
pub use pattern::Pattern;
pub use property::{Holds, Property};
pub(super) use said::Said;
pub use sketch::{FigureError, Sketch};
pub use value::{Fold, Value};
