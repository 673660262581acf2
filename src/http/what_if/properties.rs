//! Properties of planning features, as items of their collections have them.

use serde_json::{Map, Value};

use crate::http::asked::unprocessable;
use crate::http::problem::Problem;
use crate::land::items::Collection;
use crate::planning::{Corridor, CorridorKind, FeatureKind, PlanIndices, PlanUnit, RightOfWay};
use crate::rules::Decimal;

const OF_ZONES: &[&str] = &[
    "code",
    "function",
    "storeysMax",
    "heightMax",
    "coverageMaxPercent",
    "floorAreaRatioMax",
    "population",
];
const OF_ROADS: &[&str] = &["street", "width", "alley"];
const OF_RESTRICTIONS: &[&str] = &["kind", "legend", "width", "voltage"];
const CORRIDORS: [CorridorKind; 3] = [CorridorKind::Canal, CorridorKind::Power, CorridorKind::Rail];
/// Characters of a text, at most.
const TEXT: usize = 400;

/// What a feature is by its properties; what they do not name is as it was before.
///
/// # Errors
/// `invalid_proposal` with the place of what no such feature has.
pub(super) fn kind(
    place: &str,
    collection: Collection,
    before: Option<&FeatureKind>,
    given: &Map<String, Value>,
) -> Result<FeatureKind, Problem> {
    let read = Reading {
        place: format!("{place}.properties"),
        given,
    };
    match (collection, before) {
        (Collection::Zones, Some(FeatureKind::PlanUnit(unit))) => read.unit(unit),
        (Collection::Zones, _) => read.unit(&PlanUnit {
            code: String::new(),
            function: String::new(),
            indices: PlanIndices::default(),
        }),
        (Collection::Roads, Some(FeatureKind::RightOfWay(way))) => read.way(way),
        (Collection::Roads, _) => read.way(&RightOfWay {
            street: String::new(),
            width_mm: None,
            decision: None,
            alley: false,
        }),
        (_, before) => read.restriction(before),
    }
}

/// The properties of a feature that it has; decimals as texts.
pub(super) fn of(kind: &FeatureKind) -> Map<String, Value> {
    let text = |text: &str| Some(Value::from(text)).filter(|_| !text.is_empty());
    let number = |units: Option<u32>, decimals: u32| {
        let number = Decimal::new(i64::from(units?), decimals).normalize();
        Some(Value::from(number.to_string()))
    };
    let all = match kind {
        FeatureKind::PlanUnit(unit) => {
            let indices = &unit.indices;
            let coverage = indices.coverage_max_permille.map(u32::from);
            let ratio = indices.floor_area_ratio_max_hundredths.map(u32::from);
            vec![
                ("code", text(&unit.code)),
                ("function", text(&unit.function)),
                ("storeysMax", number(indices.storeys_max.map(u32::from), 0)),
                ("heightMax", number(indices.height_max_mm, 3)),
                ("coverageMaxPercent", number(coverage, 1)),
                ("floorAreaRatioMax", number(ratio, 2)),
                ("population", number(indices.population, 0)),
            ]
        }
        FeatureKind::RightOfWay(way) => vec![
            ("street", text(&way.street)),
            ("width", number(way.width_mm, 3)),
            ("alley", Some(Value::from(way.alley))),
        ],
        FeatureKind::Corridor(corridor) => vec![
            ("kind", text(corridor.kind.as_restriction())),
            ("legend", text(&corridor.name)),
            ("width", number(corridor.width_mm, 3)),
            ("voltage", number(corridor.voltage_v, 0)),
        ],
        FeatureKind::Restriction {
            kind, legend_vi, ..
        } => vec![("kind", text(kind)), ("legend", text(legend_vi))],
    };
    let held = all.into_iter();
    held.filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
}

/// Properties that are read one by one.
struct Reading<'p> {
    place: String,
    given: &'p Map<String, Value>,
}

