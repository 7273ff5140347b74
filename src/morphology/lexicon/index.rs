//! Where the line of a word stands in a table of text: a hash table of places,
//! built when the program is, so that nothing is read at its start.
//!
//! Slots are u32 in little-endian order: 0, or one more than the byte at which a line begins. A word's line is in the
//! slot of its hash or in one of the next, before the first empty one.

/// Bytes of a slot.
const SLOT: usize = 4;

/// The places of the lines of `table`, comments and blank lines aside.
pub fn build(table: &str) -> Vec<u8> {
    let lines = || {
        let begins = std::iter::once(0).chain(table.match_indices('\n').map(|(at, _)| at + 1));
        begins.filter(|&at| table[at..].starts_with(|c| c != '#' && c != '\n'))
    };
    // at most half of the slots are taken
    let slots = (2 * lines().count()).next_power_of_two();
    let mut index = vec![0; slots * SLOT];
    for at in lines() {
        let word = table[at..].split('\t').next().unwrap_or_default();
        let mut slot = hash(word) as usize % slots;
        while index[slot * SLOT..(slot + 1) * SLOT] != [0; SLOT] {
            slot = (slot + 1) % slots;
        }
        let place = u32::try_from(at + 1).unwrap_or_default();
        index[slot * SLOT..(slot + 1) * SLOT].copy_from_slice(&place.to_le_bytes());
    }
    index
}

/// What follows `word` and the tab in its line of `table`, whose lines stand at the places of `index`.
pub fn find<'t>(index: &[u8], table: &'t str, word: &str) -> Option<&'t str> {
    let (slots, _) = index.as_chunks::<SLOT>();
    // a power of two
    let last = slots.len().checked_sub(1)?;
    let mut slot = hash(word) as usize & last;
    loop {
        let place = u32::from_le_bytes(*slots.get(slot)?);
        let line = table.get((place as usize).checked_sub(1)?..)?;
        if let Some(rest) = line.strip_prefix(word).and_then(|rest| rest.strip_prefix('\t')) {
            return Some(rest.split('\n').next().unwrap_or(rest));
        }
        slot = (slot + 1) & last;
    }
}

/// FNV-1a, with its better upper half folded onto the lower.
fn hash(word: &str) -> u32 {
    let hash = word.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash ^ hash >> 15
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_its_line() {
        let table = "# a comment\nكتب\t1\tx\n\nكت\t2\nكتبت\t3";
        let index = build(table);
        for (word, line) in [("كتب", Some("1\tx")), ("كت", Some("2")), ("كتبت", Some("3")), ("ك", None), ("", None)]
        {
            assert_eq!(find(&index, table, word), line, "{word}");
        }
        assert_eq!(find(&[], table, "كتب"), None);
        assert_eq!(find(&build(""), "", "كتب"), None);
    }
}
