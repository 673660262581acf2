//! GDAL's own messages: kept from the terminal, since each is an error that is told where it belongs.

use std::sync::Once;

/// From here on GDAL prints nothing. What it complains of still comes back from the call that
/// failed.
pub(super) fn hush_gdal() {
    static HUSHED: Once = Once::new();
    HUSHED.call_once(|| {
        // SAFETY: the handler is GDAL's own and lives for ever.
        unsafe { gdal_sys::CPLSetErrorHandler(Some(gdal_sys::CPLQuietErrorHandler)) };
    });
}
