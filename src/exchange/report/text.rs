//! The report as lines for a terminal, in Vietnamese or English.

use super::Durations;
use super::groups::{Group, TOLD, groups};
use super::record::{CoverageOrigin, HeadOutcome, Outcome, Report};
use crate::exchange::certificates::CertificateCounts;
use crate::exchange::wording::{Language, of_report};
use crate::exchange::{Finding, Severity};

/// The report as text with a line end after every line.
pub fn terminal_text(report: &Report, language: Language) -> String {
    let mut lines = head(report, language);
    if matches!(report.outcome, Outcome::SameFile { .. }) {
        return finished(&lines);
    }
    lines.push(String::new());
    lines.extend(counts(report, language));
    lines.push(String::new());
    lines.extend(notes(report, language));
    lines.extend(by_code(report, language));
    for group in groups(&report.findings) {
        lines.push(String::new());
        lines.extend(told(&group, language));
    }
    finished(&lines)
}

fn finished(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn say(language: Language, key: &str, values: &[(&str, &str)]) -> String {
    of_report(key, values).in_language(language).to_owned()
}

fn head(report: &Report, language: Language) -> Vec<String> {
    let subject = &report.subject;
    let named = [
        ("file", subject.file.as_str()),
        ("layer", &subject.layer),
        ("dataset", &subject.dataset),
    ];
    let crs = subject
        .crs
        .map_or_else(|| "–".to_owned(), |crs| crs.to_string());
    let context = [
        ("profile", subject.profile.as_str()),
        ("crs", &crs),
        ("day", &subject.day.to_string()),
        (
            "hash",
            subject
                .content_hash
                .get(..16)
                .unwrap_or(&subject.content_hash),
        ),
    ];
    let mut lines = vec![
        say(language, "heading", &named),
        say(language, "context", &context),
    ];
    for one in &subject.files {
        let crs = one
            .crs
            .map_or_else(|| "–".to_owned(), |crs| crs.to_string());
        let values = [
            ("file", one.file.as_str()),
            ("layer", &one.layer),
            ("crs", &crs),
        ];
        lines.push(say(language, "one_of_several", &values));
    }
    if let Some(operation) = &subject.operation {
        lines.push(say(language, "operation", &[("operation", operation)]));
    }
    lines.push(outcome(report, language));
    lines
}

/// What became of the import.
fn outcome(report: &Report, language: Language) -> String {
    let subject = &report.subject;
    match report.outcome {
        Outcome::DryRun => say(language, "outcome_dry_run", &[]),
        Outcome::RetiresMuch => {
            let register = &report.counts.register;
            let (retired, standing) = (grouped(register.retired), grouped(register.standing));
            let values = [
                ("retired", retired.as_str()),
                ("standing", &standing),
                ("dataset", &subject.dataset),
            ];
            say(language, "outcome_retires_much", &values)
        }
        Outcome::Written { revision } => say(
            language,
            "outcome_written",
            &[("revision", &revision.0.to_string())],
        ),
        Outcome::SameFile { revision } => say(
            language,
            "outcome_same_file",
            &[("revision", &revision.0.to_string())],
        ),
    }
}

fn counts(report: &Report, language: Language) -> Vec<String> {
    let counts = &report.counts;
    let mut lines = Vec::new();
    if let Some(drawn) = &report.drawn {
        let values = [
            ("lines", drawn.lines.to_string()),
            ("texts", drawn.texts.to_string()),
            ("other", drawn.other.to_string()),
            ("figures", drawn.figures.to_string()),
        ];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        lines.push(say(language, "drawn", &values));
    }
    let rows = [
        ("count_read", counts.read, true),
        ("count_new", counts.register.new, true),
        ("count_changed", counts.register.changed, true),
        ("count_unchanged", counts.register.unchanged, true),
        ("count_rejected", counts.rejected, true),
        ("count_retired", counts.register.retired, false),
        ("count_in_doubt", counts.register.in_doubt, false),
        ("count_joined", counts.joined, false),
        ("count_repaired", counts.repaired, false),
        ("count_over", counts.over, false),
    ];
    for (key, count, always) in rows {
        if always || count > 0 {
            lines.push(row(&say(language, key, &[]), &grouped(count)));
        }
    }
    if let Some(taken) = &report.certificates {
        lines.push(certificates(taken, language));
    } else if report.layers.is_empty() {
        lines.extend(areas_and_contacts(report, language));
    } else {
        lines.extend(layers(report, language));
    }
    lines.extend(report.durations.map(|d| time(&d, language)));
    lines
}

/// What a file of certificates came to.
fn certificates(taken: &CertificateCounts, language: Language) -> String {
    let values = [
        ("certificates", grouped(taken.certificates)),
        ("parcels", grouped(taken.parcels)),
        ("parties", grouped(taken.parties)),
        ("new", grouped(taken.new_parties)),
    ];
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    say(language, "certificates", &values)
}

fn areas_and_contacts(report: &Report, language: Language) -> Vec<String> {
    let registered = report.sums.registered_hundredths_m2 as f64 / 100.0;
    let measured = report.sums.measured_twice_mm2 as f64 / 2e6;
    let areas = [
        ("registered", format!("{registered:.2}")),
        ("measured", format!("{measured:.2}")),
    ];
    let areas = areas
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let contacts = [
        ("junctions", report.contacts.t_junctions.to_string()),
        ("slivers", report.contacts.below_snapping.to_string()),
        ("area", format!("{:.3}", report.contacts.below_snapping_m2)),
    ];
    let contacts = contacts
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let mut lines = vec![
        say(language, "areas", &areas),
        say(language, "contacts", &contacts),
    ];
    for junction in &report.contacts.first_t_junctions {
        let (east, north) = junction.place_m;
        let values = [
            ("key", junction.key.as_str()),
            ("on", &junction.on),
            ("place", &format!("{east:.3} {north:.3} ({})", junction.crs)),
        ];
        lines.push(say(language, "junction", &values));
    }
    lines
}

/// The planning layers: what becomes of each, where it speaks, what goes in.
fn layers(report: &Report, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    for layer in &report.layers {
        let head = match layer.head {
            HeadOutcome::New => "head_new",
            HeadOutcome::Changed => "head_changed",
            HeadOutcome::Unchanged => "head_unchanged",
            HeadOutcome::Kept => "head_kept",
        };
        let origin = match layer.coverage_origin {
            CoverageOrigin::Features => "coverage_features",
            CoverageOrigin::Wards => "coverage_wards",
            CoverageOrigin::File => "coverage_file",
            CoverageOrigin::Profile => "coverage_profile",
            CoverageOrigin::Register => "coverage_register",
        };
        let areas = layer.coverage.iter();
        let areas: Vec<String> = areas
            .map(|area| format!("{:.6} km² ({})", area.area_m2 / 1e6, area.plane))
            .collect();
        let values = [
            ("code", layer.code.clone()),
            ("title", layer.title.in_language(language).to_owned()),
            ("head", say(language, head, &[])),
            ("features", grouped(layer.features)),
            ("origin", say(language, origin, &[])),
            ("areas", areas.join(", ")),
            ("as_of", layer.as_of.to_string()),
            ("accuracy", layer.accuracy_mm.to_string()),
            ("law", say(language, &layer.law_status, &[])),
        ];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        lines.push(say(language, "layer", &values));
        lines.push(say(language, "layer_facts", &values));
        lines.push(say(language, "layer_coverage", &values));
        if layer.synthetic {
            lines.push(say(language, "layer_synthetic", &[]));
        }
    }
    lines
}

/// How long the parts took, in seconds; parts that belong together for people are one.
fn time(durations: &Durations, language: Language) -> String {
    let d = durations;
    let seconds = |ms: u64| format!("{}.{:02}", ms / 1000, ms % 1000 / 10);
    let values = [
        ("total", d.total_ms()),
        ("reading", d.opening_ms + d.reading_ms + d.keeping_ms),
        ("judging", d.judging_ms),
        ("neighbours", d.neighbours_ms),
        ("matching", d.matching_ms),
        ("writing", d.writing_ms + d.committing_ms),
    ]
    .map(|(name, ms)| (name, seconds(ms)));
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    say(language, "time", &values)
}

/// What there is to know of the file as a whole.
fn notes(report: &Report, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    for note in &report.notes {
        let about = note.file.iter().map(|file| format!("`{file}`: ")).next();
        let said = note.said.in_language(language);
        lines.push(format!("• {}{said}", about.unwrap_or_default()));
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

fn by_code(report: &Report, language: Language) -> Vec<String> {
    if report.by_code.is_empty() {
        return vec![say(language, "no_findings", &[])];
    }
    let mut lines = vec![say(language, "findings", &[])];
    for (code, count) in &report.by_code {
        let mut parts = Vec::new();
        for (n, key) in [
            (count.rejections, "rejections"),
            (count.warnings, "warnings"),
        ] {
            if n > 0 {
                parts.push(format!("{} {}", grouped(n), say(language, key, &[])));
            }
        }
        let title = format!("  {}", say(language, code.as_str(), &[]));
        lines.push(row(&title, &parts.join(", ")));
    }
    lines
}

/// Findings of one kind: how many, some of them, and what would mend them.
fn told(group: &Group<'_>, language: Language) -> Vec<String> {
    let severity = match group.severity {
        Severity::Rejection => "rejections",
        Severity::Warning => "warnings",
    };
    let values = [
        ("title", say(language, group.code.as_str(), &[])),
        ("count", grouped(group.findings.len() as u64)),
        ("severity", say(language, severity, &[])),
    ];
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let mut lines = vec![say(language, "group", &values)];
    for finding in group.findings.iter().take(TOLD) {
        lines.push(format!("  {}", place(finding, language)));
        lines.push(format!("    {}", finding.reason.in_language(language)));
    }
    if let Some(more) = group.findings.len().checked_sub(TOLD).filter(|n| *n > 0) {
        let more = say(language, "more", &[("count", &grouped(more as u64))]);
        lines.push(format!("  {more}"));
    }
    let remedy = group
        .findings
        .first()
        .map(|f| f.remedy.in_language(language));
    if let Some(remedy) = remedy.filter(|remedy| !remedy.is_empty()) {
        lines.push(format!("  → {remedy}"));
    }
    lines
}

/// Which feature a finding is about, and where that is.
fn place(finding: &Finding, language: Language) -> String {
    let dash = || "–".to_owned();
    let plane = finding
        .crs
        .map_or_else(String::new, |crs| format!(" ({crs})"));
    let place = finding
        .place_m
        .map_or_else(dash, |(east, north)| format!("{east:.3} {north:.3}{plane}"));
    let feature = match (finding.feature, &finding.file) {
        (Some(feature), Some(file)) => format!("{feature} (`{file}`)"),
        (Some(feature), None) => feature.to_string(),
        (None, _) => dash(),
    };
    let key = finding.key.clone().unwrap_or_else(dash);
    let values = [
        ("feature", feature.as_str()),
        ("key", &key),
        ("place", &place),
    ];
    say(language, "place", &values)
}

/// A label and a figure, in columns.
fn row(label: &str, figure: &str) -> String {
    let gap = 60_usize
        .saturating_sub(label.chars().count() + figure.chars().count())
        .max(1);
    format!("{label}{}{figure}", " ".repeat(gap))
}

/// A whole number with a narrow space between thousands.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}
