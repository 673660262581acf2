//! What comes with the page before any script: facts, a drawing, the answer, settings of the map.

use std::sync::Arc;

use serde::Serialize;

use super::first_answer::Asked;
use super::first_city::{CityView, LastCity, first_days};
use super::first_drawing::{Bounds, frame_of};
use super::first_facts::FirstFacts;
use super::first_shell::{Parts, filled, json};
use super::language::Language;
use super::page::own_script;
use super::page_options::{BaseMapKind, PageOptions, PageOptionsError};
use super::page_words::PageWords;
use crate::app::{App, View};
use crate::tile::TileLayer;

/// Makes the page for each address.
pub struct FirstViews {
    options: PageOptions,
    policy: String,
    city: LastCity,
}

impl FirstViews {
    /// With the options of the page.
    ///
    /// # Errors
    /// [`PageOptionsError`] for a base map that cannot be loaded as it is written.
    pub fn new(options: &PageOptions) -> Result<Self, PageOptionsError> {
        let foreign: String = options
            .foreign_origins()?
            .iter()
            .map(|origin| format!(" {origin}"))
            .collect();
        let script = own_script().map_or_else(String::new, |script| format!(" {script}"));
        // Its own files, the script that stands in it, and the base map's files. Styles may be
        // written by the page's components.
        let policy = format!(
            "default-src 'self'; script-src 'self'{script}; connect-src 'self'{foreign}; img-src 'self' data:{foreign}; \
             style-src 'self' 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; \
             form-action 'self'"
        );
        Ok(Self {
            options: options.clone(),
            policy,
            city: LastCity::default(),
        })
    }

    /// What the page may load.
    pub fn policy(&self) -> &str {
        &self.policy
    }

    /// The city of a view, kept until the register or the day changes.
    pub fn city(&self, view: &View) -> Arc<CityView> {
        self.city.of(view)
    }

    /// The page for an address, by its query string and the language that the reader prefers. While
    /// the register is being loaded everything is left to the script.
    pub fn page(
        &self,
        template: &str,
        app: &App,
        (query_string, preferred): (&str, Language),
    ) -> String {
        let asked = Asked::of(query_string, preferred);
        let facts = FirstFacts {
            words: PageWords {
                language: asked.language,
            },
            usual: asked.usual,
        };
        let mut settings = self.settings(asked.language, app);
        // A day that cannot be read is refused beside the city of today.
        let view = app.view(asked.date().flatten()).ok();
        let Some(view) = view else {
            let parts = Parts {
                settings: json(&settings),
                ..Parts::default()
            };
            return filled(template, facts, &asked, &parts);
        };
        let city = self.city.of(&view);
        let found = asked.answer(&view);
        settings.tell(&view, &city);
        settings.bounds = frame_of(found.features()).or(city.bounds);
        let drawing = found.drawing(settings.bounds);
        let parts = Parts {
            settings: json(&settings),
            answer: found.json(),
            name: found.name(facts),
            drawing: drawing.unwrap_or_else(|| city.drawing.clone()),
            facts: found.facts(facts, &view, &city, asked.text("date").as_deref()),
            synthetic: view.is_synthetic(),
        };
        filled(template, facts, &asked, &parts)
    }

    /// The settings that hold even while the register is being loaded.
    fn settings(&self, language: Language, app: &App) -> Settings<'_> {
        let layers = TileLayer::ALL.map(|layer| {
            let (first, last) = layer.zooms();
            let name = layer.name();
            LayerSetting { name, first, last }
        });
        let has_base = self.options.base_map != BaseMapKind::None;
        Settings {
            language: language.tag(),
            today: app.today().to_string(),
            layers: layers.into(),
            base: has_base.then(|| BaseSetting {
                kind: self.options.base_map,
                url: &self.options.base_map_url,
                attribution: &self.options.base_map_attribution,
            }),
            ..Settings::default()
        }
    }
}

/// What the page's script is told; what is not known is left out.
#[derive(Serialize, Default)]
struct Settings<'a> {
    language: &'static str,
    today: String,
    layers: Vec<LayerSetting>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<BaseSetting<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bounds: Option<Bounds>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    synthetic: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parcels: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wards: Option<usize>,
    #[serde(rename = "wardsWithParcels", skip_serializing_if = "Option::is_none")]
    wards_with_parcels: Option<usize>,
    #[serde(rename = "wardsFrom", skip_serializing_if = "Option::is_none")]
    wards_from: Option<String>,
    #[serde(rename = "parcelsFrom", skip_serializing_if = "Option::is_none")]
    parcels_from: Option<String>,
}

impl Settings<'_> {
    /// Adds what the register says.
    fn tell(&mut self, view: &View, city: &CityView) {
        self.revision = Some(view.revision().0);
        self.date = Some(view.date().to_string());
        self.synthetic = Some(view.is_synthetic());
        [self.wards_from, self.parcels_from] =
            first_days(view).map(|day| day.map(|day| day.to_string()));
        self.parcels = Some(city.parcels);
        self.wards = Some(city.wards);
        self.wards_with_parcels = Some(city.wards_with_parcels);
    }
}

#[derive(Serialize)]
struct LayerSetting {
    name: &'static str,
    first: u8,
    last: u8,
}

#[derive(Serialize)]
struct BaseSetting<'a> {
    kind: BaseMapKind,
    url: &'a str,
    attribution: &'a str,
}
