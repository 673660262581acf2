//! The files the child has opened, shown to GDAL as a small file system that holds nothing else.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::fs::File;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::sync::OnceLock;

use gdal_sys::{VSIFilesystemPluginCallbacksStruct, VSIStatBufL};

use super::frame::FileToOpen;

/// Where GDAL finds the files: a name in front of theirs.
pub(super) const PREFIX: &str = "/vsisource/";

struct Open {
    name: String,
    file: File,
    length: u64,
}

static FILES: OnceLock<Vec<Open>> = OnceLock::new();

/// A place in an open file; what GDAL holds as its file handle.
struct Handle {
    open: &'static Open,
    position: u64,
    at_end: bool,
}

/// Why the files cannot be shown.
pub(super) enum CannotShow {
    /// They are not the ones the parent looked at.
    Changed,
    /// They do not open.
    Unreadable(std::io::Error),
}

/// Opens the files and installs the file system; once per process.
pub(super) fn show(files: &[FileToOpen]) -> Result<(), CannotShow> {
    let mut opened = Vec::new();
    for wanted in files {
        let path = std::ffi::OsStr::from_bytes(&wanted.path);
        let file = File::open(path).map_err(CannotShow::Unreadable)?;
        let found = file.metadata().map_err(CannotShow::Unreadable)?;
        if (found.dev(), found.ino()) != wanted.identity || found.len() != wanted.length {
            return Err(CannotShow::Changed);
        }
        opened.push(Open {
            name: wanted.name.clone(),
            file,
            length: wanted.length,
        });
    }
    FILES.set(opened).map_err(|_| CannotShow::Changed)?;
    install();
    Ok(())
}

fn install() {
    // SAFETY: GDAL copies the structure; the callbacks are `extern "C"` and live for ever.
    unsafe {
        let callbacks = gdal_sys::VSIAllocFilesystemPluginCallbacksStruct();
        let set: &mut VSIFilesystemPluginCallbacksStruct = &mut *callbacks;
        set.stat = Some(stat);
        set.read_dir = Some(read_dir);
        set.open = Some(open);
        set.tell = Some(tell);
        set.seek = Some(seek);
        set.read = Some(read);
        set.eof = Some(eof);
        set.close = Some(close);
        set.nBufferSize = 32 << 10;
        set.nCacheSize = 4 << 20;
        gdal_sys::VSIInstallPluginHandler(c"/vsisource/".as_ptr(), callbacks);
        gdal_sys::VSIFreeFilesystemPluginCallbacksStruct(callbacks);
    }
}

/// # Safety
/// `name` is a C string or null.
unsafe fn find(name: *const c_char) -> Option<&'static Open> {
    if name.is_null() {
        return None;
    }
    // SAFETY: the caller passes a C string.
    let name = unsafe { CStr::from_ptr(name) }.to_str().ok()?;
    FILES.get()?.iter().find(|f| f.name == name)
}

unsafe extern "C" fn stat(
    _: *mut c_void,
    name: *const c_char,
    into: *mut VSIStatBufL,
    _: c_int,
) -> c_int {
    // SAFETY: GDAL passes a C string and a structure to fill, which is the system's `stat64`; the
    // bindings only know its size.
    unsafe {
        let into = into.cast::<libc::stat64>();
        into.write_bytes(0, 1);
        match find(name) {
            Some(found) => {
                (*into).st_mode = libc::S_IFREG | 0o444;
                (*into).st_size = i64::try_from(found.length).unwrap_or(i64::MAX);
                0
            }
            None => -1,
        }
    }
}

unsafe extern "C" fn read_dir(_: *mut c_void, _: *const c_char, _: c_int) -> *mut *mut c_char {
    let mut list = std::ptr::null_mut();
    for file in FILES.get().into_iter().flatten() {
        if let Ok(name) = std::ffi::CString::new(file.name.as_str()) {
            // SAFETY: GDAL owns and frees the list it is given.
            list = unsafe { gdal_sys::CSLAddString(list, name.as_ptr()) };
        }
    }
    list
}

unsafe extern "C" fn open(
    _: *mut c_void,
    name: *const c_char,
    access: *const c_char,
) -> *mut c_void {
    // SAFETY: GDAL passes C strings.
    let (found, access) = unsafe { (find(name), CStr::from_ptr(access).to_bytes()) };
    let reads_only = !access.iter().any(|b| matches!(b, b'w' | b'a' | b'+'));
    match found {
        Some(open) if reads_only => Box::into_raw(Box::new(Handle {
            open,
            position: 0,
            at_end: false,
        }))
        .cast(),
        _ => std::ptr::null_mut(),
    }
}

/// # Safety
/// `handle` came from [`open`] and is not yet closed.
unsafe fn handle<'a>(handle: *mut c_void) -> &'a mut Handle {
    // SAFETY: as the caller promises; GDAL uses a handle from one thread.
    unsafe { &mut *handle.cast::<Handle>() }
}

unsafe extern "C" fn tell(file: *mut c_void) -> gdal_sys::vsi_l_offset {
    // SAFETY: GDAL passes a handle it got from `open`.
    unsafe { handle(file) }.position
}

unsafe extern "C" fn seek(
    file: *mut c_void,
    offset: gdal_sys::vsi_l_offset,
    whence: c_int,
) -> c_int {
    // SAFETY: as in `tell`.
    let handle = unsafe { handle(file) };
    handle.at_end = false;
    handle.position = match whence {
        libc::SEEK_SET => offset,
        libc::SEEK_CUR => handle.position.wrapping_add(offset),
        libc::SEEK_END => handle.open.length.wrapping_add(offset),
        _ => return -1,
    };
    0
}

unsafe extern "C" fn read(
    file: *mut c_void,
    into: *mut c_void,
    size: usize,
    count: usize,
) -> usize {
    // SAFETY: as in `tell`; GDAL passes a buffer of `size * count` bytes.
    let (handle, buffer) = unsafe {
        let length = size.saturating_mul(count);
        (
            handle(file),
            std::slice::from_raw_parts_mut(into.cast::<u8>(), length),
        )
    };
    let mut got = 0;
    while got < buffer.len() {
        match handle
            .open
            .file
            .read_at(&mut buffer[got..], handle.position + got as u64)
        {
            Ok(0) | Err(_) => {
                handle.at_end = true;
                break;
            }
            Ok(n) => got += n,
        }
    }
    handle.position += got as u64;
    got.checked_div(size).unwrap_or(0)
}

unsafe extern "C" fn eof(file: *mut c_void) -> c_int {
    // SAFETY: as in `tell`.
    c_int::from(unsafe { handle(file) }.at_end)
}

unsafe extern "C" fn close(file: *mut c_void) -> c_int {
    // SAFETY: the handle came from `Box::into_raw` in `open`, and GDAL closes it once.
    drop(unsafe { Box::from_raw(file.cast::<Handle>()) });
    0
}
