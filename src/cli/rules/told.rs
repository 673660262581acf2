//! Limits and rules as lines for people.

use super::words::{own, sentence, word};
use crate::exchange::Language;
use crate::rules::kinds::{Body, NumberRule};
use crate::rules::{
    Bound, Considered, DayEdge, Decimal, Lack, Limit, NumberBound, Pack, Quantity, Role, Rule,
    Truth, Validity, Why,
};

/// Lines of one answer in one language.
pub struct Telling {
    pub language: Language,
    lines: Vec<String>,
}

impl Telling {
    pub const fn new(language: Language) -> Self {
        Self {
            language,
            lines: Vec::new(),
        }
    }

    pub fn into_lines(self) -> Vec<String> {
        self.lines
    }

    pub fn line(&mut self, text: impl Into<String>) {
        self.lines.push(text.into());
    }

    /// A sentence of the message file as a line.
    pub fn say(&mut self, key: &str, values: &[(&str, &str)]) {
        let text = sentence("line", key, values, self.language);
        self.line(text);
    }

    pub fn word(&self, section: &str, key: &str) -> String {
        word(section, key, self.language)
    }

    /// The name of a quantity; of an area or a rule after its kind.
    pub fn quantity(&self, quantity: &Quantity) -> String {
        let whole = quantity.to_string();
        let told = self.word("quantity", &whole);
        match &quantity.of {
            Some(of) if told == whole => {
                format!("{} ({of})", self.word("quantity", quantity.kind.name))
            }
            _ => told,
        }
    }

    fn number(&self, bound: &NumberBound) -> String {
        let value = shown(bound.value);
        let unit = self.word("unit", bound.unit.as_str());
        format!("{} {value} {unit}", self.word("bound", bound.word()))
    }

    /// A bound in words.
    pub fn bound(&self, bound: &Bound) -> String {
        match bound {
            Bound::Number(bound) => self.number(bound),
            Bound::Words(words) => words.join(", "),
            Bound::Path(path) => self.word("path", path.as_str()),
            Bound::Office(office) => self.word("office", office),
            Bound::OfficerDecides => self.word("bound", "officer_decides"),
            Bound::None => self.word("bound", "none"),
            Bound::Unconfirmed => self.word("bound", "unconfirmed"),
            Bound::Unknown(lacks) => {
                let lacks: Vec<String> = lacks.iter().map(|lack| self.lack(lack)).collect();
                let lacks = lacks.join("; ");
                sentence("bound", "unknown", &[("lacks", &lacks)], self.language)
            }
        }
    }

    fn lack(&self, lack: &Lack) -> String {
        match lack {
            Lack::Parameter(parameter) => {
                format!("{parameter} ({})", self.word("parameter", parameter.name()))
            }
            Lack::Area(area) => area.to_string(),
            Lack::DayInDoubt => self.word("bound", "day_in_doubt"),
            Lack::Rule => self.word("bound", "no_rule"),
            Lack::Range(parameter) => {
                let values = [("parameter", parameter.name())];
                sentence("bound", "range", &values, self.language)
            }
        }
    }

    /// Source, article and how sure it is.
    pub fn citation(&self, pack: &Pack, rule: &Rule) -> String {
        let source = pack.source_of(rule);
        let parts = [
            Some(&source.act),
            source.article.as_ref(),
            rule.article.as_ref(),
        ];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        let grade = self.word("confidence", pack.confidence_of(rule).as_str());
        format!("{} [{grade}]", parts.join(", "))
    }

    /// A limit with the rules that bind, and with `all` every rule that was considered.
    pub fn limit(&mut self, limit: &Limit<'_>, all: bool) {
        let quantity = self.quantity(&limit.quantity);
        let mut said = self.bound(&limit.bound);
        if limit.rests_on_unconfirmed() && limit.bound != Bound::Unconfirmed {
            said = format!("{said} — {}", self.word("bound", "rests_on_unconfirmed"));
        }
        self.line(format!("{quantity} ({}): {said}", limit.quantity));
        if let (Bound::Unknown(_) | Bound::Unconfirmed, Some(certain)) =
            (&limit.bound, &limit.certain)
        {
            let bound = self.number(certain);
            self.say("certain", &[("bound", &bound)]);
        }
        for considered in &limit.considered {
            let apart = matches!(considered.role, Role::Apart);
            if all || !apart {
                self.considered(considered);
            }
        }
    }

