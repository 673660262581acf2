//! A thin hold on OGR: one dataset opened by one driver, its layers, its features taken apart.

use std::ffi::{CStr, CString, c_char, c_int};
use std::sync::{Arc, Mutex};

use gdal_sys::{CPLErr, OGRFieldType, OGRGeometryH, OGRwkbGeometryType as Kind};

use super::feature::{Layer, RawGeometry, RawText, StatedCrs, Value, Xy};
use super::format::Format;
use super::frame::WireFeature;

/// What GDAL complained about since it was last asked.
static SAID: Mutex<Complaints> = Mutex::new(Complaints {
    failures: Vec::new(),
    warnings: Vec::new(),
});

/// Complaints by weight; each list is kept short.
#[derive(Default)]
pub(super) struct Complaints {
    pub failures: Vec<String>,
    pub warnings: Vec<String>,
}

unsafe extern "C" fn hear(class: CPLErr::Type, _: c_int, text: *const c_char) {
    let Ok(mut said) = SAID.lock() else { return };
    let list = match class {
        CPLErr::CE_Failure | CPLErr::CE_Fatal => &mut said.failures,
        CPLErr::CE_Warning => &mut said.warnings,
        _ => return,
    };
    if list.len() < 20 {
        // SAFETY: GDAL passes a C string.
        let text = unsafe { owned(text) }.unwrap_or_default();
        list.push(text.chars().take(400).collect());
    }
}

/// What was said since the last call.
pub(super) fn complaints() -> Complaints {
    SAID.lock()
        .map(|mut s| std::mem::take(&mut *s))
        .unwrap_or_default()
}

/// # Safety
/// `text` is a C string or null.
unsafe fn owned(text: *const c_char) -> Option<String> {
    // SAFETY: as the caller promises.
    (!text.is_null()).then(|| {
        unsafe { CStr::from_ptr(text) }
            .to_string_lossy()
            .into_owned()
    })
}

/// Options that hold for every format: nothing recoded, nothing fetched, one thread.
const OPTIONS: [(&CStr, &CStr); 8] = [
    (c"SHAPE_ENCODING", c""),
    (c"DXF_ENCODING", c"UTF-8"),
    (c"GDAL_NUM_THREADS", c"1"),
    (c"GDAL_DISABLE_READDIR_ON_OPEN", c"FALSE"),
    (c"CPL_TMPDIR", c"/nonexistent"),
    (c"OGR_GEOJSON_MAX_OBJ_SIZE", c"64"),
    (c"OGR_SQLITE_PRAGMA", c"temp_store=2"),
    (c"DXF_MAX_BSPLINE_CONTROL_POINTS", c"1000"),
];

/// Loads drivers and the PROJ database, while files may still be opened.
pub(super) fn prepare() {
    // SAFETY: plain calls with C strings that live for ever, before any other use of GDAL.
    unsafe {
        for (key, value) in OPTIONS {
            gdal_sys::CPLSetConfigOption(key.as_ptr(), value.as_ptr());
        }
        gdal_sys::CPLSetErrorHandler(Some(hear));
        gdal_sys::GDALAllRegister();
        let warm = gdal_sys::OSRNewSpatialReference(std::ptr::null());
        gdal_sys::OSRImportFromEPSG(warm, 9210);
        gdal_sys::OSRDestroySpatialReference(warm);
    }
}

/// An open dataset.
pub(super) struct Dataset {
    handle: gdal_sys::GDALDatasetH,
}

impl Dataset {
    /// Opens a file with the one driver of its format.
    pub fn open(name: &str, format: Format) -> Option<Self> {
        let name = CString::new(name).ok()?;
        let driver = CString::new(format.driver()).ok()?;
        let drivers = [driver.as_ptr(), std::ptr::null()];
        let options: Vec<CString> = format
            .open_options()
            .iter()
            .filter_map(|o| CString::new(*o).ok())
            .collect();
        let mut option_list: Vec<*const c_char> = options.iter().map(|o| o.as_ptr()).collect();
        option_list.push(std::ptr::null());
        const VECTOR_READ_ONLY_VERBOSE: u32 = 0x04 | 0x40;
        // SAFETY: all lists end with null and outlive the call.
        let handle = unsafe {
            gdal_sys::GDALOpenEx(
                name.as_ptr(),
                VECTOR_READ_ONLY_VERBOSE,
                drivers.as_ptr(),
                option_list.as_ptr(),
                std::ptr::null(),
            )
        };
        (!handle.is_null()).then_some(Self { handle })
    }

    /// Its layers, at most 10 000.
    pub fn layers(&self) -> Vec<Layer> {
        // SAFETY: the dataset is open.
        let count = unsafe { gdal_sys::GDALDatasetGetLayerCount(self.handle) };
        (0..count.clamp(0, 10_000))
            .filter_map(|i| self.layer_handle(i))
            .map(|layer| layer.describe())
            .collect()
    }

