//! Small records as bytes, little-endian, one field after the other.

/// A value that can be written and read back. Reading answers nothing for bytes that are not one.
pub(super) trait Record: Sized {
    /// Appends the bytes.
    fn write(&self, out: &mut Vec<u8>);
    /// Takes the bytes off the front.
    fn read(input: &mut &[u8]) -> Option<Self>;
}

/// Takes a number of bytes off the front.
pub(super) fn take<'a>(input: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, rest) = input.split_at_checked(count)?;
    *input = rest;
    Some(taken)
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Record for $number {
            fn write(&self, out: &mut Vec<u8>) {
                out.extend(self.to_le_bytes());
            }

            fn read(input: &mut &[u8]) -> Option<Self> {
                let bytes = take(input, size_of::<Self>())?;
                Some(Self::from_le_bytes(bytes.try_into().ok()?))
            }
        }
    )*};
}

numbers!(u8, u16, u32, u64, i32, i64);

impl Record for bool {
    fn write(&self, out: &mut Vec<u8>) {
        u8::from(*self).write(out);
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        match u8::read(input)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Record for Box<str> {
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u32).write(out);
        out.extend(self.as_bytes());
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        let length = u32::read(input)? as usize;
        std::str::from_utf8(take(input, length)?)
            .ok()
            .map(Into::into)
    }
}

impl Record for String {
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u32).write(out);
        out.extend(self.as_bytes());
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        Box::<str>::read(input).map(String::from)
    }
}

impl<T: Record> Record for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.is_some().write(out);
        if let Some(value) = self {
            value.write(out);
        }
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        if bool::read(input)? {
            T::read(input).map(Some)
        } else {
            Some(None)
        }
    }
}

impl<T: Record> Record for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u32).write(out);
        self.iter().for_each(|value| value.write(out));
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        let length = u32::read(input)?;
        (0..length).map(|_| T::read(input)).collect()
    }
}

impl<A: Record, B: Record> Record for (A, B) {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        Some((A::read(input)?, B::read(input)?))
    }
}

/// A struct as its fields in this order.
macro_rules! record {
    ($kind:path { $($field:tt),* $(,)? }) => {
        impl Record for $kind {
            fn write(&self, out: &mut Vec<u8>) {
                $(self.$field.write(out);)*
            }

            fn read(input: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: Record::read(input)?),* })
            }
        }
    };
}

/// An enum without fields as one byte.
macro_rules! choice {
    ($kind:path { $($variant:ident = $byte:literal),* $(,)? }) => {
        impl Record for $kind {
            fn write(&self, out: &mut Vec<u8>) {
                let byte: u8 = match self {
                    $(Self::$variant => $byte,)*
                };
                byte.write(out);
            }

            fn read(input: &mut &[u8]) -> Option<Self> {
                match u8::read(input)? {
                    $($byte => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

pub(super) use {choice, record};
