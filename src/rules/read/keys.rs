//! The keys of each table of a pack file; the parser refuses others, the schema lists these.

/// Top level.
pub const FILE: &[&str] = &["pack", "source", "reading", "rule"];
/// `[pack]`.
pub const PACK: &[&str] = &[
    "id",
    "version",
    "title",
    "level",
    "valid_from",
    "valid_to",
    "scope",
    "note",
    "illustration",
];
/// `[pack.scope]`.
pub const SCOPE: &[&str] = &[
    "everywhere",
    "wards",
    "area",
    "development",
    "buildings",
    "when",
];
/// `[[source]]`.
pub const SOURCE: &[&str] = &["id", "act", "article", "link", "confidence", "reason"];
/// `[[reading]]`.
pub const READING: &[&str] = &["title", "source", "article", "parameter", "by", "when"];
/// `[[rule]]`, whatever its kind.
pub const RULE: &[&str] = &[
    "id",
    "kind",
    "title",
    "source",
    "article",
    "confidence",
    "reason",
    "note",
    "valid_from",
    "valid_to",
    "when",
    "unless",
    "unless_rules",
    "yields_to",
    "yields_when",
];
/// `[[rule]]` of a kind with several quantities.
pub const OF: &[&str] = &["of"];
/// `[[rule]]` of a kind that limits a number.
pub const NUMBER: &[&str] = &[
    "bound",
    "unit",
    "round",
    "unconfirmed_because",
    "value",
    "bands",
    "choices",
    "steps",
    "interpolation",
    "surface",
    "proportion",
];
/// `[[rule]]` of the kind `storeys`, beside those of a number.
pub const STOREYS: &[&str] = &["extra", "extra_when", "greatest"];
/// `[[rule]]` of the kind `land_use`.
pub const WORDS: &[&str] = &["words"];
/// `[[rule]]` of the kind `permit_path`.
pub const PATH: &[&str] = &["path"];
/// `[[rule]]` of the kind `competent_office`.
pub const OFFICE: &[&str] = &["office", "reading"];
/// Forms of a number; a rule has one.
pub const FORMS: &[&str] = &[
    "value",
    "bands",
    "choices",
    "steps",
    "interpolation",
    "surface",
    "proportion",
];
/// `bands`.
pub const BANDS: &[&str] = &["by", "unit", "intervals", "otherwise"];
/// An interval of `bands`.
pub const BAND: &[&str] = &["from", "above", "below", "up_to", "value"];
/// `choices`.
pub const CHOICES: &[&str] = &["by", "cases", "otherwise"];
/// A case of `choices`.
pub const CASE: &[&str] = &["among", "value"];
/// `steps`.
pub const STEPS: &[&str] = &["rows", "columns", "cells", "otherwise"];
/// `rows` or `columns` of `steps`.
pub const STEPS_AXIS: &[&str] = &["by", "unit", "intervals"];
/// An interval without a value.
pub const INTERVAL: &[&str] = &["from", "above", "below", "up_to"];
/// `interpolation`.
pub const INTERPOLATION: &[&str] = &["by", "unit", "knots", "before", "after"];
/// `surface`.
pub const SURFACE: &[&str] = &["rows", "columns", "cells"];
/// `rows` or `columns` of `surface`.
pub const SURFACE_AXIS: &[&str] = &["by", "unit", "at", "before", "after"];
/// `proportion`.
pub const PROPORTION: &[&str] = &["of", "divided_by", "less"];
/// `round`.
pub const ROUND: &[&str] = &["step", "towards"];
/// An `extra`.
pub const EXTRA: &[&str] = &["title", "add", "when"];
/// A text in both languages.
pub const BOTH_TEXTS: &[&str] = &["vi", "en"];
/// A day in doubt.
pub const DAY_EDGE: &[&str] = &["not_before", "not_after"];
/// `area`, in a scope or a condition.
pub const AREA: &[&str] = &["theme", "kind"];
/// A condition.
pub const CONDITION: &[&str] = &[
    "parameter",
    "unit",
    "from",
    "above",
    "below",
    "up_to",
    "is",
    "among",
    "exists",
    "wards",
    "area",
    "any",
];
