//! The folding of letters for look-ups, written once: `build.rs` folds the keys of the tables with this same file.

/// The folded form of the normalized `word`, byte for byte as long.
#[allow(dead_code)] // the build script folds letter by letter
pub fn word(word: &str) -> String {
    word.chars().map(letter).collect()
}

/// The folded letter for the normalized letter `c`, of equal UTF-8 length: أ إ آ ٱ as ا, ى as ي, others in lower case
/// where the length allows.
pub fn letter(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' => 'ي',
        other => {
            let mut lower = other.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(one), None) if one.len_utf8() == other.len_utf8() => one,
                _ => other,
            }
        }
    }
}
