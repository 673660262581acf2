//! What is said of drawn parts and of the floors that were counted.

use super::part_view::{CountedFloorView, PartView, StoreysView};
use crate::http::language::Language;
use crate::rules::check::{CountedFloor, Part, PartVerdict, Proposal, Witness};
use serde_json::Value;

/// How each drawn part stands.
pub(super) fn parts(
    proposal: &Proposal,
    verdicts: &[PartVerdict],
    drawn: impl Fn(&Witness) -> Value,
    language: Language,
) -> Vec<PartView> {
    let pairs = proposal.building.parts.iter().zip(verdicts).enumerate();
    pairs
        .map(|(i, (own, verdict))| part(i, (own, verdict), &drawn, language))
        .collect()
}

fn part(
    i: usize,
    (own, verdict): (&Part, &PartVerdict),
    drawn: &impl Fn(&Witness) -> Value,
    language: Language,
) -> PartView {
    let kind = verdict.kind.as_str();
    let outcome = verdict.outcome.as_str();
    let place = verdict.place.as_str();
    let text = |key: String| language.text("check", &key, &[]);
    let judged_by = verdict.judged_by.iter().map(|name| (*name).to_owned());
    PartView {
        from_m: own.from_m().map(|height| height.normalize().to_string()),
        judged_by: judged_by.collect(),
        kind: kind.to_owned(),
        kind_text: text(format!("part_{kind}")),
        outcome: outcome.to_owned(),
        outcome_text: text(format!("outcome_{outcome}")),
        part: format!("parts[{i}]"),
        place: place.to_owned(),
        place_text: text(format!("part_place_{place}")),
        reach_m: verdict.reach_m.map(|reach| reach.normalize().to_string()),
        to_m: own.to_m().map(|height| height.normalize().to_string()),
        witness: verdict.witness.as_ref().map(drawn),
    }
}

/// The floors from which storeys were counted.
pub(super) fn storeys(counted: &[CountedFloor], language: Language) -> StoreysView {
    let number = |floors: u32| floors.to_string();
    let counting = counted.iter().filter(|floor| floor.counts);
    let floors = counted.iter().map(|floor| CountedFloorView {
        counts: floor.counts,
        floors: number(floor.floors),
        kind: floor.kind.as_str().to_owned(),
        text: language.text("check", &format!("floor_{}", floor.why), &[]),
    });
    StoreysView {
        counted: number(counting.map(|floor| floor.floors).sum()),
        floors: floors.collect(),
    }
}
