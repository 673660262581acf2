//! What PROJ's database says about a system: base, ellipsoid, projection, axis order.

use super::{CrsError, Epsg};
use proj_sys::{
    PJ, PJ_CATEGORY_PJ_CATEGORY_CRS, PJ_CONTEXT, PJ_LOG_LEVEL_PJ_LOG_NONE,
    PJ_PROJ_STRING_TYPE_PJ_PROJ_5, PJ_TYPE, PJ_TYPE_PJ_TYPE_GEOGRAPHIC_2D_CRS,
    PJ_TYPE_PJ_TYPE_PROJECTED_CRS, proj_as_proj_string, proj_context_create, proj_context_destroy,
    proj_create_from_database, proj_crs_get_coordinate_system, proj_crs_get_coordoperation,
    proj_cs_get_axis_info, proj_destroy, proj_ellipsoid_get_parameters, proj_get_ellipsoid,
    proj_get_id_code, proj_get_name, proj_get_source_crs, proj_get_type, proj_log_level,
};
use std::ffi::{CStr, CString, c_char};
use std::ptr::{null, null_mut};

/// Which number comes first when a coordinate is written as its system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AxisOrder {
    /// Easting or longitude first.
    EastNorth,
    /// Northing or latitude first: geographic systems, and surveyors' X and Y.
    NorthEast,
}

impl AxisOrder {
    /// Two numbers in this order, as easting (longitude) and northing (latitude).
    pub fn east_north(self, first: f64, second: f64) -> (f64, f64) {
        match self {
            Self::EastNorth => (first, second),
            Self::NorthEast => (second, first),
        }
    }
}

/// A system as the database defines it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Definition {
    pub name: String,
    pub axis_order: AxisOrder,
    /// The geographic system it stands on; itself when it is one.
    pub geographic: Epsg,
    /// `+a=… +rf=…` of its ellipsoid.
    pub ellipsoid: String,
    /// The projection's step from radians to metres, easting first; none when geographic.
    pub projection: Option<String>,
}

/// An open handle on PROJ's database.
pub(super) struct Database(*mut PJ_CONTEXT);

impl Drop for Database {
    fn drop(&mut self) {
        // SAFETY: the context was made by `proj_context_create` and is destroyed once; every
        // object borrowed from it has been dropped, since `Object` borrows the database.
        unsafe { proj_context_destroy(self.0) };
    }
}

/// A PROJ object, destroyed before its database.
struct Object<'d>(*mut PJ, &'d Database);

impl Drop for Object<'_> {
    fn drop(&mut self) {
        // SAFETY: never null (see `Database::object`), made by PROJ, destroyed once.
        unsafe { proj_destroy(self.0) };
    }
}

/// Copies a C string that PROJ owns.
///
/// # Safety
/// `text` is null or points to a C string that lives during the call.
unsafe fn copied(text: *const c_char) -> Option<String> {
    // SAFETY: the caller's promise.
    (!text.is_null()).then(|| {
        unsafe { CStr::from_ptr(text) }
            .to_string_lossy()
            .into_owned()
    })
}

impl Database {
    /// A handle; the file is opened when the first definition is read.
    pub fn open() -> Self {
        // SAFETY: PROJ answers a null pointer only when memory is exhausted, and takes null for its
        // default context everywhere. What PROJ says is an error of ours, told where it belongs:
        // no context made from the default one prints it as well.
        unsafe {
            proj_log_level(null_mut(), PJ_LOG_LEVEL_PJ_LOG_NONE);
            Self(proj_context_create())
        }
    }

