//! Content codings: the same bytes, shorter.

use std::io::Write;

/// How the bytes of a tile are coded (RFC 9110, section 8.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Coding {
    /// As they are.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
    /// RFC 8878.
    Zstd,
}

/// What all of these do quickly, with most of what they can gain: a tile is coded while somebody
/// waits. Figures are in benches/README.md.
const GZIP_LEVEL: i32 = 1;
const BROTLI_QUALITY: u32 = 5;
const BROTLI_WINDOW: u32 = 18;
const ZSTD_LEVEL: i32 = 3;

impl Coding {
    /// All codings.
    pub const ALL: [Self; 4] = [Self::Identity, Self::Gzip, Self::Brotli, Self::Zstd];

    /// The bytes in this coding. Nothing stays nothing.
    pub fn encode(self, bytes: &[u8]) -> Vec<u8> {
        if bytes.is_empty() {
            return Vec::new();
        }
        match self {
            Self::Identity => bytes.to_vec(),
            Self::Gzip => gzip(bytes),
            Self::Brotli => brotli(bytes),
            Self::Zstd => {
                zstd::bulk::compress(bytes, ZSTD_LEVEL).expect("a buffer in memory takes all")
            }
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let level = libdeflater::CompressionLvl::new(GZIP_LEVEL).expect("a level that there is");
    let mut compressor = libdeflater::Compressor::new(level);
    let mut coded = vec![0; compressor.gzip_compress_bound(bytes.len())];
    let length = compressor.gzip_compress(bytes, &mut coded);
    coded.truncate(length.expect("the buffer is as long as the bound"));
    coded
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut coded = Vec::with_capacity(bytes.len() / 2);
    let mut writer = brotli::CompressorWriter::new(&mut coded, 4096, BROTLI_QUALITY, BROTLI_WINDOW);
    writer
        .write_all(bytes)
        .expect("a buffer in memory takes all");
    drop(writer);
    coded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Read;

    fn decode(coding: Coding, coded: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        match coding {
            Coding::Identity => bytes.extend_from_slice(coded),
            Coding::Gzip => {
                let mut reader = flate2::read::GzDecoder::new(coded);
                reader.read_to_end(&mut bytes).expect("gzip");
            }
            Coding::Brotli => {
                let mut reader = brotli::Decompressor::new(coded, 4096);
                reader.read_to_end(&mut bytes).expect("brotli");
            }
            Coding::Zstd => bytes = zstd::stream::decode_all(coded).expect("zstd"),
        }
        bytes
    }

    proptest! {
        #[test]
        fn what_is_coded_comes_back(bytes in proptest::collection::vec(0..9_u8, 1..5000)) {
            for coding in Coding::ALL {
                prop_assert_eq!(&decode(coding, &coding.encode(&bytes)), &bytes);
            }
        }
    }

    #[test]
    fn nothing_is_coded_as_nothing() {
        for coding in Coding::ALL {
            assert!(coding.encode(&[]).is_empty());
        }
    }
}
