//! The answer of a check in a proof: words, decimals as texts, places on the grid; no language.

use super::plain::{plain_decimal, plain_spot};
use crate::geometry::{MultiPolygon, plain_area};
use crate::rules::bound::{Bound, NumberBound};
use crate::rules::check::{
    Check, CountedFloor, Found, FoundValue, PartVerdict, Standing, Verdict, Witness,
};
use crate::rules::condition::{Lack, Truth};
use crate::rules::facts::Knowledge;
use crate::rules::kinds::PermitPath;
use crate::rules::limits::Considered;
use crate::rules::pack::Why;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Everything that a check says.
pub(super) fn told(check: &Check<'_>) -> Value {
    let facts = check.facts.iter().map(|(parameter, knowledge)| {
        let said = match knowledge {
            Knowledge::Known { fact, origin } => {
                json!({ "value": fact.to_string(), "origin": origin.as_str() })
            }
            Knowledge::Unknown { reason } => json!({ "unknown": reason }),
        };
        (parameter.name().to_owned(), said)
    });
    let contradicted = check.contradicted.iter();
    let contradicted = contradicted.map(|parameter| parameter.name());
    let mut told = json!({
        "facts": facts.collect::<Map<String, Value>>(),
        "contradicted": contradicted.collect::<Vec<&str>>(),
        "permit": {
            "path": check.permit.path.map(PermitPath::as_str),
            "office": check.permit.office,
        },
        "standing": standing(&check.standing),
        "total": check.total.as_str(),
        "verdicts": check.verdicts.iter().map(verdict).collect::<Vec<Value>>(),
    });
    // A proposal without them is told as before there were any.
    if !check.parts.is_empty() {
        told["parts"] = check.parts.iter().map(part).collect();
    }
    if let Some(counted) = &check.counted {
        told["storeys"] = counted.iter().map(counted_floor).collect();
    }
    told
}

fn part(part: &PartVerdict) -> Value {
    json!({
        "kind": part.kind.as_str(),
        "place": part.place.as_str(),
        "outcome": part.outcome.as_str(),
        "judged_by": part.judged_by,
        "reach_m": part.reach_m.map(plain_decimal),
        "witness": part.witness.as_ref().map(witness),
    })
}

fn counted_floor(floor: &CountedFloor) -> Value {
    json!({
        "kind": floor.kind.as_str(),
        "floors": floor.floors,
        "counts": floor.counts,
        "why": floor.why,
    })
}

fn standing(standing: &Standing) -> Value {
    let area = |area: Option<&MultiPolygon>| area.map(plain_area);
    let (beyond, in_corridor) = match standing {
        Standing::Beyond(beyond) => (Some(beyond), None),
        Standing::InCorridor(inside) => (None, Some(inside)),
        Standing::Within | Standing::Marginal | Standing::Unknown => (None, None),
    };
    json!({
        "outcome": standing.outcome().as_str(),
        "beyond": area(beyond),
        "in_corridor": area(in_corridor),
    })
}

fn verdict(verdict: &Verdict<'_>) -> Value {
    let limit = &verdict.limit;
    json!({
        "quantity": limit.quantity.to_string(),
        "outcome": verdict.outcome.as_str(),
        "found": verdict.found.as_ref().map(found),
        "bound": bound(&limit.bound),
        "certain": limit.certain.as_ref().map(number),
        "rests_on_unconfirmed": limit.rests_on_unconfirmed(),
        "considered": limit.considered.iter().map(considered).collect::<Vec<Value>>(),
    })
}

fn found(found: &Found) -> Value {
    let value = match &found.value {
        FoundValue::Number(number) => plain_decimal(*number),
        FoundValue::Word(word) => word.to_string(),
        FoundValue::Absent => "none".to_owned(),
    };
    json!({ "value": value, "witness": found.witness.as_ref().map(witness) })
}

fn witness(witness: &Witness) -> Value {
    match witness {
        Witness::Segment(from, to) => json!({ "segment": [plain_spot(*from), plain_spot(*to)] }),
        Witness::Area(area) => json!({ "area": plain_area(area) }),
    }
}

fn considered(considered: &Considered<'_>) -> Value {
    let (applies, lacks) = match &considered.applies {
        Truth::True => ("yes", None),
        Truth::False => ("no", None),
        Truth::Unknown(lacks) => ("unknown", Some(names(lacks))),
    };
    let why_not = considered.why_not.map(|why| match why {
        Why::NotInForce => "not_in_force".to_owned(),
        Why::Condition(_) => "condition".to_owned(),
        Why::Unless(rule) => format!("unless {}", rule.id),
        Why::OtherRule(rule) => format!("rule {}", rule.id),
    });
    json!({
        "pack": considered.pack.id,
        "rule": considered.rule.id,
        "kind_version": considered.rule.kind().version,
        "confidence": considered.pack.confidence_of(considered.rule).as_str(),
        "applies": applies,
        "lacks": lacks,
        "why_not": why_not,
        "bound": bound(&considered.bound),
        "role": considered.role.as_str(),
    })
}

fn number(number: &NumberBound) -> Value {
    json!({
        "value": plain_decimal(number.value),
        "unit": number.unit.to_string(),
        "sense": number.word(),
    })
}

fn bound(bound: &Bound) -> Value {
    match bound {
        Bound::Number(bound) => number(bound),
        Bound::Words(words) => json!({ "words": words }),
        Bound::Path(path) => json!({ "path": path.as_str() }),
        Bound::Office(office) => json!({ "office": office }),
        Bound::OfficerDecides => json!("officer_decides"),
        Bound::None => json!("none"),
        Bound::Unconfirmed => json!("unconfirmed"),
        Bound::Unknown(lacks) => json!({ "unknown": names(lacks) }),
    }
}

fn names(lacks: &BTreeSet<Lack>) -> Vec<String> {
    lacks.iter().map(ToString::to_string).collect()
}
