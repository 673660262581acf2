//! From verdicts to what is said of them.

use serde_json::Value;

use super::ground::{area_on, ground, plane_of, snapped};
use super::part_write;
use super::permit::{contradicted, permit};
use super::view::{
    AskView, BoundView, ChangeView, CheckView, ChoiceView, FactView, OpenView, RuleView,
    StandingView, VerdictView,
};
use crate::app::View;
use crate::app::check::{Changes, CheckQuestion, Checked};
use crate::crs::WorkingPlane;
use crate::geometry::Spot;
use crate::http::language::Language;
use crate::http::problem::Problem;
use crate::http::rule_words;
use crate::rules::change::Change;
use crate::rules::check::{FoundValue, Standing, Verdict, Witness};
use crate::rules::site::{Open, told_square_metres};
use crate::rules::{
    Bound, Considered, Facts, Knowledge, Lack, Outcome, Parameter, Quantity, Sort, Truth,
};

/// The answer to a check.
///
/// # Errors
/// A failure when the plane of the site is none of the city's.
pub(super) fn written(
    view: &View,
    question: &CheckQuestion,
    (checked, changes): (&Checked<'_>, &Changes),
    language: Language,
) -> Result<CheckView, Problem> {
    let plane = plane_of(view, question.plane)?;
    let writer = Writer { language, plane };
    let check = &checked.check;
    let verdicts = check.verdicts.iter().zip(&changes.verdicts);
    let verdicts = verdicts.map(|(verdict, change)| writer.verdict(verdict, change.as_ref()));
    let open = checked
        .site
        .open
        .iter()
        .map(|open| told(open, view, language));
    let stated_otherwise = check.contradicted.iter();
    let stated_otherwise = stated_otherwise.map(|own| contradicted(*own, language));
    Ok(CheckView {
        asks: asks(&check.verdicts, &question.stated, language),
        date: view.date().to_string(),
        facts: facts(&check.facts, language),
        language: language.tag().to_owned(),
        open: open.chain(stated_otherwise).collect(),
        parts: part_write::parts(
            &question.proposal,
            &check.parts,
            |witness| writer.witness(witness),
            language,
        ),
        permit: permit(&check.permit, language),
        revision: view.revision().0,
        site: ground(&checked.site, writer.plane),
        snapped: question
            .snapped
            .iter()
            .map(|own| snapped(own, writer.plane))
            .collect(),
        standing: writer.standing(&check.standing, changes.standing.as_ref()),
        storeys: check
            .counted
            .as_ref()
            .map(|counted| part_write::storeys(counted, language)),
        synthetic: view.is_synthetic(),
        total: check.total.as_str().to_owned(),
        total_text: language.text("check", check.total.as_str(), &[]),
        verdicts: verdicts.collect(),
    })
}

struct Writer<'v> {
    language: Language,
    plane: &'v WorkingPlane,
}

