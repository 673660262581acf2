//! An extract as a page for people: a small map, three lists, the law behind each; it prints on A4.

use std::fmt::Write;

use serde_json::Value;

use super::said::Said;
use super::view::{ExtractView, ProvisionView, RestrictionView, ShareView, ThemeView};
use crate::http::features::html::Sheet;
use crate::http::features::html::drawing::{Drawing, close_frame};

/// Ways in which parts are drawn, so that neighbours on the list differ.
const STYLES: usize = 6;

/// Writes the page of one extract.
pub struct ExtractSheet<'a> {
    /// The page.
    pub sheet: &'a Sheet<'a>,
    /// What it shows, with shapes in longitude and latitude.
    pub view: &'a ExtractView,
    /// Its words.
    pub said: Said,
    /// Outlines of the parcels beside it, as GeoJSON.
    pub beside: Vec<Value>,
    /// Whether the server signs.
    pub is_signed: bool,
}

impl ExtractSheet<'_> {
    /// What the page shows, as HTML.
    pub fn main(&self) -> String {
        let of = |concern: &str| -> Vec<&ThemeView> {
            let themes = self.view.themes.iter();
            themes.filter(|theme| theme.concern == concern).collect()
        };
        let (concerned, unknown, free) = (of("concerned"), of("withoutData"), of("notConcerned"));
        format!(
            "<p class=\"about\">{about}</p>{form}{map}{facts}{changes}\
             <section class=\"concerned\"><h2>{h_concerned} ({n_concerned})</h2>{concerned}</section>\
             <section class=\"unknown\"><h2>{h_unknown} ({n_unknown})</h2><p>{unknown_about}</p>{unknown}</section>\
             <section class=\"free\"><h2>{h_free} ({n_free})</h2>{free}</section>{planning}\
             <p class=\"about\">{no_certificate}</p>{signed}",
            about = self.say("about", &[("date", self.day(&self.view.date))]),
            form = self.form(),
            map = self.map(),
            facts = self.facts(),
            changes = self
                .view
                .changes
                .as_ref()
                .map_or_else(String::new, |c| self.changes(c)),
            h_concerned = self.say("list_concerned", &[]),
            n_concerned = concerned.len(),
            concerned = self.concerned(&concerned),
            h_unknown = self.say("list_without_data", &[]),
            n_unknown = unknown.len(),
            unknown_about = self.say("without_data_about", &[]),
            unknown = self.unknown(&unknown),
            h_free = self.say("list_not_concerned", &[]),
            n_free = free.len(),
            free = self.free(&free),
            planning = self.planning(),
            no_certificate = self.say("no_certificate", &[]),
            signed = self.signed(),
        )
    }

    /// The way to the same as a signed file.
    fn signed(&self) -> String {
        if !self.is_signed {
            return String::new();
        }
        format!(
            "<p class=\"about\"><a href=\"?f=evidence&amp;lang={}&amp;date={}\" \
             download=\"diachinh-{}.json\">{}</a></p>",
            self.view.language,
            self.view.date,
            self.view.parcel.id,
            self.say("signed", &[]),
        )
    }

    pub(super) fn say(&self, key: &str, arguments: &[(&str, String)]) -> String {
        self.sheet.escaped(&self.said.text(key, arguments))
    }

    pub(super) fn day(&self, day: &str) -> String {
        self.said.day(day)
    }

    /// Asks for another day, and for what changed since one.
    fn form(&self) -> String {
        let since = self.view.changes.as_ref().map_or("", |c| c.since.as_str());
        let field = |name: &str, value: &str| {
            format!(
                "<label>{}<input name=\"{name}\" type=\"date\" value=\"{value}\"></label>",
                self.say(&format!("field_{name}"), &[])
            )
        };
        format!(
            "<form class=\"days\" method=\"get\"><input type=\"hidden\" name=\"lang\" value=\"{}\">\
             <input type=\"hidden\" name=\"f\" value=\"html\">{}{}<button>{}</button></form>",
            self.sheet.language.tag(),
            field("date", &self.view.date),
            field("since", since),
            self.say("show", &[]),
        )
    }

    fn map(&self) -> String {
        let Some(parcel) = &self.view.parcel.geometry else {
            return String::new();
        };
        let Some(frame) = close_frame(parcel) else {
            return String::new();
        };
        let mut drawing = Drawing::within(frame);
        self.beside
            .iter()
            .for_each(|outline| drawing.add("beside", outline));
        drawing.add("lot", parcel);
        let mut marks = Vec::new();
        for (number, restriction) in self.numbered() {
            if let Some(part) = restriction
                .geometry
                .as_ref()
                .filter(|_| !is_whole(restriction))
            {
                drawing.add(&format!("part p{}", number % STYLES), part);
                marks.push((number, part));
            }
        }
        drawing.add("edge", parcel);
        for (number, part) in marks {
            drawing.mark(&number.to_string(), part);
        }
        format!(
            "<figure>{}<figcaption class=\"of\">{}</figcaption></figure>",
            drawing.svg(&self.view.parcel.label),
            self.say("map_about", &[])
        )
    }

    /// Everything that concerns the parcel, numbered through.
    fn numbered(&self) -> impl Iterator<Item = (usize, &RestrictionView)> {
        let themes = self.view.themes.iter();
        (1..).zip(themes.flat_map(|theme| &theme.restrictions))
    }

    pub(super) fn m2(&self, decimal: &str) -> String {
        self.said.shown(decimal, 2)
    }

    fn concerned(&self, themes: &[&ThemeView]) -> String {
        let mut number = 0;
        let mut html = String::new();
        for theme in themes {
            let _ = write!(
                html,
                "<article><h3>{}</h3>",
                self.sheet.escaped(&theme.title)
            );
            html.push_str(&self.restricts(theme));
            for restriction in &theme.restrictions {
                number += 1;
                let _ = write!(
                    html,
                    "<div class=\"item\"><p><b class=\"no p{}\">{number}</b> <b>{}</b></p>{}</div>",
                    number % STYLES,
                    self.sheet.escaped(&restriction.legend),
                    self.restriction(restriction)
                );
            }
            html.push_str(&self.contacts(theme));
            html.push_str(&self.gaps(theme));
            html.push_str("</article>");
        }
        if html.is_empty() {
            html = format!("<p>{}</p>", self.say("none_concerned", &[]));
        }
        html
    }

    fn restricts(&self, theme: &ThemeView) -> String {
        theme.restricts.as_ref().map_or_else(String::new, |text| {
            format!("<p class=\"of\">{}</p>", self.sheet.escaped(text))
        })
    }

    fn restriction(&self, restriction: &RestrictionView) -> String {
        let mut html = format!("<p>{}", self.amount(restriction));
        if restriction.law_status != "in_force" {
            let status = self
                .sheet
                .language
                .text("word", &restriction.law_status, &[]);
            let _ = write!(html, " · <strong>{}</strong>", self.sheet.escaped(&status));
        }
        html.push_str("</p>");
        html.push_str(&self.law(&restriction.provisions));
        let arguments = [
            (
                "office",
                restriction.office.name.clone().unwrap_or_default(),
            ),
            ("as_of", self.day(&restriction.as_of)),
            (
                "accuracy",
                self.said.length(i64::from(restriction.accuracy_mm)),
            ),
        ];
        let _ = write!(html, "<p class=\"of\">{}", self.say("source", &arguments));
        if restriction.synthetic {
            let _ = write!(html, " · {}", self.sheet.say("synthetic", &[]));
        }
        html.push_str("</p>");
        html
    }

    /// How much of the parcel it takes.
    fn amount(&self, restriction: &RestrictionView) -> String {
        if let Some(share) = &restriction.share {
            return self.share(share);
        }
        if let Some(mm) = restriction.length_mm {
            return self.say("length", &[("length", self.said.length(mm))]);
        }
        let count = restriction.count.unwrap_or_default();
        self.say("count", &[("count", count.to_string())])
    }

    pub(super) fn share(&self, share: &ShareView) -> String {
        let percent = |text: &String| self.said.shown(text, 1);
        let measured = percent(&share.percent_of_measured);
        let registered = share.percent_of_registered.as_ref().map(percent);
        let key = match (share.whole, &registered) {
            (true, _) => "share_whole",
            (false, None) => "share_of_measured",
            (false, Some(registered)) if *registered == measured => "share",
            (false, Some(_)) => "share_of_both",
        };
        let arguments = [
            ("m2", self.m2(&share.m2)),
            ("measured", measured),
            ("registered", registered.unwrap_or_default()),
        ];
        self.say(key, &arguments)
    }

    /// Provisions, each with a way to its text.
    pub(super) fn law(&self, provisions: &[ProvisionView]) -> String {
        let items: String = provisions
            .iter()
            .map(|provision| format!("<li>{}</li>", self.provision(provision)))
            .collect();
        if items.is_empty() {
            return format!("<p class=\"of\">{}</p>", self.say("no_law", &[]));
        }
        format!("<ul class=\"law\">{items}</ul>")
    }

    fn provision(&self, provision: &ProvisionView) -> String {
        let mut text = self.sheet.escaped(&provision.act);
        // Only what a browser opens as a page; anything else is shown as it is written.
        if let Some(link) = &provision.link {
            let link = self.sheet.escaped(link);
            let is_page = link.starts_with("https://") || link.starts_with("http://");
            text = if is_page {
                format!("<a href=\"{link}\" rel=\"noreferrer\">{text}</a>")
            } else {
                format!("{text} ({link})")
            };
        }
        if let Some(article) = &provision.article {
            text = format!(
                "{text}, {}",
                self.say("article", &[("article", article.clone())])
            );
        }
        if let Some(dated) = &provision.dated {
            text = format!("{text}, {}", self.say("dated", &[("day", self.day(dated))]));
        }
        text
    }

    fn contacts(&self, theme: &ThemeView) -> String {
        let items: String = theme
            .contacts
            .iter()
            .map(|contact| {
                let width = contact.width_mm.or(contact.length_mm).unwrap_or_default();
                let m2 = contact
                    .share
                    .as_ref()
                    .map_or_else(String::new, |s| self.m2(&s.m2));
                let arguments = [
                    ("legend", contact.legend.clone()),
                    ("width", self.said.length(width)),
                    ("m2", m2),
                ];
                format!(
                    "<p class=\"contact\">{}</p>",
                    self.say("contact", &arguments)
                )
            })
            .collect();
        items
    }

    fn gaps(&self, theme: &ThemeView) -> String {
        let gaps = theme.gaps.iter();
        gaps.map(|gap| format!("<p class=\"gap\">{}</p>", self.sheet.escaped(&gap.text)))
            .collect()
    }

    fn unknown(&self, themes: &[&ThemeView]) -> String {
        let rows = themes.iter().map(|theme| {
            format!(
                "<li><b>{}</b>{}{}</li>",
                self.sheet.escaped(&theme.title),
                self.gaps(theme),
                self.contacts(theme)
            )
        });
        list(rows)
    }

    fn free(&self, themes: &[&ThemeView]) -> String {
        let rows = themes.iter().map(|theme| {
            let known = theme.layers.iter().filter(|layer| layer.state == "speaks");
            let known: Vec<String> = known
                .map(|layer| {
                    let arguments = [
                        ("layer", layer.title.clone()),
                        ("as_of", self.day(&layer.as_of)),
                    ];
                    self.say("known_by", &arguments)
                })
                .collect();
            format!(
                "<li><b>{}</b><span class=\"of\">{}</span>{}</li>",
                self.sheet.escaped(&theme.title),
                known.join(" · "),
                self.contacts(theme)
            )
        });
        list(rows)
    }
}

fn is_whole(restriction: &RestrictionView) -> bool {
    restriction.share.as_ref().is_some_and(|share| share.whole)
}

pub(super) fn list(rows: impl Iterator<Item = String>) -> String {
    let rows: String = rows.collect();
    if rows.is_empty() {
        return String::new();
    }
    format!("<ul class=\"rows\">{rows}</ul>")
}
