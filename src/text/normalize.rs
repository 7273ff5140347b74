//! Letters to their normalized and folded forms, with an alignment to the original.

use icu_normalizer::ComposingNormalizerBorrowed;

use super::{Buffers, IDENTICAL, fold};
use crate::span::Span;

/// Whether `c` leaves no trace in the normalized form: diacritics, tatweel, bidi controls, joiners, marks.
pub(super) fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{0640}'
        | '\u{0610}'..='\u{061A}'
        | '\u{061C}'
        | '\u{064B}'..='\u{065F}'
        | '\u{0670}'
        | '\u{06D6}'..='\u{06DC}'
        | '\u{06DF}'..='\u{06E4}'
        | '\u{06E7}'..='\u{06E8}'
        | '\u{06EA}'..='\u{06ED}'
        | '\u{08D3}'..='\u{08FF}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{00AD}'
        | '\u{FEFF}'
        | '\u{FE00}'..='\u{FE0F}')
}

/// The plain letter for `c` where one letter stands for one.
fn plain(c: char) -> char {
    match c {
        'ک' => 'ك',
        'ی' => 'ي',
        'ہ' | 'ھ' => 'ه',
        '٠'..='٩' => digit(c, '٠'),
        '۰'..='۹' => digit(c, '۰'),
        '٫' => '.',
        '٬' => ',',
        '٪' => '%',
        other => other,
    }
}

fn digit(c: char, zero: char) -> char {
    char::from_digit(c as u32 - zero as u32, 10).unwrap_or(c)
}

/// Writes the forms of the token at `span` into the arenas; returns its arena range and the start of its alignment.
pub(super) fn token(original: &str, span: Span, buffers: &mut Buffers) -> (Span, u32) {
    let slice = &original[span.range()];
    let begin = buffers.normalized.len();
    let aligned = buffers.alignment.len();
    let nfkc = ComposingNormalizerBorrowed::new_nfkc();
    let mut changed = false;
    let push = |c: char, at: usize, buffers: &mut Buffers| {
        buffers.normalized.push(c);
        buffers.folded.push(fold::letter(c));
        buffers.alignment.push(span.begin + u32::try_from(at).unwrap_or(u32::MAX));
    };
    for (at, c) in slice.char_indices() {
        if is_dropped(c) {
            changed = true;
        } else if matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{FF01}'..='\u{FF5E}') {
            changed = true;
            for n in nfkc.normalize_iter(std::iter::once(c)) {
                if !is_dropped(n) && n != ' ' {
                    push(plain(n), at, buffers);
                }
            }
        } else {
            let n = plain(c);
            changed |= n != c;
            push(n, at, buffers);
        }
    }
    let form = Span::new(begin, buffers.normalized.len());
    if changed {
        buffers.alignment.push(span.end);
        (form, u32::try_from(aligned).unwrap_or(IDENTICAL))
    } else {
        buffers.alignment.truncate(aligned);
        (form, IDENTICAL)
    }
}
