//! What a changed plan or rule would do to every parcel.

mod differential;
mod kept;
mod places;
mod refused;
mod restarted;
mod served;
mod worlds;

/// The text of a rule as it stands in a pack file, up to the next rule or heading.
pub fn rule_text(pack: &str, id: &str) -> String {
    let begins = format!("[[rule]]\nid = \"{id}\"\n");
    let from = pack.find(&begins).expect("the pack has the rule");
    let rest = &pack[from + begins.len()..];
    let ends = ["\n[[", "\n# ----"].iter().filter_map(|end| rest.find(end));
    let to = ends.min().unwrap_or(rest.len());
    format!("{begins}{}", &rest[..to])
}

/// Decision 56/2021, Appendix 18.
pub const APPENDIX_18: &str = include_str!("../../../data/rules/hcmc-56-2021-app18.toml");
