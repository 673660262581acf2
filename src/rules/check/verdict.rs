//! How a proposal stands to each limit, and as a whole.

use super::clearance::{clearance, doubt};
use super::drawn::Drawn;
use super::floors::CountedFloor;
use super::found::{Found, FoundValue, found, standing};
use super::known::{added_storeys, is_house, known_with, with_own_contradictions};
use super::levels;
use super::part::Part;
use super::part_verdict::{PartVerdict, part_verdicts, worst};
use super::permit::Permit;
use super::proposal::Proposal;
use super::steady::unsteady;
use super::streets::over_others;
use crate::cadastre::Day;
use crate::geometry::MultiPolygon;
use crate::geometry::overlay::union_all;
use crate::rules::bound::{Bound, Outcome};
use crate::rules::facts::{Facts, InvalidFact};
use crate::rules::kinds::PermitPath;
use crate::rules::limits::{Limit, limits};
use crate::rules::pack::Pack;
use crate::rules::parameter::Parameter;
use crate::rules::site::Site;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A proposal judged by every limit of the packs.
#[derive(Debug)]
pub struct Check<'p> {
    /// What was known when it was judged.
    pub facts: Facts,
    /// Whether the building stands on its lot.
    pub standing: Standing,
    /// One for each quantity that any rule limits.
    pub verdicts: Vec<Verdict<'p>>,
    /// How each drawn part stands, in their order.
    pub parts: Vec<PartVerdict>,
    /// The floors from which storeys were counted, where they are told.
    pub counted: Option<Vec<CountedFloor>>,
    /// Which permit it needs, and who grants it.
    pub permit: Permit<'p>,
    /// Parameters of which the asker states something else than the register says.
    pub contradicted: Vec<Parameter>,
    /// All together.
    pub total: Total,
}

/// Whether a building stands on its lot.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// All of it.
    Within,
    /// This lies beyond: on a neighbour's land, or over the red line.
    Beyond(MultiPolygon),
    /// None lies beyond, and this lies in a corridor: whoever looks after it decides.
    InCorridor(MultiPolygon),
    /// It may lie within or beyond, by how exactly the outline is known.
    Marginal,
    /// The lot is not known, since rights of way may be missing.
    Unknown,
}

impl Standing {
    /// The outcome that it is.
    pub const fn outcome(&self) -> Outcome {
        match self {
            Self::Within => Outcome::Pass,
            Self::Beyond(_) => Outcome::Fail,
            Self::Marginal => Outcome::Marginal,
            Self::InCorridor(_) | Self::Unknown => Outcome::Unknown,
        }
    }
}

/// How a proposal stands to one limit.
#[derive(Debug)]
pub struct Verdict<'p> {
    /// What is limited, by which rules.
    pub limit: Limit<'p>,
    /// What was found.
    pub found: Option<Found>,
    /// How it stands.
    pub outcome: Outcome,
}

/// What follows for the proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    /// Nothing stands against it, and nothing is open.
    MayProceed,
    /// A rule stands against it.
    MayNot,
    /// Something is not known or not decided by numbers: an officer looks.
    OfficerDecides,
}

impl Total {
    /// The word for it in answers and evidence.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MayProceed => "may_proceed",
            Self::MayNot => "may_not",
            Self::OfficerDecides => "officer_decides",
        }
    }
}

impl<'p> Check<'p> {
    /// Judges a proposal on its site by the packs as they are in force on a day.
    ///
    /// `stated` is what the asker says beside the register; it takes the place of what was derived,
    /// and its origin says so.
    ///
    /// # Errors
    /// [`InvalidFact`] for a size that no building has.
    pub fn new(
        packs: &'p [Pack],
        site: &Site,
        proposal: &Proposal,
        stated: &Facts,
        day: Day,
    ) -> Result<Self, InvalidFact> {
        let mut drawn = Drawn::of(site, proposal);
        let (facts, contradicted) = known_with(site, proposal, stated, &drawn)?;
        drawn.doubt(&contradicted);
        let limits = limits(packs, &facts, day);
        let contradicted =
            with_own_contradictions(contradicted, (proposal, &drawn), &facts, &limits);
        let body = proposal.body();
        let asked = levels::Asked {
            site,
            proposal,
            body: &body,
            limits: &limits,
            added: added_storeys(&facts, &limits),
        };
        drawn.own.extend(asked.own());
        let over_others = over_others(packs, (site, proposal), &facts, &drawn, day)?;
        let standing = standing(site, proposal);
        let unsteady = unsteady(packs, &facts, proposal, day, &limits)?;
        let judging = Judging {
            site,
            proposal,
            body: &body,
            facts: &facts,
            drawn: &drawn,
            over_others: &over_others,
            contradicted: &contradicted,
        };
        let judge = |limit: Limit<'p>| {
            let verdict = judging.verdict(limit);
            if unsteady.contains(&verdict.limit.quantity) {
                verdict.doubted()
            } else {
                verdict
            }
        };
        let verdicts: Vec<Verdict<'_>> = limits.into_iter().map(judge).collect();
        let permit = Permit::of(&verdicts);
        let parts = part_verdicts(proposal, &drawn, &verdicts);
        let open = permit.is_open() || !contradicted.is_empty();
        let floors = proposal.building.floors.as_ref();
        Ok(Self {
            total: total(site, &standing, (&verdicts, &parts), open),
            counted: floors.map(|floors| floors.counted(is_house(&facts))),
            facts,
            standing,
            verdicts,
            parts,
            permit,
            contradicted,
        })
    }
}

/// What a proposal is judged by.
struct Judging<'a> {
    site: &'a Site,
    proposal: &'a Proposal,
    body: &'a MultiPolygon,
    facts: &'a Facts,
    drawn: &'a Drawn,
    over_others: &'a BTreeMap<&'static str, Outcome>,
    contradicted: &'a [Parameter],
}

