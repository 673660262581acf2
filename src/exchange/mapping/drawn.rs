//! Elements of a drawing: lines of boundary levels and texts of label levels, on the grid.

use super::MappingError;
use super::columns::position;
use super::mapper::Mapper;
use super::parcel;
use super::reading::Read;
use crate::cadastre::SheetNumber;
use crate::exchange::assemble::{Drawing, DrawnLine, DrawnText, TextRole, TitleBlock};
use crate::exchange::profile::DrawingFields;
use crate::exchange::source::{Layer, RawFeature};
use crate::geometry::LineString;

/// The columns of a drawing's layer.
pub(super) struct DrawnColumns {
    level: usize,
    pub text: Option<usize>,
}

impl DrawnColumns {
    pub fn new(fields: &DrawingFields, layer: &Layer) -> Result<Self, MappingError> {
        let level = position(layer, &fields.level_field);
        Ok(Self {
            level: level.ok_or_else(|| MappingError::NoSuchField {
                field: fields.level_field.clone(),
                target: "level".to_owned(),
                layer: layer.name.clone(),
                has: layer.fields.join(", "),
            })?,
            text: position(layer, &fields.text_field),
        })
    }
}

impl Mapper<'_> {
    /// Adds an element of a drawing to what is assembled later. Answers whether it was taken: an
    /// element of any other level is none of ours.
    ///
    /// # Errors
    /// A finding for an element of our levels that cannot be read.
    pub fn draw(&self, feature: &RawFeature, into: &mut Drawing) -> Read<bool> {
        let (Some(columns), Some(fields)) = (&self.drawn, &self.profile.drawing) else {
            return Ok(false);
        };
        let about = |finding: Box<_>| {
            let finding: crate::exchange::Finding = *finding;
            Box::new(finding.about(feature.feature_number()))
        };
        let Some(level) = self
            .columns
            .text_of(feature, columns.level)
            .map_err(about)?
        else {
            return Ok(false);
        };
        if fields.levels.is_boundary(&level) {
            return self.draw_lines(feature, into).map_err(about);
        }
        match (fields.levels.text_role(&level), columns.text) {
            (Some(role), Some(text)) => self.draw_text(feature, role, text, into).map_err(about),
            _ => Ok(false),
        }
    }

    fn draw_lines(&self, feature: &RawFeature, into: &mut Drawing) -> Read<bool> {
        let geometry = self.geometry(feature)?;
        let plane = self.placing.plane_of(geometry, None, &|_| None)?;
        let rings = geometry.areas.iter().flatten();
        for line in geometry.lines.iter().chain(rings) {
            let points = self.placing.chain(plane, line)?;
            if points.len() > 1 {
                into.lines.push(DrawnLine {
                    feature: feature.feature_number(),
                    line: LineString(points),
                });
            }
        }
        Ok(true)
    }

    fn draw_text(
        &self,
        feature: &RawFeature,
        role: TextRole,
        column: usize,
        into: &mut Drawing,
    ) -> Read<bool> {
        let geometry = self.geometry(feature)?;
        let text = self.columns.text_of(feature, column)?;
        let (Some(text), Some(&at)) = (text, geometry.points.first()) else {
            return Ok(false);
        };
        let plane = self.placing.plane_of(geometry, None, &|_| None)?;
        into.texts.push(DrawnText {
            feature: feature.feature_number(),
            at: self.placing.point(plane, at)?,
            role,
            text: text.into_owned(),
        });
        Ok(true)
    }

    /// What all parcels of the drawing have in common, from the constants of the profile.
    ///
    /// # Errors
    /// A finding that names the constant that is missing or cannot be read.
    pub fn title_block(&self) -> Read<TitleBlock> {
        let nothing = RawFeature::empty();
        let reading = self.reading(&nothing);
        let sheet = reading.parsed("sheet", SheetNumber::parse)?;
        Ok(TitleBlock {
            commune: reading
                .ward("commune")?
                .ok_or_else(|| reading.missing("commune"))?,
            sheet: sheet.ok_or_else(|| reading.missing("sheet"))?,
            ward: reading.ward("ward")?,
            plane: self
                .placing
                .fixed()
                .ok_or_else(|| reading.missing("plane"))?,
            scale: parcel::scale(&reading)?,
            status: parcel::status(&reading)?,
            decimal: self.profile.decimal,
        })
    }
}
