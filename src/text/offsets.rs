//! Positions in the caller's unit, from bytes of the original.

use crate::document::OffsetUnit;

/// How many bytes stand between two checkpoints.
const STEP: usize = 64;

/// Converts bytes of one text to another unit, each in constant time and in any order.
///
/// Units are counted by the bytes that begin a character, so a checkpoint may fall inside one: in `سلام` (8 bytes) the
/// leading bytes are 0, 2, 4 and 6, and byte 6 is code point 3 because three of them stand before it.
#[derive(Debug)]
pub struct Offsets<'d> {
    original: &'d [u8],
    unit: OffsetUnit,
    /// The units before bytes 0, 64, 128, …; empty where a unit is a byte.
    checkpoints: Vec<u32>,
}

impl<'d> Offsets<'d> {
    /// Counts the units of `original` once: 4 bytes of memory for each 64 of text, none where a unit is a byte.
    pub fn new(original: &'d str, unit: OffsetUnit) -> Self {
        let bytes = original.as_bytes();
        let mut checkpoints = Vec::new();
        if unit != OffsetUnit::Utf8 && !original.is_ascii() {
            checkpoints.reserve_exact(bytes.len() / STEP + 1);
            let mut units = 0;
            for step in bytes.chunks(STEP) {
                checkpoints.push(units);
                units += count(step, unit);
            }
            if bytes.len().is_multiple_of(STEP) {
                checkpoints.push(units);
            }
        }
        Self { original: bytes, unit, checkpoints }
    }

    /// The units before byte `byte`, which lies on a character boundary; one past the end counts as the end.
    pub fn convert(&self, byte: u32) -> i32 {
        let at = (byte as usize).min(self.original.len());
        let units = match self.checkpoints.get(at / STEP) {
            Some(before) => before + count(&self.original[at / STEP * STEP..at], self.unit),
            None => u32::try_from(at).unwrap_or(u32::MAX),
        };
        i32::try_from(units).unwrap_or(i32::MAX)
    }
}

/// The units that begin in `bytes`; at most twice as many as there are bytes.
fn count(bytes: &[u8], unit: OffsetUnit) -> u32 {
    // Bytes 0b10…… continue a character; 0b11110… begin one of four bytes, which is a surrogate pair in UTF-16.
    match unit {
        OffsetUnit::Utf8 => bytes.len() as u32,
        OffsetUnit::CodePoints => bytes.iter().map(|&b| u32::from(b & 0xC0 != 0x80)).sum(),
        OffsetUnit::Utf16 => bytes.iter().map(|&b| u32::from(b & 0xC0 != 0x80) + u32::from(b >= 0xF0)).sum(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn counts_each_unit() {
        let text = "في 🇶🇦 2025: «سَلام»";
        let cases = [
            (OffsetUnit::Utf8, text.len()),
            (OffsetUnit::Utf16, text.encode_utf16().count()),
            (OffsetUnit::CodePoints, text.chars().count()),
        ];
        for (unit, expected) in cases {
            let end = Offsets::new(text, unit).convert(text.len() as u32);
            assert_eq!(end as usize, expected, "the end of {text:?} in {unit:?}");
        }
    }

    proptest! {
        #[test]
        fn slices_are_the_same_in_every_unit(text in crate::text::arbitrary::text()) {
            let utf16: Vec<u16> = text.encode_utf16().collect();
            let points: Vec<char> = text.chars().collect();
            let [bytes, units, code_points] =
                [OffsetUnit::Utf8, OffsetUnit::Utf16, OffsetUnit::CodePoints].map(|unit| Offsets::new(&text, unit));
            let mut ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            ends.push(text.len());
            for pair in ends.windows(3) {
                let (begin, end) = (pair[0] as u32, pair[2] as u32);
                let slice = &text[pair[0]..pair[2]];
                let range = |offsets: &Offsets<'_>| offsets.convert(begin) as usize..offsets.convert(end) as usize;
                prop_assert_eq!(&text[range(&bytes)], slice);
                prop_assert_eq!(String::from_utf16(&utf16[range(&units)]).unwrap(), slice);
                prop_assert_eq!(points[range(&code_points)].iter().collect::<String>(), slice);
            }
            let (end, past) = (text.len() as u32, text.len() as u32 + 9);
            prop_assert_eq!(units.convert(end) as usize, utf16.len());
            prop_assert_eq!(code_points.convert(end) as usize, points.len());
            prop_assert_eq!(code_points.convert(past), code_points.convert(end));
        }
    }
}