    fn considered(&mut self, considered: &Considered<'_>) {
        let (pack, rule) = (considered.pack, considered.rule);
        let role = self.word("role", considered.role.as_str());
        let title = own(&rule.title, self.language);
        let bound = self.bound(&considered.bound);
        let cited = self.citation(pack, rule);
        self.line(format!("  {role}: {title}: {bound}"));
        self.line(format!("    {}/{}, {cited}", pack.id, rule.id));
        if let Some(why) = &considered.why_not {
            let why = self.why_not(why);
            self.line(format!("    {why}"));
        }
        if let Truth::Unknown(lacks) = &considered.applies {
            let lacks = self.bound(&Bound::Unknown(lacks.clone()));
            self.say("applies_unknown", &[("lacks", &lacks)]);
        }
        let because = match considered.bound {
            Bound::Unconfirmed => rule.unconfirmed_because.as_ref(),
            _ => None,
        };
        let doubt = rule.doubt.as_ref().map(|doubt| &doubt.reason);
        for text in [because, doubt, rule.note.as_ref()].into_iter().flatten() {
            let text = own(text, self.language).to_owned();
            self.line(format!("    {text}"));
        }
    }

    fn why_not(&self, why: &Why<'_>) -> String {
        let (key, value) = match why {
            Why::NotInForce => ("not_in_force", String::new()),
            Why::Condition(condition) => ("not_met", condition.to_string()),
            Why::Unless(rule) => {
                let each = rule.unless.iter().map(ToString::to_string);
                ("unless", each.collect::<Vec<_>>().join(" ∧ "))
            }
            Why::OtherRule(rule) => ("other_rule", rule.id.clone()),
        };
        sentence("line", key, &[("value", &value)], self.language)
    }

    /// The days of a pack or rule.
    pub fn days(&self, valid: &Validity) -> String {
        let edge = |edge: DayEdge| {
            if edge.not_before == edge.not_after {
                return edge.not_before.to_string();
            }
            let (from, to) = (edge.not_before.to_string(), edge.not_after.to_string());
            sentence(
                "line",
                "day_between",
                &[("from", &from), ("to", &to)],
                self.language,
            )
        };
        let from = valid.from.map_or_else(|| "…".to_owned(), edge);
        let to = valid.to.map_or_else(|| "…".to_owned(), edge);
        format!("[{from}, {to})")
    }

    /// What a rule says, without a site.
    pub fn rule(&mut self, pack: &Pack, rule: &Rule) {
        let title = own(&rule.title, self.language).to_owned();
        let (kind, version) = (rule.kind().name, rule.kind().version);
        self.line(format!("{}: {title}", rule.id));
        self.line(format!(
            "  {} · {kind} v{version}",
            self.quantity(&rule.quantity)
        ));
        self.line(format!("  {}", self.citation(pack, rule)));
        if rule.valid != Validity::default() {
            self.line(format!("  {}", self.days(&rule.valid)));
        }
        for condition in &rule.when {
            self.say("when", &[("value", &condition.to_string())]);
        }
        if !rule.unless.is_empty() {
            let each: Vec<String> = rule.unless.iter().map(ToString::to_string).collect();
            self.say("unless_all", &[("value", &each.join(" ∧ "))]);
        }
        for line in body(&rule.body) {
            self.line(format!("  {line}"));
        }
        let doubt = rule.doubt.as_ref().map(|doubt| &doubt.reason);
        let texts = [doubt, rule.note.as_ref(), rule.unconfirmed_because.as_ref()];
        for text in texts.into_iter().flatten() {
            self.line(format!("  {}", own(text, self.language)));
        }
    }
}

/// A number with at most six decimals; `≈` where that leaves something out.
pub fn shown(number: Decimal) -> String {
    let rounded = number.round_dp(6).normalize();
    if rounded == number {
        return rounded.to_string();
    }
    format!("≈ {rounded}")
}

fn body(body: &Body) -> Vec<String> {
    match body {
        Body::Number(rule) => number(rule),
        Body::Words(words) => vec![words.join(", ")],
        Body::Path(path) => vec![path.as_str().to_owned()],
        Body::Office { office, reading } => vec![format!("{office} ({})", reading.as_str())],
        Body::OfficerDecides => Vec::new(),
    }
}

fn number(rule: &NumberRule) -> Vec<String> {
    let bound = NumberBound {
        value: Decimal::ZERO,
        unit: rule.unit,
        sense: rule.sense,
        inclusivity: rule.inclusivity,
    };
    let mut lines = vec![format!("{} … {}", bound.word(), rule.unit)];
    lines.extend(rule.table.lines());
    for extra in &rule.extras {
        let when: Vec<String> = extra.when.iter().map(ToString::to_string).collect();
        lines.push(format!("+{} | {}", extra.add, when.join(" ∧ ")));
    }
    if let Some(greatest) = &rule.greatest {
        lines.push("≤".to_owned());
        lines.extend(greatest.lines());
    }
    lines
}
