//! What stands on the page of an extract of changes since an earlier day.

use std::fmt::Write;

use super::html::{ExtractSheet, list};
use super::view::{ChangeView, ChangesView, FactChangeView, FactView, SideView, UseLineView};

impl ExtractSheet<'_> {
    pub(super) fn changes(&self, changes: &ChangesView) -> String {
        let since = [("since", self.day(&changes.since))];
        let mut html = format!("<section><h2>{}</h2>", self.say("changes", &since));
        let same = changes.themes.is_empty() && changes.facts.is_empty();
        if changes.parcel != "same" {
            let _ = write!(
                html,
                "<p>{}</p>",
                self.say(&format!("parcel_{}", changes.parcel), &[])
            );
        } else if same {
            let _ = write!(html, "<p>{}</p>", self.say("changes_none", &[]));
        }
        html.push_str(&list(changes.facts.iter().map(|one| self.fact_change(one))));
        for theme in &changes.themes {
            let own = self.view.themes.iter().find(|own| own.code == theme.code);
            let title = own.map_or(theme.code.as_str(), |own| own.title.as_str());
            let word = |concern: &str| self.said.text(&format!("word_{concern}"), &[]);
            let turn = [
                ("before", word(&theme.before)),
                ("after", word(&theme.after)),
            ];
            let _ = write!(html, "<h3>{}</h3>", self.sheet.escaped(title));
            if theme.before != theme.after {
                let _ = write!(html, "<p>{}</p>", self.say("change_concern", &turn));
            }
            html.push_str(&list(theme.changes.iter().map(|one| self.change(one))));
        }
        html.push_str("</section>");
        html
    }

    fn change(&self, change: &ChangeView) -> String {
        let side = |side: &Option<SideView>| {
            side.as_ref().map_or_else(String::new, |side| {
                let share = side.share.as_ref().map(|share| self.share(share));
                let share = share.map_or_else(String::new, |share| format!(" ({share})"));
                format!("{}{share}", self.sheet.escaped(&side.legend))
            })
        };
        let day = change.day.as_deref().map(|day| self.day(day));
        format!(
            "<li><b>{} {}</b> {}{}{}{}</li>",
            self.say(&format!("change_{}", change.kind), &[]),
            day.unwrap_or_default(),
            side(&change.before),
            if change.kind == "changed" {
                " → "
            } else {
                ""
            },
            side(&change.after),
            self.law(&change.by)
        )
    }

    /// Something of the parcel itself, as it was and as it is.
    fn fact_change(&self, change: &FactChangeView) -> String {
        let side = |side: &Option<FactView>| match side {
            Some(fact) => self.fact_side(&change.fact, fact),
            None => self.say("fact_none", &[]),
        };
        let name = self.sheet.language.text("property", &change.fact, &[]);
        format!(
            "<li><b>{}</b>: {} → {}</li>",
            self.sheet.escaped(&name),
            side(&change.before),
            side(&change.after)
        )
    }

    fn fact_side(&self, name: &str, fact: &FactView) -> String {
        match fact {
            FactView::Ward(ward) => self.named(ward),
            FactView::Key(key) => self.key(key),
            FactView::LandUse(lines) if lines.is_empty() => self.say("fact_none", &[]),
            FactView::LandUse(lines) => {
                let lines: Vec<String> = lines.iter().map(|line| self.use_line(line)).collect();
                lines.join("; ")
            }
            FactView::Text(text) => match name {
                "status" => {
                    let word = self.sheet.language.text("word", text, &[]);
                    self.sheet.escaped(&word)
                }
                "registeredArea" | "measuredArea" => format!("{} m²", self.said.shown(text, 4)),
                "plane" => format!("EPSG:{}", self.sheet.escaped(text)),
                "scale" => format!("1:{}", self.sheet.escaped(text)),
                _ => self.sheet.escaped(text),
            },
        }
    }

    fn use_line(&self, line: &UseLineView) -> String {
        let area = line.area_m2.as_ref();
        let area = area.map(|area| format!("{} m²", self.m2(area)));
        let form = line.form.as_ref();
        let form = form.map(|form| self.sheet.language.text("word", form, &[]));
        let until = line.until.as_ref();
        let until = until.map(|until| self.said.text("use_until", &[("day", self.day(until))]));
        let aside = [area, line.origin.clone(), form, until];
        let parts = std::iter::once(line.code.clone()).chain(aside.into_iter().flatten());
        self.sheet.escaped(&parts.collect::<Vec<_>>().join(", "))
    }
}
