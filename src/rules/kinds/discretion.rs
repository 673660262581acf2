//! What the text leaves to an officer: the program says so, and never decides it.

use super::{Kind, Says};

/// Case by case, by opinion of an agency, by the look of a street.
pub static KIND: Kind = Kind {
    name: "discretion",
    version: 1,
    says: Says::OfficerDecides,
};
