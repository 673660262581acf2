//! What can be wrong with what a register knows of rights.

use crate::cadastre::{Day, ParcelId, RrrType};

/// Something wrong with what a register knows of rights.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RightsFlaw {
    /// A unit that holds no parcel.
    #[error("unit `{unit}` holds no parcel from {from} on")]
    UnitWithoutParcel {
        /// Which unit.
        unit: i64,
        /// First day of the version.
        from: Day,
    },
    /// A unit that holds a parcel of which the register knows nothing.
    #[error("unit `{unit}` holds parcel `{parcel}`, which the register does not know")]
    UnknownParcel {
        /// Which unit.
        unit: i64,
        /// Which parcel.
        parcel: ParcelId,
    },
    /// Two versions of one unit or right hold on one day.
    #[error("{what} `{key}` has two versions on {day}")]
    TwoVersions {
        /// Unit or right.
        what: &'static str,
        /// Which.
        key: i64,
        /// First such day.
        day: Day,
    },
    /// A right on a day on which its unit does not hold.
    #[error("right `{right}` holds on {day}, when its unit `{unit}` does not")]
    RightWithoutUnit {
        /// Which right.
        right: i64,
        /// In which unit.
        unit: i64,
        /// First such day.
        day: Day,
    },
    /// A right of a party that the register does not hold.
    #[error("right `{right}` is of party `{party}`, which the register does not hold")]
    RightOfNobody {
        /// Which right.
        right: i64,
        /// Of which party.
        party: i64,
    },
    /// Shares in one unit that add up to more than one.
    #[error("the shares of {what:?} in unit `{unit}` add up to more than one on {day}")]
    SharesExceedOne {
        /// Which unit.
        unit: i64,
        /// Of which right.
        what: RrrType,
        /// First such day.
        day: Day,
    },
    /// Certificates that together give more of a parcel than there is.
    #[error(
        "parcel `{parcel}` has {what:?} in units `{unit}` and `{other}` that adds up to more than \
         one on {day}"
    )]
    DoubleRight {
        /// Which parcel.
        parcel: ParcelId,
        /// Which right.
        what: RrrType,
        /// The first unit that gives some of it then.
        unit: i64,
        /// The next one.
        other: i64,
        /// First such day.
        day: Day,
    },
    /// Parties that were not erased and whose values nobody can read.
    #[error(
        "{count} parties have no key, the first is `{first}`: the keys are elsewhere or lost, or \
         an erasure was interrupted and must be ordered again"
    )]
    KeysMissing {
        /// How many.
        count: u64,
        /// The first of them.
        first: i64,
    },
    /// Parties that were erased and whose key is there again.
    #[error(
        "{count} erased parties have a key, the first is `{first}`: an older copy of the keys \
         was put back, and they must be erased again"
    )]
    KeysLeft {
        /// How many.
        count: u64,
        /// The first of them.
        first: i64,
    },
}