impl Writer<'_> {
    fn standing(&self, standing: &Standing, change: Option<&Change>) -> StandingView {
        let outcome = standing.outcome();
        let beyond = match standing {
            Standing::Beyond(beyond) | Standing::InCorridor(beyond) => Some(beyond),
            Standing::Within | Standing::Marginal | Standing::Unknown => None,
        };
        let key = match standing {
            Standing::InCorridor(_) => "standing_corridor".to_owned(),
            _ => format!("standing_{}", outcome.as_str()),
        };
        StandingView {
            beyond_m2: beyond.map(|beyond| told_square_metres(beyond).to_string()),
            change: change.map(|change| self.change(change, None)),
            outcome: outcome.as_str().to_owned(),
            text: self.language.text("check", &key, &[]),
            witness: beyond.map(|beyond| area_on(self.plane, beyond)),
        }
    }

    fn verdict(&self, verdict: &Verdict<'_>, change: Option<&Change>) -> VerdictView {
        let limit = &verdict.limit;
        let found = verdict.found.as_ref();
        let lacks = lacking(verdict);
        let in_words = lacks
            .iter()
            .map(|lack| rule_words::lack(lack, self.language));
        let witness = found.and_then(|found| found.witness.as_ref());
        let outcome = verdict.outcome.as_str();
        VerdictView {
            change: change.map(|change| self.change(change, Some(&limit.quantity))),
            found: found.map(|found| match &found.value {
                FoundValue::Number(number) => number.normalize().to_string(),
                FoundValue::Word(word) => word.to_string(),
                FoundValue::Absent => "none".to_owned(),
            }),
            missing: lacks.iter().map(ToString::to_string).collect(),
            missing_text: in_words.collect(),
            outcome: outcome.to_owned(),
            outcome_text: self
                .language
                .text("check", &format!("outcome_{outcome}"), &[]),
            quantity: limit.quantity.to_string(),
            quantity_text: rule_words::limited(limit, self.language),
            required: bound(&limit.bound),
            rests_on_unconfirmed: limit.rests_on_unconfirmed(),
            rules: limit
                .considered
                .iter()
                .map(|c| rule(c, self.language))
                .collect(),
            unit: limit.quantity.unit().map(|unit| unit.to_string()),
            witness: witness.map(|witness| self.witness(witness)),
        }
    }

    fn witness(&self, witness: &Witness) -> Value {
        match witness {
            Witness::Segment(from, to) => self.segment(*from, *to),
            Witness::Area(area) => area_on(self.plane, area),
        }
    }

    fn change(&self, change: &Change, quantity: Option<&Quantity>) -> ChangeView {
        let kind = change.kind.as_str();
        let name = quantity.map(|quantity| rule_words::quantity(quantity, self.language));
        let amount = change.amount.to_string();
        let arguments = [
            ("name", name.unwrap_or_default()),
            ("amount", amount.clone()),
        ];
        let total = change.total.as_str();
        ChangeView {
            amount,
            footprint: change
                .kind
                .is_of_outline()
                .then(|| area_on(self.plane, &change.proposal.footprint)),
            kind: kind.to_owned(),
            outcome: Outcome::Pass.as_str().to_owned(),
            text: self
                .language
                .text("check", &format!("change_{kind}"), &arguments),
            total: total.to_owned(),
            total_text: self.language.text("check", total, &[]),
            unit: change.unit.to_string(),
        }
    }

    fn segment(&self, from: Spot, to: Spot) -> Value {
        let at = |spot: Spot| {
            let metres =
                |mm: f64, origin_m: i32| (mm + 1000.0 * f64::from(origin_m)).round() / 1000.0;
            vec![
                metres(spot.x_mm, self.plane.origin_east_m),
                metres(spot.y_mm, self.plane.origin_north_m),
            ]
        };
        serde_json::json!({ "type": "LineString", "coordinates": [at(from), at(to)] })
    }
}

/// What would have to be known for a verdict.
fn lacking<'v>(verdict: &'v Verdict<'_>) -> Vec<&'v Lack> {
    match &verdict.limit.bound {
        Bound::Unknown(lacks) => lacks.iter().collect(),
        _ => Vec::new(),
    }
}