    fn layer_handle(&self, index: c_int) -> Option<OpenLayer<'_>> {
        // SAFETY: the dataset is open; an index out of range gives null.
        let handle = unsafe { gdal_sys::GDALDatasetGetLayer(self.handle, index) };
        (!handle.is_null()).then_some(OpenLayer {
            handle,
            _dataset: self,
        })
    }

    /// One layer, rewound.
    pub fn layer(&self, index: u32) -> Option<OpenLayer<'_>> {
        let layer = self.layer_handle(c_int::try_from(index).ok()?)?;
        // SAFETY: the layer belongs to the open dataset.
        unsafe { gdal_sys::OGR_L_ResetReading(layer.handle) };
        Some(layer)
    }
}

/// A layer of an open dataset.
pub(super) struct OpenLayer<'a> {
    handle: gdal_sys::OGRLayerH,
    _dataset: &'a Dataset,
}

impl OpenLayer<'_> {
    fn describe(&self) -> Layer {
        // SAFETY: the layer is open; its definition and names belong to it.
        unsafe {
            let definition = gdal_sys::OGR_L_GetLayerDefn(self.handle);
            let fields: Arc<[String]> = (0..gdal_sys::OGR_FD_GetFieldCount(definition))
                .map(|i| {
                    let field = gdal_sys::OGR_FD_GetFieldDefn(definition, i);
                    owned(gdal_sys::OGR_Fld_GetNameRef(field)).unwrap_or_default()
                })
                .collect();
            Layer {
                name: owned(gdal_sys::OGR_L_GetName(self.handle)).unwrap_or_default(),
                fields,
                crs: stated_crs(gdal_sys::OGR_L_GetSpatialRef(self.handle)),
                feature_count: self.stated_count(),
            }
        }
    }

    /// How many features the layer says it has, when that is known without reading them.
    pub fn stated_count(&self) -> Option<u64> {
        // SAFETY: the layer is open.
        u64::try_from(unsafe { gdal_sys::OGR_L_GetFeatureCount(self.handle, 0) }).ok()
    }

    /// The next feature, nothing at the end.
    pub fn next(&self) -> Option<WireFeature> {
        // SAFETY: the feature is destroyed below, after everything was copied out of it.
        unsafe {
            let feature = gdal_sys::OGR_L_GetNextFeature(self.handle);
            if feature.is_null() {
                return None;
            }
            let count = gdal_sys::OGR_F_GetFieldCount(feature);
            let wire = WireFeature {
                number: gdal_sys::OGR_F_GetFID(feature),
                values: (0..count).map(|i| value(feature, i)).collect(),
                geometry: geometry(gdal_sys::OGR_F_GetGeometryRef(feature)),
            };
            gdal_sys::OGR_F_Destroy(feature);
            Some(wire)
        }
    }
}

/// # Safety
/// `crs` is a reference system or null.
unsafe fn stated_crs(crs: gdal_sys::OGRSpatialReferenceH) -> StatedCrs {
    if crs.is_null() {
        return StatedCrs::default();
    }
    // SAFETY: as the caller promises; strings are copied at once, the copy is destroyed here.
    unsafe {
        let name = owned(gdal_sys::OSRGetName(crs));
        // Heights are dropped, and so is the third axis of the system: EPSG:4979 is 4326 here.
        let plane = gdal_sys::OSRClone(crs);
        gdal_sys::OSRDemoteTo2D(plane, std::ptr::null());
        let epsg = authority(plane).or_else(|| best_match(plane));
        gdal_sys::OSRDestroySpatialReference(plane);
        StatedCrs { epsg, name }
    }
}

/// # Safety
/// `crs` is a reference system.
unsafe fn authority(crs: gdal_sys::OGRSpatialReferenceH) -> Option<u32> {
    // SAFETY: as the caller promises.
    unsafe {
        let name = owned(gdal_sys::OSRGetAuthorityName(crs, std::ptr::null()))?;
        let code = owned(gdal_sys::OSRGetAuthorityCode(crs, std::ptr::null()))?;
        match name.as_str() {
            "EPSG" => code.parse().ok(),
            "OGC" if code == "CRS84" => Some(4326),
            _ => None,
        }
    }
}

/// The EPSG system that equals one without a code, where PROJ is at least 90 % sure and no other
/// is as likely.
///
/// # Safety
/// `crs` is a reference system.
unsafe fn best_match(crs: gdal_sys::OGRSpatialReferenceH) -> Option<u32> {
    let (mut count, mut sure) = (0, std::ptr::null_mut::<c_int>());
    // SAFETY: GDAL fills count and confidences, and gives an array that is freed below.
    unsafe {
        let found = gdal_sys::OSRFindMatches(crs, std::ptr::null_mut(), &mut count, &mut sure);
        if found.is_null() {
            return None;
        }
        let best = (count > 0 && *sure >= 90 && (count == 1 || *sure > *sure.add(1)))
            .then(|| authority(*found))
            .flatten();
        gdal_sys::OSRFreeSRSArray(found);
        gdal_sys::VSIFree(sure.cast());
        best
    }
}

