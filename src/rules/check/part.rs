//! Parts of a building that are drawn apart from its footprint: balconies, ramps, levels and others.

use crate::geometry::{MultiPolygon, Shape};
use rust_decimal::Decimal;

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartKind {
    /// A balcony, not enclosed.
    Balcony,
    /// A canopy, an eave, a gutter.
    Canopy,
    /// Steps, sills, pipes: what stands out below 3.5 m.
    LowPart,
    /// A pergola; the holes of its outline are what is open.
    Pergola,
    /// A ramp to the basement.
    Ramp,
    /// A floor below the ground.
    Basement,
    /// One floor above the ground with its walls; that of the uppermost reaches to the highest point.
    Level,
    /// A fence or wall around the lot: a line.
    Fence,
}

impl PartKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Balcony,
        Self::Canopy,
        Self::LowPart,
        Self::Pergola,
        Self::Ramp,
        Self::Basement,
        Self::Level,
        Self::Fence,
    ];

    /// The word for it in questions, answers and evidence.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Balcony => "balcony",
            Self::Canopy => "canopy",
            Self::LowPart => "low_part",
            Self::Pergola => "pergola",
            Self::Ramp => "ramp",
            Self::Basement => "basement",
            Self::Level => "level",
            Self::Fence => "fence",
        }
    }

    /// The kind of a word, if it is one.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Whether it stands out from the walls, and rules say how far over a street.
    pub(in crate::rules) const fn stands_out(self) -> bool {
        matches!(self, Self::Balcony | Self::Canopy | Self::LowPart)
    }

    const fn may_lie_below_ground(self) -> bool {
        matches!(self, Self::Level) || self.is_below_ground()
    }

    /// Whether it lies below the ground, with less than half of it above.
    const fn is_below_ground(self) -> bool {
        matches!(self, Self::Ramp | Self::Basement)
    }
}

/// A part of a building, on the plane of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    kind: PartKind,
    outline: Shape,
    from_m: Option<Decimal>,
    to_m: Option<Decimal>,
}

/// Why something is no part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PartFlaw {
    /// A fence that is no line, or another part that is no area.
    #[error("another shape, expected a line for a fence and an area for any other part")]
    OtherShape,
    /// A level without its heights.
    #[error("a level without heights, expected from where to where it reaches")]
    WithoutHeights,
    /// Its top is not above its underside.
    #[error("a top at {to} m, expected it above {from} m")]
    UpsideDown {
        /// Its underside.
        from: Decimal,
        /// Its top.
        to: Decimal,
    },
    /// A low part that is not low.
    #[error("a low part with its top at {0} m, expected 3.5 m at most")]
    NotLow(Decimal),
    /// It lies below the ground, where its kind has nothing.
    #[error("an underside at {0} m, expected none below the ground")]
    BelowGround(Decimal),
    /// Half of it or more stands out of the ground, where its kind has less: it is a level.
    #[error("a top at {0} m, expected less above the ground than below it")]
    AboveGround(Decimal),
}

/// Low parts end here, in metres (Decision 56/2021, App. 17 and 18: from here on balconies may reach
/// over the street).
const LOW_M: Decimal = Decimal::from_parts(35, 0, 0, false, 1);

impl Part {
    /// A part with its outline, and from where to where it reaches above the planned ground, in metres.
    ///
    /// # Errors
    /// [`PartFlaw`] for a shape or heights that no such part has.
    pub fn new(
        kind: PartKind,
        outline: Shape,
        from_m: Option<Decimal>,
        to_m: Option<Decimal>,
    ) -> Result<Self, PartFlaw> {
        let fits = match &outline {
            Shape::Areas(area) => kind != PartKind::Fence && !area.0.is_empty(),
            Shape::Lines(lines) => kind == PartKind::Fence && !lines.is_empty(),
            Shape::Points(_) => false,
        };
        if !fits {
            return Err(PartFlaw::OtherShape);
        }
        // Evidence writes heights without zeros at their end, and judges by what it has.
        let [from_m, to_m] = [from_m, to_m].map(|height| height.map(|own| own.normalize()));
        if kind == PartKind::Level && (from_m.is_none() || to_m.is_none()) {
            return Err(PartFlaw::WithoutHeights);
        }
        if let (Some(from), Some(to)) = (from_m, to_m)
            && to <= from
        {
            return Err(PartFlaw::UpsideDown { from, to });
        }
        if kind.is_below_ground()
            && let Some(to) = to_m.filter(|to| *to > Decimal::ZERO)
            && from_m.is_none_or(|from| to >= -from)
        {
            return Err(PartFlaw::AboveGround(to));
        }
        for height in [from_m, to_m].into_iter().flatten() {
            if kind == PartKind::LowPart && height > LOW_M {
                return Err(PartFlaw::NotLow(height));
            }
            if height < Decimal::ZERO && !kind.may_lie_below_ground() {
                return Err(PartFlaw::BelowGround(height));
            }
        }
        Ok(Self {
            kind,
            outline,
            from_m,
            to_m,
        })
    }

    /// What it is.
    pub const fn kind(&self) -> PartKind {
        self.kind
    }

    /// Its outline.
    pub const fn outline(&self) -> &Shape {
        &self.outline
    }

    /// Its outline, of what is no fence.
    pub const fn area(&self) -> Option<&MultiPolygon> {
        match &self.outline {
            Shape::Areas(area) => Some(area),
            Shape::Points(_) | Shape::Lines(_) => None,
        }
    }

    /// Height of its underside above the planned ground, in metres.
    pub const fn from_m(&self) -> Option<Decimal> {
        self.from_m
    }

    /// Height of its top above the planned ground, in metres.
    pub const fn to_m(&self) -> Option<Decimal> {
        self.to_m
    }
}