    fn object(&self, pointer: *mut PJ) -> Option<Object<'_>> {
        (!pointer.is_null()).then_some(Object(pointer, self))
    }

    /// The definition of a geographic or projected system.
    ///
    /// # Errors
    /// [`CrsError::MissingDefinition`] when the database does not know the system, is not there,
    /// or the system is of another kind.
    pub fn definition(&self, epsg: Epsg) -> Result<Definition, CrsError> {
        let missing = |what| CrsError::MissingDefinition { epsg, what };
        let system = self.system(epsg).ok_or(missing("definition"))?;
        let (geographic, projection) = match system.kind() {
            PJ_TYPE_PJ_TYPE_GEOGRAPHIC_2D_CRS => (epsg, None),
            PJ_TYPE_PJ_TYPE_PROJECTED_CRS => {
                let base = system.geographic().ok_or(missing("geographic base"))?;
                (
                    base,
                    Some(system.projection().ok_or(missing("projection"))?),
                )
            }
            _ => return Err(missing("geographic or projected system")),
        };
        Ok(Definition {
            name: system.name().ok_or(missing("name"))?,
            axis_order: system.axis_order().ok_or(missing("axis order"))?,
            geographic,
            ellipsoid: system.ellipsoid().ok_or(missing("ellipsoid"))?,
            projection,
        })
    }

    fn system(&self, epsg: Epsg) -> Option<Object<'_>> {
        let code = CString::new(epsg.0.to_string()).ok()?;
        // SAFETY: the context is alive, both texts are C strings, options may be null.
        let pointer = unsafe {
            proj_create_from_database(
                self.0,
                c"EPSG".as_ptr(),
                code.as_ptr(),
                PJ_CATEGORY_PJ_CATEGORY_CRS,
                0,
                null(),
            )
        };
        self.object(pointer)
    }
}

impl Object<'_> {
    fn kind(&self) -> PJ_TYPE {
        // SAFETY: the object is alive.
        unsafe { proj_get_type(self.0) }
    }

    fn name(&self) -> Option<String> {
        // SAFETY: the object is alive, the text belongs to it and is copied at once.
        unsafe { copied(proj_get_name(self.0)) }
    }

    fn geographic(&self) -> Option<Epsg> {
        // SAFETY: context and object are alive.
        let base = self
            .1
            .object(unsafe { proj_get_source_crs(self.1.0, self.0) })?;
        // SAFETY: the base is alive, the text belongs to it and is copied at once.
        let code = unsafe { copied(proj_get_id_code(base.0, 0)) }?;
        code.parse().ok().map(Epsg)
    }

    fn ellipsoid(&self) -> Option<String> {
        // SAFETY: context and object are alive.
        let ellipsoid = self
            .1
            .object(unsafe { proj_get_ellipsoid(self.1.0, self.0) })?;
        let (mut a, mut rf) = (0.0, 0.0);
        // SAFETY: the ellipsoid is alive; unwanted results may be null pointers.
        let found = unsafe {
            proj_ellipsoid_get_parameters(
                self.1.0,
                ellipsoid.0,
                &mut a,
                null_mut(),
                null_mut(),
                &mut rf,
            )
        };
        (found != 0).then(|| format!("+a={a} +rf={rf}"))
    }

    /// The one step of the conversion that projects; steps for units and axes are ours to write.
    fn projection(&self) -> Option<String> {
        // SAFETY: context and object are alive.
        let conversion = self
            .1
            .object(unsafe { proj_crs_get_coordoperation(self.1.0, self.0) })?;
        // SAFETY: as above; the text belongs to the conversion and is copied at once.
        let text = unsafe {
            copied(proj_as_proj_string(
                self.1.0,
                conversion.0,
                PJ_PROJ_STRING_TYPE_PJ_PROJ_5,
                null(),
            ))
        }?;
        let projects = |s: &&str| {
            !["+proj=pipeline", "+proj=unitconvert", "+proj=axisswap"]
                .iter()
                .any(|other| s.starts_with(other))
        };
        let mut steps = text.split("+step").map(str::trim).filter(projects);
        let step = steps.next()?.to_owned();
        steps.next().is_none().then_some(step)
    }

    fn axis_order(&self) -> Option<AxisOrder> {
        // SAFETY: context and object are alive.
        let pointer = unsafe { proj_crs_get_coordinate_system(self.1.0, self.0) };
        let axes = self.1.object(pointer)?;
        let mut direction: *const c_char = null();
        // SAFETY: the coordinate system is alive; unwanted results may be null pointers.
        let found = unsafe {
            proj_cs_get_axis_info(
                self.1.0,
                axes.0,
                0,
                null_mut(),
                null_mut(),
                &mut direction,
                null_mut(),
                null_mut(),
                null_mut(),
                null_mut(),
            )
        };
        // SAFETY: the text belongs to the coordinate system, which is alive.
        match unsafe { copied(direction) }
            .filter(|_| found != 0)?
            .as_str()
        {
            "east" => Some(AxisOrder::EastNorth),
            "north" => Some(AxisOrder::NorthEast),
            _ => None,
        }
    }
}
