//! Language: Arabic or not, by script and function words.

use super::{Text, TokenKind};

/// The BCP 47 tag of `text`: `ar`, or `und` where it is not Arabic.
pub fn detect(text: &Text<'_>) -> &'static str {
    let (mut arabic, mut foreign) = (0, 0);
    for token in text.tokens() {
        match token.kind {
            TokenKind::Word => arabic += 1,
            TokenKind::Foreign => foreign += 1,
            _ => {}
        }
    }
    if arabic > foreign { "ar" } else { "und" }
}
