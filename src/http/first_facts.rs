//! The facts that come with the page, as HTML: what was found, or what the city's register holds.
//!
//! The page draws the same facts with the same classes once its script runs, and more beside them.

use super::first_city::{CityView, Lack};
use super::language::Language;
use super::page_words::{PageWords, escaped};
use super::problem::ProblemView;
use super::read_view::{ReadAsView, ReadWardView};
use super::view::{
    CollectionView, CommuneView, FeatureView, KeyView, LandUseView, NothingHereView, SuggestionView,
};
use crate::app::View;
use crate::cadastre::Day;

/// Greatest number of parcels that are listed before any script.
pub const LISTED: usize = 20;

/// Writes facts in one language.
#[derive(Clone, Copy)]
pub struct FirstFacts {
    /// The words.
    pub words: PageWords,
    /// The language that needs no word in an address.
    pub usual: Language,
}

impl FirstFacts {
    /// What the register holds.
    pub fn city(self, view: &View, city: &CityView) -> String {
        let number = |count: usize| self.words.number(count as f64, (0, 0));
        let (parcels, wards) = (number(city.parcels), number(city.wards));
        let held = number(city.wards_with_parcels);
        let holds = [
            ("parcels", parcels.as_str()),
            ("held", held.as_str()),
            ("wards", wards.as_str()),
        ];
        let told = match city.lacks {
            None => self.say("home.holds", &holds),
            Some((lack, from)) => {
                let key = match lack {
                    Lack::Everything => "home.begins",
                    Lack::Wards => "home.wardsBegin",
                };
                self.say(key, &[("from", &self.day(&from.to_string()))])
            }
        };
        let revision = self.words.number(view.revision().0 as f64, (0, 0));
        let date = self.day(&view.date().to_string());
        let stand = [("revision", revision.as_str()), ("date", date.as_str())];
        format!(
            "<section class=\"home\"><h1>{}</h1><p class=\"holds\">{}</p>\
             <p class=\"hint\">{}</p><p class=\"note\">{}</p></section>",
            self.say("home.heading", &[]),
            told,
            self.say("search.hint", &[]),
            self.say("parcel.revision", &stand),
        )
    }

    /// What a look-up found.
    pub fn found(self, found: &CollectionView, date: Option<&str>) -> String {
        let understood = found.read_as.as_ref();
        let doubtful = understood.is_some_and(is_doubtful);
        let told = understood.map_or_else(String::new, |read| self.understood(read, date));
        let facts = match (found.features.as_slice(), &found.nothing_here) {
            ([], Some(why)) => self.nothing(why, date, doubtful),
            ([only], _) => self.parcel(only),
            (several, _) => self.several(several, date),
        };
        told + &facts
    }

    /// One parcel.
    pub fn parcel(self, feature: &FeatureView) -> String {
        let parcel = &feature.properties;
        let mut facts = String::new();
        let mut fact = |name: &str, value: &str| {
            let name = self.say(name, &[]);
            facts.push_str(&format!("<div><dt>{name}</dt><dd>{value}</dd></div>"));
        };
        let uses: String = parcel.land_use.iter().map(|u| self.land_use(u)).collect();
        fact(
            "parcel.landUse",
            &format!("<ul class=\"plain\">{uses}</ul>"),
        );
        fact("parcel.asMap", &self.key(&parcel.as_map));
        let certificate = parcel.as_certificate.as_ref();
        let none = || format!("<i>{}</i>", self.say("parcel.noCertificate", &[]));
        fact(
            "parcel.asCertificate",
            &certificate.map_or_else(none, |key| self.key(key)),
        );
        if let Some(identifier) = &parcel.national_identifier {
            fact("parcel.identifier", &escaped(identifier));
        }
        fact("parcel.valid", &self.valid(feature));
        format!(
            "<article class=\"parcel\"><div class=\"heading\"><h1>{}</h1>\
             <p class=\"where\">{}</p><div class=\"tags\">{}</div></div>\
             <section class=\"panel facts-panel\">{}\
             <dl class=\"facts\">{facts}</dl></section></article>",
            self.name(&parcel.as_map),
            escaped(parcel.ward.name.as_deref().unwrap_or(&parcel.ward.code)),
            self.status(&parcel.status),
            self.areas(feature),
        )
    }

    /// Whether it stands without a dispute or a recovery: nobody takes another for an ordinary one.
    fn status(self, status: &str) -> String {
        let (told, colour) = match status {
            "inUse" => (self.say("parcel.status.inUse", &[]), "good"),
            "recovered" => (self.say("parcel.status.recovered", &[]), "doubtful"),
            _ => (self.say("parcel.status.disputed", &[]), "doubtful"),
        };
        format!("<span class=\"tag {colour}\">{told}</span>")
    }

    /// What a parcel is called on the page.
    pub fn name(self, key: &KeyView) -> String {
        let arguments = [
            ("number", key.number.as_str()),
            ("sheet", key.sheet.as_str()),
        ];
        self.say("parcel.name", &arguments)
    }

    fn say(self, key: &str, arguments: &[(&str, &str)]) -> String {
        // A key without a text is left out; a test looks that every key used here has one.
        self.words.html(key, arguments).unwrap_or_default()
    }