/// # Safety
/// `feature` is a feature with a field `index`.
unsafe fn value(feature: gdal_sys::OGRFeatureH, index: c_int) -> Value {
    // SAFETY: as the caller promises; strings are copied at once.
    unsafe {
        if gdal_sys::OGR_F_IsFieldSetAndNotNull(feature, index) == 0 {
            return Value::Null;
        }
        let kind = gdal_sys::OGR_Fld_GetType(gdal_sys::OGR_F_GetFieldDefnRef(feature, index));
        match kind {
            OGRFieldType::OFTInteger | OGRFieldType::OFTInteger64 => {
                Value::Integer(gdal_sys::OGR_F_GetFieldAsInteger64(feature, index))
            }
            OGRFieldType::OFTReal => Value::Real(gdal_sys::OGR_F_GetFieldAsDouble(feature, index)),
            OGRFieldType::OFTString => {
                let text = gdal_sys::OGR_F_GetFieldAsString(feature, index);
                Value::Text(RawText(CStr::from_ptr(text).to_bytes().to_vec()))
            }
            OGRFieldType::OFTDate | OGRFieldType::OFTDateTime => date(feature, index),
            other => Value::Other(owned(gdal_sys::OGR_GetFieldTypeName(other)).unwrap_or_default()),
        }
    }
}

/// # Safety
/// `feature` is a feature with a date in field `index`.
unsafe fn date(feature: gdal_sys::OGRFeatureH, index: c_int) -> Value {
    let mut parts: [c_int; 7] = [0; 7];
    let [y, m, d, h, min, s, zone] = &mut parts;
    // SAFETY: as the caller promises.
    unsafe { gdal_sys::OGR_F_GetFieldAsDateTime(feature, index, y, m, d, h, min, s, zone) };
    match (u8::try_from(parts[1]), u8::try_from(parts[2])) {
        (Ok(month), Ok(day)) => Value::Date(parts[0], month, day),
        _ => Value::Null,
    }
}

/// # Safety
/// `shape` is a geometry or null.
unsafe fn geometry(shape: OGRGeometryH) -> Option<RawGeometry> {
    if shape.is_null() {
        return None;
    }
    let mut into = RawGeometry::default();
    // SAFETY: as the caller promises; the linear copy is destroyed here.
    unsafe {
        into.flattened = gdal_sys::OGR_G_Is3D(shape) != 0 || gdal_sys::OGR_G_IsMeasured(shape) != 0;
        if gdal_sys::OGR_G_HasCurveGeometry(shape, 1) != 0 {
            into.curves = true;
            let linear = gdal_sys::OGR_G_GetLinearGeometry(shape, 1.0, std::ptr::null_mut());
            if !linear.is_null() {
                take_apart(linear, &mut into, 0);
                gdal_sys::OGR_G_DestroyGeometry(linear);
            }
        } else {
            take_apart(shape, &mut into, 0);
        }
    }
    Some(into)
}

/// Deeper nesting than this does not occur in an honest file.
const DEEPEST: u8 = 8;

/// # Safety
/// `shape` is a geometry.
unsafe fn take_apart(shape: OGRGeometryH, into: &mut RawGeometry, depth: u8) {
    // SAFETY: as the caller promises; parts belong to `shape`.
    unsafe {
        let kind = gdal_sys::OGR_GT_Flatten(gdal_sys::OGR_G_GetGeometryType(shape));
        let parts = || {
            (0..gdal_sys::OGR_G_GetGeometryCount(shape))
                .map(|i| gdal_sys::OGR_G_GetGeometryRef(shape, i))
                .filter(|part| !part.is_null())
        };
        match kind {
            Kind::wkbPoint => into.points.extend(coordinates(shape)),
            Kind::wkbLineString | Kind::wkbLinearRing => {
                let line = coordinates(shape);
                if !line.is_empty() {
                    into.lines.push(line);
                }
            }
            Kind::wkbPolygon | Kind::wkbTriangle => {
                let rings: Vec<_> = parts().map(|ring| coordinates(ring)).collect();
                if !rings.is_empty() {
                    into.areas.push(rings);
                }
            }
            _ if depth < DEEPEST => parts().for_each(|part| take_apart(part, into, depth + 1)),
            _ => {}
        }
    }
}

/// # Safety
/// `shape` is a point or line.
unsafe fn coordinates(shape: OGRGeometryH) -> Vec<Xy> {
    // SAFETY: the buffer has room for all points; both ordinates stride over pairs of doubles.
    unsafe {
        if gdal_sys::OGR_G_IsEmpty(shape) != 0 {
            return Vec::new();
        }
        let count = usize::try_from(gdal_sys::OGR_G_GetPointCount(shape)).unwrap_or(0);
        let mut points: Vec<Xy> = vec![[0.0; 2]; count];
        let stride = std::mem::size_of::<Xy>() as c_int;
        let first = points.as_mut_ptr().cast::<f64>();
        gdal_sys::OGR_G_GetPoints(
            shape,
            first.cast(),
            stride,
            first.add(1).cast(),
            stride,
            std::ptr::null_mut(),
            0,
        );
        points
    }
}
