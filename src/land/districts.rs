//! Districts and provinces of before the merger, by name and by the short forms people write.

use super::wards::bare_name;
use crate::cadastre::names;
use std::collections::{BTreeMap, BTreeSet};

/// Districts and provinces of before.
#[derive(Debug, Clone, Default)]
pub(super) struct Districts {
    /// Folded, without their kind.
    names: BTreeSet<String>,
    /// Short forms, such as `gv` and `gvap` for `go vap`; one may stand for several.
    short: BTreeMap<String, Vec<String>>,
    /// Provinces of before, folded, without their kind.
    provinces: BTreeSet<String>,
}

/// Units that took in another on a day before the crosswalk begins: districts 2 and 9 and Thủ Đức
/// became Thành phố Thủ Đức on 1 January 2021 (Resolution 1111/NQ-UBTVQH14).
const FORMER_DISTRICTS: [(&str, &str); 2] = [("2", "thu duc"), ("9", "thu duc")];

/// Letters of a kind that are written as one word with a short form: `tptd`, `qgv`.
const KINDS: [&str; 5] = ["tp", "tx", "q", "h", ""];

/// The district that took in another one before the crosswalk begins.
pub(super) fn later(district: &str) -> Option<&'static str> {
    let mut former = FORMER_DISTRICTS.iter();
    former.find_map(|(former, later)| (*former == district).then_some(*later))
}

impl Districts {
    /// From full names of districts and of provinces.
    pub(super) fn new<'a>(
        districts: impl Iterator<Item = &'a String>,
        provinces: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut names: BTreeSet<String> = districts.map(|d| bare_district(d)).collect();
        names.extend(FORMER_DISTRICTS.map(|(former, _)| former.to_owned()));
        let mut short: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for name in &names {
            for form in short_forms(name) {
                if !names.contains(&form) {
                    short.entry(form).or_default().push(name.clone());
                }
            }
        }
        let provinces = provinces.map(names::fold);
        let provinces = provinces.map(|p| p.trim_start_matches("tinh ").to_owned());
        let with_initials = |province: String| {
            let initials = province.split(' ').filter_map(|word| word.chars().next());
            [initials.collect(), province]
        };
        let provinces = provinces.filter(|p| p.contains(' '));
        Self {
            provinces: provinces.flat_map(with_initials).collect(),
            short,
            names,
        }
    }

    /// The districts that a name or a short form stands for; the words themselves when none.
    pub(super) fn meant<'a>(&'a self, words: &'a str) -> impl Iterator<Item = &'a str> {
        let short = self
            .short
            .get(words)
            .filter(|_| !self.names.contains(words));
        let itself = short.is_none().then_some(words);
        itself
            .into_iter()
            .chain(short.into_iter().flatten().map(String::as_str))
    }

    /// Whether a district has this name or short form, folded and without its kind.
    pub(super) fn is_district(&self, words: &str) -> bool {
        self.names.contains(words) || self.short.contains_key(words)
    }

    /// Whether a district or a province has this name.
    pub(super) fn is_place(&self, words: &str) -> bool {
        self.is_district(words) || self.provinces.contains(words)
    }

    /// The names of all districts, folded and without their kind.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// A text without a province at its end.
    pub(super) fn without_province<'a>(&self, text: &'a str) -> &'a str {
        let mut rests = self
            .provinces
            .iter()
            .filter_map(|p| text.strip_suffix(p.as_str()));
        let rest = rests.find(|rest| rest.is_empty() || rest.ends_with(' '));
        rest.unwrap_or(text).trim_end()
    }
}

/// What people write for a name of several words: `gv`, `gvap`, `g vap`, each also behind its kind.
fn short_forms(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let Some((last, before)) = words.split_last().filter(|(_, before)| !before.is_empty()) else {
        return Vec::new();
    };
    let initial = |word: &&str| word.chars().take(1).collect::<String>();
    let initials: String = before.iter().map(initial).collect();
    let spaced: Vec<String> = before.iter().map(initial).collect();
    let forms = [
        format!("{initials}{}", initial(last)),
        format!("{initials}{last}"),
        format!("{} {last}", spaced.join(" ")),
        words.concat(),
    ];
    let behind = |form: &String| KINDS.map(|kind| format!("{kind}{form}"));
    let mut all: Vec<String> = forms.iter().flat_map(behind).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A district's name without its kind, folded: `Quận 1` is `1`, `Huyện Củ Chi` is `cu chi`.
pub(super) fn bare_district(full_name: &str) -> String {
    let folded = names::fold(full_name);
    let kinds = ["quan ", "huyen ", "thi xa ", "thanh pho "];
    let bare = kinds.iter().find_map(|kind| folded.strip_prefix(kind));
    bare_name(bare.unwrap_or(&folded))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn districts() -> Districts {
        let names = [
            "Quận Gò Vấp",
            "Quận Bình Thạnh",
            "Quận Bình Tân",
            "Quận 1",
            "Thành phố Thủ Đức",
        ];
        let names = names.map(str::to_owned);
        Districts::new(names.iter(), ["Tỉnh Bình Dương"].into_iter())
    }

    #[test]
    fn a_short_form_stands_for_every_district_it_may_mean() {
        let districts = districts();
        let meant = |words| districts.meant(words).collect::<Vec<_>>();
        assert_eq!(meant("gv"), ["go vap"]);
        assert_eq!(meant("bt"), ["binh tan", "binh thanh"]);
        assert_eq!(meant("bthanh"), ["binh thanh"]);
        assert_eq!(meant("qgv"), ["go vap"]);
        assert_eq!(meant("tptd"), ["thu duc"]);
        assert_eq!(meant("go vap"), ["go vap"]);
        assert_eq!(meant("1"), ["1"]);
        assert_eq!(meant("xyz"), ["xyz"]);
        assert!(districts.is_district("2") && !districts.is_district("binh duong"));
        assert!(districts.is_place("binh duong") && districts.is_place("bd"));
    }

    #[test]
    fn a_province_at_the_end_tells_nothing() {
        let districts = districts();
        assert_eq!(districts.without_province("an phu binh duong"), "an phu");
        assert_eq!(districts.without_province("abinh duong"), "abinh duong");
    }
}
