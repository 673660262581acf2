//! Pipelines as strings, and the PROJ objects each thread makes of them.

use super::{CoordinateFrame, CrsError};
use proj::Proj;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

/// A pipeline that PROJ has accepted; cheap to copy and to send to another thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pipeline(usize);

/// The text of every accepted pipeline.
#[derive(Default)]
struct Texts {
    list: Vec<String>,
    ids: HashMap<String, usize>,
}

/// It only grows, by as many texts as there are pairs of systems in the planes files a process
/// reads.
static TEXTS: LazyLock<Mutex<Texts>> = LazyLock::new(Mutex::default);

thread_local! {
    /// PROJ objects may not be shared between threads, so each thread has its own.
    static OBJECTS: RefCell<Vec<Option<Proj>>> = const { RefCell::new(Vec::new()) };
}

impl Pipeline {
    /// Checks the text with PROJ and keeps it.
    ///
    /// # Errors
    /// [`CrsError::InvalidPipeline`] with PROJ's words.
    pub fn new(text: &str) -> Result<Self, CrsError> {
        let known = |texts: &Texts| texts.ids.get(text).copied();
        if let Some(id) = known(&TEXTS.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(Self(id));
        }
        create(text)?;
        let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
        let Texts { list, ids } = &mut *texts;
        let id = *ids.entry(text.to_owned()).or_insert_with(|| {
            list.push(text.to_owned());
            list.len() - 1
        });
        Ok(Self(id))
    }

    /// Converts one coordinate with this thread's object, which is made from the text when the
    /// thread comes here first; PROJ's database is not read for it.
    pub fn convert(self, x: f64, y: f64) -> Result<(f64, f64), CrsError> {
        OBJECTS.with_borrow_mut(|objects| {
            if objects.len() <= self.0 {
                objects.resize_with(self.0 + 1, || None);
            }
            let object = match &mut objects[self.0] {
                Some(object) => object,
                vacant => vacant.insert(create(&self.text())?),
            };
            let not_convertible = |reason: String| CrsError::NotConvertible { x, y, reason };
            match object.convert((x, y)) {
                Ok((x, y)) if x.is_finite() && y.is_finite() => Ok((x, y)),
                Ok(_) => Err(not_convertible("outside the projection".to_owned())),
                Err(e) => Err(not_convertible(e.to_string())),
            }
        })
    }

    /// Its number; equal texts have equal numbers for as long as the process lives.
    pub const fn number(self) -> usize {
        self.0
    }

    fn text(self) -> String {
        let texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
        texts.list[self.0].clone()
    }
}

fn create(text: &str) -> Result<Proj, CrsError> {
    Proj::new(text).map_err(|e| CrsError::InvalidPipeline {
        pipeline: text.to_owned(),
        reason: e.to_string(),
    })
}

/// The steps of a pipeline from one system to another; numbers in the order east, north.
#[derive(Default)]
pub(super) struct Steps(String);

impl Steps {
    fn step(mut self, step: &str) -> Self {
        self.0.push_str(" +step ");
        self.0.push_str(step);
        self
    }

    /// Degrees to radians.
    pub fn degrees_in(self) -> Self {
        self.step("+proj=unitconvert +xy_in=deg +xy_out=rad")
    }

    /// Radians to degrees.
    pub fn degrees_out(self) -> Self {
        self.step("+proj=unitconvert +xy_in=rad +xy_out=deg")
    }

    /// Radians to metres.
    pub fn project(self, projection: &str) -> Self {
        self.step(projection)
    }

    /// Metres to radians.
    pub fn unproject(self, projection: &str) -> Self {
        self.step(&format!("+inv {projection}"))
    }

    /// From one datum to another, in radians, at height zero and without changing heights.
    pub fn shift(self, frame: &CoordinateFrame, from: &str, to: &str) -> Self {
        self.through_space(&helmert(frame), from, to)
    }

    /// The exact inverse of [`Steps::shift`]; `from` is the ellipsoid that `shift` leads to.
    pub fn shift_back(self, frame: &CoordinateFrame, from: &str, to: &str) -> Self {
        self.through_space(&format!("+inv {}", helmert(frame)), from, to)
    }

    fn through_space(self, helmert: &str, from: &str, to: &str) -> Self {
        self.step("+proj=push +v_3")
            .step(&format!("+proj=cart {from}"))
            .step(helmert)
            .step(&format!("+inv +proj=cart {to}"))
            .step("+proj=pop +v_3")
    }

    /// The whole text; a pipeline without a step leaves its numbers as they are.
    pub fn text(&self) -> String {
        if self.0.is_empty() {
            "+proj=noop".to_owned()
        } else {
            format!("+proj=pipeline{}", self.0)
        }
    }
}

fn helmert(frame: &CoordinateFrame) -> String {
    format!(
        "+proj=helmert +x={} +y={} +z={} +rx={} +ry={} +rz={} +s={} +convention=coordinate_frame",
        frame.x_m,
        frame.y_m,
        frame.z_m,
        frame.rx_arcsec,
        frame.ry_arcsec,
        frame.rz_arcsec,
        frame.scale_ppm,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipeline_that_proj_does_not_know_is_refused_with_its_text() {
        let error = Pipeline::new("+proj=nonsense").expect_err("no such projection");
        assert!(error.to_string().contains("+proj=nonsense"), "{error}");
    }

    #[test]
    fn the_same_text_is_kept_once() {
        let text = "+proj=utm +zone=48 +ellps=WGS84";
        assert_eq!(Pipeline::new(text), Pipeline::new(text));
    }
}