impl Reading<'_> {
    fn unit(&self, before: &PlanUnit) -> Result<FeatureKind, Problem> {
        self.only(OF_ZONES)?;
        let was = &before.indices;
        let indices = PlanIndices {
            storeys_max: self.number("storeysMax", 0, was.storeys_max)?,
            height_max_mm: self.number("heightMax", 3, was.height_max_mm)?,
            coverage_max_permille: self.number(
                "coverageMaxPercent",
                1,
                was.coverage_max_permille,
            )?,
            floor_area_ratio_max_hundredths: self.number(
                "floorAreaRatioMax",
                2,
                was.floor_area_ratio_max_hundredths,
            )?,
            population: self.number("population", 0, was.population)?,
        };
        Ok(FeatureKind::PlanUnit(PlanUnit {
            code: self.text("code", &before.code)?,
            function: self.text("function", &before.function)?,
            indices,
        }))
    }

    fn way(&self, before: &RightOfWay) -> Result<FeatureKind, Problem> {
        self.only(OF_ROADS)?;
        let alley = match self.given.get("alley") {
            None => before.alley,
            Some(Value::Bool(alley)) => *alley,
            Some(other) => return Err(self.no_value("alley", other, "truth_property")),
        };
        Ok(FeatureKind::RightOfWay(RightOfWay {
            street: self.text("street", &before.street)?,
            width_mm: self.number("width", 3, before.width_mm)?,
            decision: before.decision.clone(),
            alley,
        }))
    }

    /// A corridor, or any other restriction: which, the property `kind` says.
    fn restriction(&self, before: Option<&FeatureKind>) -> Result<FeatureKind, Problem> {
        self.only(OF_RESTRICTIONS)?;
        let (kind, legend) = match before {
            Some(FeatureKind::Corridor(held)) => (held.kind.as_restriction(), held.name.as_str()),
            Some(FeatureKind::Restriction {
                kind, legend_vi, ..
            }) => (kind.as_str(), legend_vi.as_str()),
            _ => ("", ""),
        };
        let kind = self.text("kind", kind)?;
        let corridor = CORRIDORS.into_iter().find(|c| c.as_restriction() == kind);
        if kind.is_empty() {
            return Err(self.no_value("kind", &Value::Null, "text_property"));
        }
        if let Some(corridor) = corridor {
            let (width_mm, voltage_v) = match before {
                Some(FeatureKind::Corridor(held)) => (held.width_mm, held.voltage_v),
                _ => (None, None),
            };
            return Ok(FeatureKind::Corridor(Corridor {
                kind: corridor,
                name: self.text("legend", legend)?,
                width_mm: self.number("width", 3, width_mm)?,
                voltage_v: self.number("voltage", 0, voltage_v)?,
            }));
        }
        self.only(&OF_RESTRICTIONS[..2])?;
        let legend_vi = self.text("legend", legend)?;
        let legend_en = match before {
            Some(FeatureKind::Restriction { legend_en, .. })
                if !self.given.contains_key("legend") =>
            {
                legend_en.clone()
            }
            _ => legend_vi.clone(),
        };
        Ok(FeatureKind::Restriction {
            kind,
            legend_vi,
            legend_en,
        })
    }

    fn only(&self, known: &[&str]) -> Result<(), Problem> {
        let mut names = self.given.keys();
        match names.find(|name| !known.contains(&name.as_str())) {
            None => Ok(()),
            Some(name) => {
                let place = format!("{}.{name}", self.place);
                let value = vec![("name", name.clone())];
                let problem = unprocessable(&place, "no_such_property", value, "choice");
                Err(problem.expecting("choice", vec![("names", known.join(", "))]))
            }
        }
    }

    fn text(&self, name: &str, before: &str) -> Result<String, Problem> {
        match self.given.get(name) {
            None => Ok(before.to_owned()),
            Some(Value::Null) => Ok(String::new()),
            Some(Value::String(text))
                if text.chars().count() <= TEXT && !text.chars().any(char::is_control) =>
            {
                Ok(text.clone())
            }
            Some(other) => Err(self.no_value(name, other, "text_property")),
        }
    }

    /// A number that is held in whole units of so many decimals.
    fn number<N: TryFrom<u32>>(
        &self,
        name: &str,
        decimals: u32,
        before: Option<N>,
    ) -> Result<Option<N>, Problem> {
        let given = match self.given.get(name) {
            None => return Ok(before),
            Some(Value::Null) => return Ok(None),
            Some(given) => given,
        };
        let text = match given {
            Value::Number(number) => number.to_string(),
            Value::String(text) => text.clone(),
            _ => String::new(),
        };
        let units = Decimal::from_str_exact(&text).ok().and_then(|number| {
            let units = number.checked_mul(Decimal::from(10_u32.pow(decimals)))?;
            let units = units.normalize();
            (units.scale() == 0).then(|| units.to_string().parse::<u32>().ok())?
        });
        let held = units.and_then(|units| N::try_from(units).ok());
        match held {
            Some(held) => Ok(Some(held)),
            None => {
                let problem = self.no_value(name, given, "number_property");
                Err(problem.expecting("number_property", vec![("count", decimals.to_string())]))
            }
        }
    }

    fn no_value(&self, name: &str, given: &Value, expected: &'static str) -> Problem {
        let shown = given.to_string().chars().take(80).collect();
        let place = format!("{}.{name}", self.place);
        let arguments = vec![("value", shown), ("name", name.to_owned())];
        unprocessable(&place, "no_property_value", arguments, expected)
    }
}