/// What verdicts wait for, that for which most do first, then what has been stated.
fn asks(verdicts: &[Verdict<'_>], stated: &Facts, language: Language) -> Vec<AskView> {
    let stated = stated.iter().map(|(parameter, _)| (parameter, 0));
    let mut waiting: std::collections::BTreeMap<Parameter, u32> = stated.collect();
    for lack in verdicts.iter().flat_map(lacking) {
        if let Lack::Parameter(parameter) = lack {
            *waiting.entry(*parameter).or_default() += 1;
        }
    }
    let mut waiting: Vec<_> = waiting.into_iter().collect();
    waiting.sort_by_key(|&(parameter, count)| (std::cmp::Reverse(count), parameter));
    let asks = waiting.into_iter().map(|(parameter, waiting)| {
        let choices = rule_words::choices(parameter, language).into_iter();
        let (sort, unit) = match parameter.sort() {
            Sort::Number(unit) => ("number", Some(unit.to_string())),
            Sort::Truth => ("truth", None),
            Sort::Word(_) => ("word", None),
            Sort::Code => ("code", None),
        };
        AskView {
            choices: choices
                .map(|(value, text)| ChoiceView { text, value })
                .collect(),
            parameter: parameter.name().to_owned(),
            sort: sort.to_owned(),
            text: rule_words::parameter(parameter, language),
            unit,
            waiting,
        }
    });
    asks.collect()
}

/// A rule that was considered.
pub(in crate::http) fn rule(considered: &Considered<'_>, language: Language) -> RuleView {
    let (pack, rule) = (considered.pack, considered.rule);
    let source = pack.source_of(rule);
    let applies = match considered.applies {
        Truth::True => "yes",
        Truth::False => "no",
        Truth::Unknown(_) => "unknown",
    };
    let article = rule.article.clone().or_else(|| source.article.clone());
    RuleView {
        act: source.act.clone(),
        applies: applies.to_owned(),
        article,
        bound: bound(&considered.bound),
        confidence: pack.confidence_of(rule).as_str().to_owned(),
        link: source.link.clone(),
        pack: pack.id.clone(),
        pack_hash: pack.hash.to_string(),
        role: considered.role.as_str().to_owned(),
        rule: rule.id.clone(),
        title: rule_words::own(&rule.title, language),
    }
}

/// What is open in words.
pub(in crate::http) fn told(open: &Open, view: &View, language: Language) -> OpenView {
    let (reason, theme) = match open {
        Open::Recovered => ("recovered", None),
        Open::Disputed => ("disputed", None),
        Open::Overlapped => ("overlapped", None),
        Open::Restricted(theme) => ("restricted", Some(theme.to_string())),
        Open::WithoutData(theme) => ("without_data", Some(theme.to_string())),
    };
    let arguments: Vec<(&str, String)> = theme
        .iter()
        .map(|theme| ("theme", theme_title(theme, view, language)))
        .collect();
    OpenView {
        parameter: None,
        reason: reason.to_owned(),
        text: language.text("check", &format!("open_{reason}"), &arguments),
        theme,
    }
}

/// A theme in words; one that no list of the city knows, by its code.
fn theme_title(theme: &str, view: &View, language: Language) -> String {
    let listed = view
        .themes()
        .themes()
        .iter()
        .find(|own| own.theme.0.as_ref() == theme);
    listed.map_or_else(
        || theme.to_owned(),
        |own| match language {
            Language::Vietnamese => own.title_vi.clone(),
            Language::English => own.title_en.clone(),
        },
    )
}

/// What is known in words.
pub(in crate::http) fn facts(facts: &Facts, language: Language) -> Vec<FactView> {
    let each = facts.iter().map(|(parameter, knowledge)| {
        let (origin, value, reason) = match knowledge {
            Knowledge::Known { fact, origin } => (origin.as_str(), Some(fact.to_string()), None),
            Knowledge::Unknown { reason } => {
                let key = format!("unknown_{reason}");
                ("unknown", None, Some(language.text("check", &key, &[])))
            }
        };
        FactView {
            origin: origin.to_owned(),
            parameter: parameter.name().to_owned(),
            reason,
            text: rule_words::parameter(parameter, language),
            value,
        }
    });
    each.collect()
}

/// What a rule or all together allow.
pub(in crate::http) fn bound(bound: &Bound) -> BoundView {
    let plain = |kind: &'static str, value: Option<String>| BoundView {
        kind: kind.into(),
        sense: None,
        unit: None,
        value,
    };
    match bound {
        Bound::Number(number) => BoundView {
            kind: "number".into(),
            sense: Some(number.word().into()),
            unit: Some(number.unit.as_str().into()),
            value: Some(number.value.normalize().to_string()),
        },
        Bound::Words(words) => plain("words", Some(words.join(", "))),
        Bound::Path(path) => plain("path", Some(path.as_str().to_owned())),
        Bound::Office(office) => plain("office", Some(office.to_string())),
        Bound::OfficerDecides => plain("officer", None),
        Bound::None => plain("none", None),
        Bound::Unconfirmed => plain("unconfirmed", None),
        Bound::Unknown(_) => plain("unknown", None),
    }
}
