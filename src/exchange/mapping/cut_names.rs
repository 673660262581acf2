//! Names of fields that a Shapefile cut short: its tables have room for ten bytes of each.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::folded;
use crate::exchange::profile::{Profile, Rule};
use crate::exchange::source::Layer;

/// So many bytes of a name fit into a dBase table.
const ROOM: usize = 10;

/// Which field of a layer stands for which longer name of a profile.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct CutNames {
    /// Fields by the names of the profile, folded.
    field_of: BTreeMap<String, usize>,
    /// Fields that several target fields could mean, with these.
    pub unclear: Vec<(String, Vec<String>)>,
}

impl CutNames {
    /// Finds what each field of ten bytes may have been called, where the profile does not name it
    /// as it stands. A field that names of several target fields would be cut to is unclear, and
    /// is read as none of them.
    pub fn of(profile: &Profile, layer: &Layer) -> Self {
        let mut cut = Self::default();
        let names: Vec<(&str, String)> = profile
            .fields
            .iter()
            .flat_map(|(target, rule)| names(rule).into_iter().map(move |n| (target.as_str(), n)))
            .collect();
        for (index, field) in layer.fields.iter().enumerate() {
            let short = folded(field);
            if field.len() != ROOM || names.iter().any(|(_, name)| folded(name) == short) {
                continue;
            }
            let meant = || {
                names
                    .iter()
                    .filter(|(_, name)| cut_to(name).as_ref() == Some(&short))
            };
            let targets: BTreeSet<&str> = meant().map(|(target, _)| *target).collect();
            if targets.len() == 1 {
                let meant = meant().map(|(_, name)| (folded(name), index));
                cut.field_of.extend(meant);
            } else if !targets.is_empty() {
                let targets = targets.into_iter().map(str::to_owned).collect();
                cut.unclear.push((field.clone(), targets));
            }
        }
        cut
    }

    /// The field that stands for a name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.field_of.get(&folded(name)).copied()
    }
}

/// The names that a rule looks for.
fn names(rule: &Rule) -> Vec<String> {
    let template = rule.template.as_deref().unwrap_or_default();
    let in_template = template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.to_owned());
    rule.fields.iter().cloned().chain(in_template).collect()
}

/// What a longer name is cut to, folded.
fn cut_to(name: &str) -> Option<String> {
    let end = name.is_char_boundary(ROOM).then_some(ROOM)?;
    (name.len() > ROOM).then(|| folded(&name[..end]))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::exchange::source::StatedCrs;

    fn cut(fields: &[&str]) -> CutNames {
        let profile = "title_vi = \"x\"\ntitle_en = \"x\"\ntarget = \"parcels\"\n[fields]\n\
            national_identifier = [\"national_identifier\"]\nnumber = \"SO_HIEU_THUA\"\n\
            certificate_sheet = [\"certificate_sheet\"]\n\
            certificate_number = [\"certificate_number\"]\n\
            ward = { template = \"26{ma_phuong_moi}\" }\n";
        let profile = Profile::parse(profile, "a.toml").expect("a profile");
        let layer = Layer {
            name: "thua".to_owned(),
            fields: fields
                .iter()
                .map(|f| (*f).to_owned())
                .collect::<Arc<[String]>>(),
            crs: StatedCrs::default(),
            feature_count: None,
        };
        CutNames::of(&profile, &layer)
    }

    #[test]
    fn a_field_of_ten_bytes_is_the_one_longer_name_that_begins_with_it() {
        let cut = cut(&[
            "NATIONAL_I",
            "SO_HIEU_TH",
            "MA_PHUONG_",
            "SO_HIEU",
            "certificat",
        ]);
        assert_eq!(cut.position("national_identifier"), Some(0));
        assert_eq!(cut.position("SO_HIEU_THUA"), Some(1));
        assert_eq!(cut.position("ma_phuong_moi"), Some(2));
        assert_eq!(cut.position("certificate_sheet"), None);
        let both = ["certificate_number", "certificate_sheet"].map(str::to_owned);
        assert_eq!(cut.unclear, [("certificat".to_owned(), both.to_vec())]);
    }

    #[test]
    fn a_field_that_the_profile_names_as_it_stands_is_that_and_nothing_longer() {
        let cut = cut(&["SO_HIEU", "SOHIEUTHUA"]);
        assert_eq!(cut, CutNames::default());
    }
}
