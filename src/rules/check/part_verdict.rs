//! How each drawn part stands: on the lot, over the street as rules let it, or where it may not be.

use super::drawn::{BALCONY, Drawn, LOW_PARTS, PERGOLA_HEIGHT, PERGOLA_OPEN, RAMP, UNDERSIDE};
use super::found::Witness;
use super::part::{Part, PartKind};
use super::proposal::Proposal;
use super::reach::{OverStreet, Place};
use super::verdict::Verdict;
use crate::rules::bound::Outcome;
use rust_decimal::Decimal;

/// How a drawn part stands.
#[derive(Debug, Clone, PartialEq)]
pub struct PartVerdict {
    /// What it is.
    pub kind: PartKind,
    /// Where it lies.
    pub place: PartPlace,
    /// How it stands: not applicable where it lies on the lot and no rule speaks of it.
    pub outcome: Outcome,
    /// The verdicts that judge it, by the names of their quantities.
    pub judged_by: Vec<&'static str>,
    /// How far it reaches over the street, in metres.
    pub reach_m: Option<Decimal>,
    /// What lies where it may not, or over the street.
    pub witness: Option<Witness>,
}

/// Where a part lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartPlace {
    /// Within the lot.
    Within,
    /// Over the street by which the rules go.
    OverStreet,
    /// Over another street than that by which the rules go.
    OverOtherStreet,
    /// On land of others.
    Beyond,
    /// In a corridor.
    InCorridor,
    /// Within or beyond, by how exactly outline and red line are known.
    Marginal,
    /// The lot is not known.
    Unknown,
}

impl PartPlace {
    /// The word for it in answers and evidence.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Within => "within",
            Self::OverStreet => "over_street",
            Self::OverOtherStreet => "over_other_street",
            Self::Beyond => "beyond",
            Self::InCorridor => "in_corridor",
            Self::Marginal => "marginal",
            Self::Unknown => "unknown",
        }
    }
}

/// The quantities of which a part is judged.
const fn quantities(kind: PartKind) -> &'static [&'static str] {
    match kind {
        PartKind::Balcony | PartKind::Canopy => &[BALCONY, UNDERSIDE],
        PartKind::LowPart => &[LOW_PARTS],
        PartKind::Pergola => &[PERGOLA_HEIGHT, PERGOLA_OPEN],
        PartKind::Ramp => &[RAMP],
        PartKind::Level => &[
            "coverage",
            "height_at_building_line",
            "ridge_height",
            "floor_area_ratio",
        ],
        PartKind::Basement | PartKind::Fence => &[],
    }
}