impl Judging<'_> {
    fn verdict<'p>(&self, limit: Limit<'p>) -> Verdict<'p> {
        let name = limit.quantity.to_string();
        let own = self.drawn.own.get(&*name);
        let found = match own {
            Some(own) => own.found.clone(),
            None => self.found(&limit, self.body),
        };
        let outcome = match (&limit.bound, &found) {
            (Bound::None, _) => Outcome::NotApplicable,
            // Nothing new may be built, by any way.
            (Bound::Path(PermitPath::RepairOnly), _) => Outcome::Fail,
            // They are answers; nothing is compared with them.
            (Bound::Path(_) | Bound::Office(_), _) => Outcome::Pass,
            (_, None) => Outcome::Unknown,
            (_, Some(found)) => self.judged(&limit, found, own.is_some()),
        };
        let here = own
            .is_none_or(|own| !own.by_others_alone)
            .then_some(outcome);
        let there = self.over_others.get(&*name).copied();
        let outcome = worst(here.into_iter().chain(there));
        let sure = own.is_none_or(|own| own.sure) && !self.is_in_doubt(&limit);
        let may_pass = sure && (outcome != Outcome::Pass || self.passes_wider(&limit));
        Verdict {
            outcome: match outcome {
                Outcome::Pass if !may_pass => Outcome::Unknown,
                // There is no such part, as far as it can be told.
                Outcome::NotApplicable if !sure && limit.bound != Bound::None => Outcome::Unknown,
                outcome => outcome,
            },
            limit,
            found,
        }
    }

    fn found(&self, limit: &Limit<'_>, outline: &MultiPolygon) -> Option<Found> {
        let asked = (self.proposal, outline);
        found(self.site, asked, self.facts, &limit.quantity)
    }

    fn judged(&self, limit: &Limit<'_>, found: &Found, is_drawn: bool) -> Outcome {
        match &found.value {
            FoundValue::Number(number) => {
                // The place of the outline is off as a whole: distances from edges are.
                let off_by = Decimal::new(i64::from(self.proposal.off_by_mm), 3);
                let off_by = match (limit.quantity.kind.name, limit.quantity.of.as_deref()) {
                    ("setback", _) => off_by,
                    ("projection", Some("balcony" | "low_parts")) if is_drawn => off_by,
                    ("clearance", Some(of)) => doubt(self.site, self.proposal, of),
                    _ => Decimal::ZERO,
                };
                limit.judge(*number, off_by)
            }
            FoundValue::Word(word) => limit.judge_word(word),
            FoundValue::Absent => Outcome::NotApplicable,
        }
    }

    /// Whether drawn levels or told floors say another size than what is stated.
    fn is_in_doubt(&self, limit: &Limit<'_>) -> bool {
        let building = &self.proposal.building;
        if building.parts.is_empty() && building.floors.is_none() {
            return false;
        }
        let about = match (limit.quantity.kind.name, limit.quantity.of.as_deref()) {
            ("floor_area_ratio", None) => Parameter::FloorArea,
            ("ridge_height" | "height_at_building_line", None) => Parameter::BuildingHeight,
            ("storeys", None) | ("limited_term", Some("storeys")) => Parameter::Storeys,
            _ => return false,
        };
        self.contradicted.contains(&about)
    }

    /// Whether it holds too when what stands out from the walls over the own lot counts: the law leaves
    /// canopies, eaves and steps out when they obstruct nobody and are nothing else, which nobody has
    /// looked at (QCVN 01:2021, 1.4). From what a corridor protects, everything that is drawn keeps its distance.
    fn passes_wider(&self, limit: &Limit<'_>) -> bool {
        let passes = |found: Option<Found>| {
            found.is_some_and(|found| self.judged(limit, &found, false) == Outcome::Pass)
        };
        if let ("clearance", Some(of)) = (limit.quantity.kind.name, limit.quantity.of.as_deref()) {
            let parts = self.proposal.building.parts.iter();
            let mut areas = parts.filter_map(Part::area).peekable();
            if areas.peek().is_none() {
                return true;
            }
            let all = areas.chain([&self.proposal.footprint]);
            return passes(clearance(self.site, &union_all(all), of));
        }
        let is_on_ground = matches!(
            (limit.quantity.kind.name, limit.quantity.of.as_deref()),
            ("coverage", None) | ("setback", Some("front" | "rear" | "side"))
        );
        let Some(wider) = self.drawn.wider.as_ref().filter(|_| is_on_ground) else {
            return true;
        };
        passes(self.found(limit, wider))
    }
}

impl Verdict<'_> {
    /// As one that may come out otherwise by how exactly the outline is known.
    fn doubted(mut self) -> Self {
        if self.outcome != Outcome::Unknown {
            self.outcome = Outcome::Marginal;
        }
        self
    }
}

fn total(
    site: &Site,
    standing: &Standing,
    (verdicts, parts): (&[Verdict<'_>], &[PartVerdict]),
    open: bool,
) -> Total {
    let any = |outcome| {
        let of_rules = verdicts.iter().any(|verdict| verdict.outcome == outcome);
        of_rules || parts.iter().any(|part| part.outcome == outcome)
    };
    let may_not = matches!(standing, Standing::Beyond(_)) || any(Outcome::Fail);
    let stands = matches!(standing, Standing::Within);
    let open =
        open || !stands || !site.open.is_empty() || any(Outcome::Unknown) || any(Outcome::Marginal);
    match (may_not, open) {
        (true, _) => Total::MayNot,
        (false, true) => Total::OfficerDecides,
        (false, false) => Total::MayProceed,
    }
}