    fn several(self, features: &[FeatureView], date: Option<&str>) -> String {
        let count = features.len().to_string();
        let items = features.iter().take(LISTED).map(|feature| {
            let parcel = &feature.properties;
            let (ward, commune) = (&parcel.ward, &parcel.as_map.commune);
            let mut place = escaped(ward.name.as_deref().unwrap_or(&ward.code));
            if commune.code != ward.code || commune.name != ward.name {
                let series = self.say("parcel.series", &[("commune", &full_name(commune))]);
                place.push_str(&format!(" · {series}"));
            }
            format!(
                "<li><a class=\"candidate\" href=\"./?id={}{}{}\"><strong>{}</strong><span>{place}</span></a></li>",
                feature.id,
                kept_date(date),
                self.kept_language(),
                self.name(&parcel.as_map),
            )
        });
        let items: String = items.collect();
        let told = self.say("found.many", &[("count", &count)]);
        format!(
            "<section><h1 class=\"many\">{told}</h1><ul class=\"candidates\">{items}</ul></section>"
        )
    }

    /// What keeps the language in an address.
    fn kept_language(self) -> &'static str {
        match self.words.language {
            language if language == self.usual => "",
            Language::Vietnamese => "&amp;lang=vi",
            Language::English => "&amp;lang=en",
        }
    }

    fn nothing(self, why: &NothingHereView, date: Option<&str>, chosen_above: bool) -> String {
        let named = why.name.as_deref().filter(|_| why.reason.starts_with("on"));
        let heading = match named {
            Some(name) => self.say(&format!("nothing.{}Named", why.reason), &[("name", name)]),
            None => self.say(&format!("nothing.{}", why.reason), &[]),
        };
        let cause = why.likely_cause.as_ref().map(|cause| escaped(&cause.text));
        let choices = if chosen_above {
            &[]
        } else {
            why.suggestions.as_slice()
        };
        let chooses = matches!(why.reason.as_str(), "unknownWard" | "address");
        let more = if chooses && !choices.is_empty() {
            "Choose"
        } else {
            "More"
        };
        let more = || self.say(&format!("nothing.{}{more}", why.reason), &[]);
        let more = cause.unwrap_or_else(more);
        let ward = why.ward.as_ref().map(full_name);
        let ward = ward.map(|ward| self.say("nothing.inWard", &[("ward", &ward)]));
        let ward = ward.map_or_else(String::new, |ward| format!("<p>{ward}</p>"));
        let choices = self.choices(choices, date);
        format!(
            "<section class=\"nothing\"><h1>{heading}</h1>{ward}<p>{more}</p>{choices}</section>"
        )
    }

    /// What the server refuses, and what it expected instead.
    pub fn failure(self, problem: &ProblemView) -> String {
        let sentence = match problem.status {
            404 => "notFound",
            503 => "busy",
            429 => "tooMany",
            ..500 => "invalid",
            _ => "internal",
        };
        let mut told = format!("<p>{}</p>", self.say(&format!("failure.{sentence}"), &[]));
        if sentence == "invalid" {
            told.push_str(&format!(
                "<p class=\"detail\">{}</p>",
                escaped(&problem.detail)
            ));
            if let Some(expected) = &problem.expected {
                let expected = self.say("failure.expected", &[("what", expected)]);
                told.push_str(&format!("<p>{expected}</p>"));
            }
        }
        format!(
            "<section role=\"alert\" class=\"nothing failure\"><h1>{}</h1>{told}</section>",
            self.say("failure.heading", &[]),
        )
    }

    /// A parcel that is not there: on another day, or not at all.
    pub fn absent(self, problem: &ProblemView, id: &str, date: Day) -> String {
        let on = self.day(&date.to_string());
        let told = match (&problem.valid_from, &problem.valid_to) {
            (None, _) => [
                self.say("absent.unknown", &[("id", id)]),
                self.say("absent.unknownMore", &[]),
            ],
            (_, Some(to)) if *to <= date.to_string() => [
                self.say("absent.after", &[("date", &on)]),
                self.say("absent.afterMore", &[("day", &self.day(to))]),
            ],
            (Some(from), _) => [
                self.say("absent.before", &[("date", &on)]),
                self.say("absent.beforeMore", &[("day", &self.day(from))]),
            ],
        };
        let [heading, more] = told;
        format!("<section class=\"nothing absent\"><h1>{heading}</h1><p>{more}</p></section>")
    }

    /// How words were understood; where they may mean several wards, what came of each.
    fn understood(self, read: &ReadAsView, date: Option<&str>) -> String {
        let text = format!("<p>{}</p>", escaped(&read.text));
        if !is_doubtful(read) {
            return format!("<div class=\"understood\">{text}</div>");
        }
        let outcome = |outcome: &str| {
            let wards = read.wards.iter().filter(|ward| ward.outcome == outcome);
            let links: String = wards.map(|ward| self.ward_link(ward, date)).collect();
            let told = self.say(&format!("readAs.{outcome}"), &[]);
            if links.is_empty() {
                return String::new();
            }
            format!("<dl><dt>{told}</dt><dd><ul>{links}</ul></dd></dl>")
        };
        let outcomes: String = ["found", "notFound", "withoutData"].map(outcome).concat();
        let doubt = self.say("readAs.doubt", &[]);
        format!("<div class=\"understood doubtful\">{text}<p>{doubt}</p>{outcomes}</div>")
    }

    fn ward_link(self, ward: &ReadWardView, date: Option<&str>) -> String {
        let mut label = ward.name.clone();
        if let Some(district) = &ward.district {
            label.push_str(&format!(", {district}"));
        }
        let query = escaped(ward.q.as_deref().unwrap_or(&label)).replace(' ', "+");
        let (date, language) = (kept_date(date), self.kept_language());
        let label = escaped(&label);
        format!("<li><a href=\"./?q={query}{date}{language}\">{label}</a></li>")
    }

    /// Wards to choose from, as links.
    fn choices(self, suggestions: &[SuggestionView], date: Option<&str>) -> String {
        if suggestions.is_empty() {
            return String::new();
        }
        let link = |choice: &SuggestionView| {
            let query = escaped(&choice.q).replace(' ', "+");
            let (language, label) = (self.kept_language(), escaped(&choice.label));
            let date = kept_date(date);
            format!(
                "<li><a class=\"candidate\" href=\"./?q={query}{date}{language}\">\
                 <strong>{label}</strong></a></li>"
            )
        };
        let items: String = suggestions.iter().map(link).collect();
        format!("<ul class=\"candidates\">{items}</ul>")
    }

    fn areas(self, feature: &FeatureView) -> String {
        let parcel = &feature.properties;
        let square = |m2: f64| format!("{} <small>m²</small>", self.words.number(m2, (1, 2)));
        let none = || format!("<i>{}</i>", self.say("parcel.noArea", &[]));
        let registered = parcel.registered_area.map_or_else(none, square);
        let compared = parcel
            .registered_area
            .zip(parcel.area_tolerance)
            .zip(parcel.area_differs);
        let agreement = compared.map(|((registered, tolerance), differs)| {
            let difference = self
                .words
                .number((parcel.measured_area - registered).abs(), (2, 2));
            let tolerance = self.words.number(tolerance, (2, 2));
            let arguments = [
                ("difference", difference.as_str()),
                ("tolerance", tolerance.as_str()),
            ];
            let (class, key) = if differs {
                ("agreement beyond", "parcel.beyond")
            } else {
                ("agreement", "parcel.within")
            };
            format!("<p class=\"{class}\">{}</p>", self.say(key, &arguments))
        });
        format!(
            "<dl class=\"areas\"><div><dt>{}</dt><dd>{registered}</dd></div>\
             <div><dt>{}</dt><dd>{}</dd></div></dl>{}",
            self.say("parcel.registeredArea", &[]),
            self.say("parcel.measuredArea", &[]),
            square(parcel.measured_area),
            agreement.unwrap_or_default(),
        )
    }

    fn land_use(self, line: &LandUseView) -> String {
        let name = line.name.as_deref().map(escaped);
        let name = name.unwrap_or_else(|| self.say("parcel.unknownCode", &[]));
        format!(
            "<li><b class=\"code\">{}</b> {name}</li>",
            escaped(&line.code)
        )
    }

    fn key(self, key: &KeyView) -> String {
        let arguments = [
            ("number", key.number.as_str()),
            ("sheet", key.sheet.as_str()),
        ];
        let series = self.say("parcel.series", &[("commune", &full_name(&key.commune))]);
        format!(
            "{}<small>{series}</small>",
            self.say("parcel.sheetNumber", &arguments)
        )
    }

    fn valid(self, feature: &FeatureView) -> String {
        let from = self.day(&feature.properties.valid_from);
        match &feature.properties.valid_to {
            None => self.say("parcel.validFrom", &[("from", &from)]),
            Some(to) => {
                let to = self.day(to);
                self.say("parcel.validFromTo", &[("from", &from), ("to", &to)])
            }
        }
    }

    /// A day as Vietnamese write it; in English as it is, which nobody reads wrongly.
    fn day(self, iso: &str) -> String {
        let parts: Vec<&str> = iso.split('-').collect();
        match (parts.as_slice(), self.words.language) {
            ([year, month, day], Language::Vietnamese) => {
                format!("{day}/{month}/{year}")
            }
            _ => iso.to_owned(),
        }
    }
}

/// Whether several wards were looked in, so that the answer is that of one of them.
fn is_doubtful(read: &ReadAsView) -> bool {
    let asked = |ward: &ReadWardView| ward.outcome != "notAsked";
    read.ambiguous && read.wards.iter().any(asked)
}

/// A commune with the district in which it lay.
fn full_name(commune: &CommuneView) -> String {
    let name = commune.name.as_deref().unwrap_or(&commune.code);
    match &commune.district {
        Some(district) => format!("{name}, {district}"),
        None => name.to_owned(),
    }
}

/// What keeps the day in an address.
fn kept_date(date: Option<&str>) -> String {
    date.map_or(String::new(), |day| format!("&amp;date={}", escaped(day)))
}