/// How every part stands, in the order in which they are drawn.
pub(super) fn part_verdicts(
    proposal: &Proposal,
    drawn: &Drawn,
    verdicts: &[Verdict<'_>],
) -> Vec<PartVerdict> {
    let parts = proposal.building.parts.iter().zip(&drawn.places);
    parts
        .map(|(part, place)| part_verdict(part, place, verdicts))
        .collect()
}

fn part_verdict(part: &Part, place: &Place, verdicts: &[Verdict<'_>]) -> PartVerdict {
    let kind = part.kind();
    let judging = verdicts.iter().filter_map(|verdict| {
        let name = verdict.limit.quantity.to_string();
        let mut own = quantities(kind).iter();
        let name = own.find(|own| **own == name)?;
        Some((*name, verdict.outcome))
    });
    let judging: Vec<(&'static str, Outcome)> = judging.collect();
    let (at, reach_m, witness) = match place {
        Place::Within => (PartPlace::Within, None, None),
        Place::OverStreet(OverStreet {
            over,
            reach,
            others,
            aside: _,
        }) => {
            let at = if others.is_empty() {
                PartPlace::OverStreet
            } else {
                PartPlace::OverOtherStreet
            };
            let all = others.iter().map(|(_, own)| *own).chain([*reach]);
            let farthest = all.flatten().map(|reach| reach.mm).max();
            let reach = farthest.map(|mm| Decimal::new(mm, 3));
            (at, reach, Some(over.clone()))
        }
        Place::Beyond(what) => (PartPlace::Beyond, None, Some(what.clone())),
        Place::InCorridor(what) => (
            PartPlace::InCorridor,
            None,
            Some(Witness::Area(what.clone())),
        ),
        Place::Marginal => (PartPlace::Marginal, None, None),
        Place::Unknown => (PartPlace::Unknown, None, None),
    };
    PartVerdict {
        kind,
        place: at,
        outcome: outcome(kind, at, &judging),
        judged_by: judging.into_iter().map(|(name, _)| name).collect(),
        reach_m,
        witness,
    }
}

fn outcome(kind: PartKind, place: PartPlace, judging: &[(&'static str, Outcome)]) -> Outcome {
    let stricter = || worst(judging.iter().map(|(_, outcome)| *outcome));
    match place {
        PartPlace::Beyond => Outcome::Fail,
        PartPlace::InCorridor | PartPlace::Unknown => Outcome::Unknown,
        PartPlace::Marginal => match stricter() {
            Outcome::Fail if kind != PartKind::Level => Outcome::Fail,
            _ => Outcome::Marginal,
        },
        // A level is measured with the building, whose own verdicts say what is wrong.
        PartPlace::Within if kind == PartKind::Level => Outcome::Pass,
        // How high and how open it may be, somebody says.
        PartPlace::Within if kind == PartKind::Pergola => match stricter() {
            Outcome::NotApplicable => Outcome::Unknown,
            own => own,
        },
        PartPlace::Within => stricter(),
        PartPlace::OverStreet | PartPlace::OverOtherStreet if !kind.stands_out() => Outcome::Fail,
        PartPlace::OverStreet | PartPlace::OverOtherStreet => match (stricter(), kind) {
            (Outcome::Fail, _) => Outcome::Fail,
            // Nothing low crosses the red line unless a rule lets it.
            (Outcome::NotApplicable, PartKind::LowPart) => Outcome::Fail,
            (Outcome::NotApplicable, _) => Outcome::Unknown,
            (own, _) => own,
        },
    }
}

/// The worst of some outcomes; not applicable when there is none.
pub(super) fn worst(outcomes: impl Iterator<Item = Outcome>) -> Outcome {
    let rank = |outcome: &Outcome| match outcome {
        Outcome::NotApplicable => 0,
        Outcome::Pass => 1,
        Outcome::Marginal => 2,
        Outcome::Unknown => 3,
        Outcome::Fail => 4,
    };
    outcomes.max_by_key(rank).unwrap_or(Outcome::NotApplicable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reaches_over_the_street_passes_only_by_a_rule_that_lets_it() {
        let pass = [(BALCONY, Outcome::Pass), (UNDERSIDE, Outcome::Pass)];
        let over = PartPlace::OverStreet;
        assert_eq!(outcome(PartKind::Balcony, over, &pass), Outcome::Pass);
        let low = [(BALCONY, Outcome::Pass), (UNDERSIDE, Outcome::Fail)];
        assert_eq!(outcome(PartKind::Balcony, over, &low), Outcome::Fail);
        assert_eq!(outcome(PartKind::Canopy, over, &[]), Outcome::Unknown);
        assert_eq!(outcome(PartKind::LowPart, over, &[]), Outcome::Fail);
        for kind in [PartKind::Ramp, PartKind::Basement, PartKind::Fence] {
            assert_eq!(outcome(kind, over, &[]), Outcome::Fail, "{kind:?}");
        }
    }

    #[test]
    fn on_the_lot_a_part_of_which_no_rule_speaks_does_not_apply_and_beyond_all_fail() {
        for kind in PartKind::ALL {
            assert_eq!(outcome(kind, PartPlace::Beyond, &[]), Outcome::Fail);
            let within = outcome(kind, PartPlace::Within, &[]);
            assert_ne!(within, Outcome::Fail, "{kind:?}");
        }
        let within = outcome(PartKind::Fence, PartPlace::Within, &[]);
        assert_eq!(within, Outcome::NotApplicable);
    }
}
