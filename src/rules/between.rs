//! An interval of numbers with the inclusivity of each end.

use rust_decimal::Decimal;

/// An end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// Where it lies.
    pub at: Decimal,
    /// Whether the number itself belongs to the interval.
    pub inclusive: bool,
}

/// An interval of numbers; an absent end is open for ever.
///
/// In packs `from = 6` is 6 and more, `above = 6` more than 6, `below = 16` less than 16,
/// `up_to = 16` 16 and less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Between {
    /// Lower end.
    pub lower: Option<Edge>,
    /// Upper end.
    pub upper: Option<Edge>,
}

/// How one interval follows another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Following {
    /// Without a gap and without a number in both.
    Joined,
    /// Numbers lie between them, or they both leave out the number where they meet.
    Gap,
    /// They have a number in common, or stand in the wrong order.
    Overlap,
}

impl Between {
    /// Whether a number belongs to the interval.
    pub fn has(&self, number: Decimal) -> bool {
        let above = |edge: Edge| number > edge.at || edge.inclusive && number == edge.at;
        let below = |edge: Edge| number < edge.at || edge.inclusive && number == edge.at;
        self.lower.is_none_or(above) && self.upper.is_none_or(below)
    }

    /// Whether no number belongs to it.
    pub(super) fn is_empty(&self) -> bool {
        let (Some(lower), Some(upper)) = (self.lower, self.upper) else {
            return false;
        };
        lower.at > upper.at || lower.at == upper.at && !(lower.inclusive && upper.inclusive)
    }

    /// How `next` follows this interval.
    pub(super) fn followed_by(&self, next: &Self) -> Following {
        let (Some(end), Some(start)) = (self.upper, next.lower) else {
            return Following::Overlap;
        };
        match end.at.cmp(&start.at) {
            std::cmp::Ordering::Less => Following::Gap,
            std::cmp::Ordering::Greater => Following::Overlap,
            std::cmp::Ordering::Equal => match (end.inclusive, start.inclusive) {
                (true, true) => Following::Overlap,
                (false, false) => Following::Gap,
                _ => Following::Joined,
            },
        }
    }

    /// Its ends, for tests at and beside them.
    pub fn edges(&self) -> impl Iterator<Item = Edge> {
        self.lower.into_iter().chain(self.upper)
    }
}

impl std::fmt::Display for Between {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut gap = "";
        if let Some(edge) = self.lower {
            let sign = if edge.inclusive { "≥" } else { ">" };
            write!(f, "{sign} {}", edge.at)?;
            gap = ", ";
        }
        if let Some(edge) = self.upper {
            let sign = if edge.inclusive { "≤" } else { "<" };
            write!(f, "{gap}{sign} {}", edge.at)?;
        }
        Ok(())
    }
}
