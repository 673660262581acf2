//! Columns as sections of a file, each with its place, its length and a checksum.

use super::SnapshotError;
use crate::land::row::{Facts, Row};
use std::io::{ErrorKind, Read, Write};

/// Bytes that are turned at a time.
const CHUNK: usize = 1 << 20;

/// A value of a column: fixed size, little-endian.
pub(super) trait Cell: Copy {
    const SIZE: usize;
    fn put(self, bytes: &mut [u8]);
    fn take(bytes: &[u8]) -> Self;
}

macro_rules! cells {
    ($($number:ty),*) => {$(
        impl Cell for $number {
            const SIZE: usize = size_of::<Self>();

            fn put(self, bytes: &mut [u8]) {
                bytes.copy_from_slice(&self.to_le_bytes());
            }

            fn take(bytes: &[u8]) -> Self {
                let mut copy = [0; size_of::<Self>()];
                copy.copy_from_slice(bytes);
                Self::from_le_bytes(copy)
            }
        }
    )*};
}

cells!(u8, u32, i32, u64, i64);

impl Cell for [i32; 2] {
    const SIZE: usize = 8;

    fn put(self, bytes: &mut [u8]) {
        self[0].put(&mut bytes[..4]);
        self[1].put(&mut bytes[4..]);
    }

    fn take(bytes: &[u8]) -> Self {
        [i32::take(&bytes[..4]), i32::take(&bytes[4..])]
    }
}

/// The fields of a packed row in this order.
macro_rules! row {
    ($($field:ident),*) => {
        impl Cell for Row {
            const SIZE: usize = size_of::<Self>();

            fn put(self, bytes: &mut [u8]) {
                let mut rest = bytes;
                $(
                    let (field, after) = rest.split_at_mut(size_of_val(&self.$field));
                    self.$field.put(field);
                    rest = after;
                )*
                rest.fill(0);
            }

            fn take(bytes: &[u8]) -> Self {
                let mut rest = bytes;
                Self { $($field: first(&mut rest)),* }
            }
        }
    };
}

row!(
    id,
    version,
    valid_from,
    valid_to,
    commit,
    facts,
    map_series,
    map_number,
    certificate_series,
    certificate_number,
    identifier,
    registered,
    land_use,
    own_area_end
);

impl Cell for Facts {
    const SIZE: usize = u32::SIZE;

    fn put(self, bytes: &mut [u8]) {
        self.0.put(bytes);
    }

    fn take(bytes: &[u8]) -> Self {
        Self(u32::take(bytes))
    }
}

/// Takes a value off the front.
fn first<T: Cell>(bytes: &mut &[u8]) -> T {
    let (value, rest) = bytes.split_at(T::SIZE);
    *bytes = rest;
    T::take(value)
}

/// Writes sections one after the other.
pub(super) struct SectionWriter<'a, W> {
    output: &'a mut W,
    place: u32,
}

impl<'a, W: Write> SectionWriter<'a, W> {
    pub(super) fn new(output: &'a mut W) -> Self {
        Self { output, place: 0 }
    }

    /// Place, size of a value, count; the values; their CRC-32.
    pub(super) fn column<T: Cell>(&mut self, values: &[T]) -> std::io::Result<()> {
        self.place += 1;
        let mut head = [0; 16];
        self.place.put(&mut head[..4]);
        (T::SIZE as u32).put(&mut head[4..8]);
        (values.len() as u64).put(&mut head[8..]);
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(&head);
        self.output.write_all(&head)?;
        let mut bytes = vec![0; CHUNK.min(values.len() * T::SIZE)];
        for chunk in values.chunks(CHUNK / T::SIZE) {
            let bytes = &mut bytes[..chunk.len() * T::SIZE];
            for (value, slot) in chunk.iter().zip(bytes.chunks_exact_mut(T::SIZE)) {
                value.put(slot);
            }
            hasher.update(bytes);
            self.output.write_all(bytes)?;
        }
        self.output.write_all(&hasher.finalize().to_le_bytes())
    }
}

/// Reads sections back in the order in which they were written.
pub(super) struct SectionReader<'a, R> {
    input: &'a mut R,
    place: u32,
}

impl<'a, R: Read> SectionReader<'a, R> {
    pub(super) fn new(input: &'a mut R) -> Self {
        Self { input, place: 0 }
    }

    pub(super) fn column<T: Cell>(&mut self) -> Result<Vec<T>, SnapshotError> {
        self.place += 1;
        let damaged = SnapshotError::Damaged {
            section: self.place,
        };
        let mut head = [0; 16];
        read_exact(self.input, &mut head)?;
        let count = u64::take(&head[8..]) as usize;
        if u32::take(&head[..4]) != self.place || u32::take(&head[4..8]) != T::SIZE as u32 {
            return Err(damaged);
        }
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(&head);
        let mut values = Vec::new();
        // A count that was damaged asks for more than there is.
        if count > isize::MAX as usize / T::SIZE || values.try_reserve_exact(count).is_err() {
            return Err(damaged);
        }
        let mut bytes = vec![0; CHUNK.min(count * T::SIZE)];
        while values.len() < count {
            let next = (count - values.len()).min(CHUNK / T::SIZE);
            let bytes = &mut bytes[..next * T::SIZE];
            read_exact(self.input, bytes)?;
            hasher.update(bytes);
            values.extend(bytes.chunks_exact(T::SIZE).map(T::take));
        }
        let mut checksum = [0; 4];
        read_exact(self.input, &mut checksum)?;
        if u32::take(&checksum) == hasher.finalize() {
            Ok(values)
        } else {
            Err(damaged)
        }
    }

    /// Whether nothing follows.
    pub(super) fn is_at_end(&mut self) -> Result<bool, SnapshotError> {
        match read_exact(self.input, &mut [0]) {
            Err(SnapshotError::Truncated) => Ok(true),
            Err(other) => Err(other),
            Ok(()) => Ok(false),
        }
    }
}

pub(super) fn read_exact(input: &mut impl Read, bytes: &mut [u8]) -> Result<(), SnapshotError> {
    input.read_exact(bytes).map_err(|e| match e.kind() {
        ErrorKind::UnexpectedEof => SnapshotError::Truncated,
        _ => SnapshotError::Unreadable(e),
    })
}
