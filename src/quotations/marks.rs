//! Quotation marks of every kind, paired by a stack in one pass.
//!
//! `«»`, `‹›` and `“”` have sides, but typists swap them; `"`, `''` and `„` have none. The space around a mark tells
//! which side it is: an opening mark has space before it and none after it. A mark that is never closed ends with its
//! paragraph.

use crate::text::{Text, TokenKind};

/// A pair of marks, in tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// The opening mark.
    pub(super) open: usize,
    /// One past the last token inside.
    pub(super) end: usize,
    /// One past the closing mark; equals `end` where it is missing.
    pub(super) after: usize,
    /// Number of words inside.
    pub(super) words: usize,
}

/// The pairs that stand in no other, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Marks {
    pairs: Vec<Pair>,
}

/// Marks of a family close each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Guillemets,
    SingleGuillemets,
    Double,
    Single,
}

/// The side that the mark itself tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Either,
}

fn mark(token: &str) -> Option<(Family, Side)> {
    Some(match token {
        "«" => (Family::Guillemets, Side::Left),
        "»" => (Family::Guillemets, Side::Right),
        "‹" => (Family::SingleGuillemets, Side::Left),
        "›" => (Family::SingleGuillemets, Side::Right),
        "“" => (Family::Double, Side::Left),
        "”" => (Family::Double, Side::Right),
        "\"" | "„" | "‟" | "″" | "''" | "＂" => (Family::Double, Side::Either),
        "‘" => (Family::Single, Side::Left),
        "’" => (Family::Single, Side::Right),
        "'" => (Family::Single, Side::Either),
        _ => return None,
    })
}

/// Whether token `token` is a quotation mark.
pub(super) fn is_mark(text: &Text<'_>, token: usize) -> bool {
    text.tokens()[token].kind == TokenKind::Punctuation && mark(text.slice(text.tokens()[token].span)).is_some()
}

/// A mark not closed yet.
struct Open {
    token: usize,
    family: Family,
    paragraph: u32,
}

impl Marks {
    /// Pairs the marks of `text`. Each mark is pushed and popped once.
    pub(super) fn read(text: &Text<'_>) -> Self {
        let mut reader = PairReader { text, stack: Vec::new(), open_by_family: [0; 4], found: Vec::new() };
        for (i, token) in text.tokens().iter().enumerate() {
            if token.kind == TokenKind::Punctuation
                && let Some((family, side)) = mark(text.slice(token.span))
            {
                reader.mark(i, family, side);
            }
        }
        reader.close_all();
        let mut pairs = reader.found;
        pairs.sort_unstable_by_key(|p| p.open);
        let mut reach = 0;
        pairs.retain(|p| {
            let outermost = p.open >= reach;
            if outermost {
                reach = p.after;
            }
            outermost
        });
        for pair in &mut pairs {
            let inside = text.tokens()[pair.open + 1..pair.end].iter();
            pair.words = inside.filter(|t| !matches!(t.kind, TokenKind::Punctuation | TokenKind::Symbol)).count();
        }
        Self { pairs }
    }

    /// The outermost pair that opens at `token`.
    pub(super) fn opening_at(&self, token: usize) -> Option<&Pair> {
        let at = self.pairs.binary_search_by_key(&token, |p| p.open).ok()?;
        self.pairs.get(at)
    }

    /// The outermost pair that holds `token`, its marks included.
    pub(super) fn around(&self, token: usize) -> Option<&Pair> {
        let at = self.pairs.partition_point(|p| p.open <= token);
        self.pairs.get(at.checked_sub(1)?).filter(|p| token < p.after)
    }

    /// The outermost pairs that open in `tokens`.
    pub(super) fn within(&self, tokens: std::ops::Range<usize>) -> &[Pair] {
        let from = self.pairs.partition_point(|p| p.open < tokens.start);
        let to = self.pairs.partition_point(|p| p.open < tokens.end);
        &self.pairs[from..to.max(from)]
    }
}

struct PairReader<'t, 'd> {
    text: &'t Text<'d>,
    stack: Vec<Open>,
    /// How many marks of each family the stack holds.
    open_by_family: [usize; 4],
    found: Vec<Pair>,
}

impl PairReader<'_, '_> {
    fn mark(&mut self, at: usize, family: Family, side: Side) {
        let tokens = self.text.tokens();
        let space_before = tokens[at].space_before;
        let space_after = tokens.get(at + 1).is_none_or(|t| t.space_before || t.kind == TokenKind::Punctuation);
        let paragraph = self.text.sentence_of(at).paragraph;
        let is_open = self.open_by_family[family as usize] > 0;
        let opens = match (family, side) {
            // Left and right as they are named, unless the space says that the typist swapped them.
            (_, Side::Left) => !(is_open && !space_before && space_after),
            (_, Side::Right) => !is_open && space_before && !space_after,
            // An apostrophe is a mark only with space on one side.
            (Family::Single, Side::Either) => {
                if space_before == space_after || (space_after && !is_open) {
                    return;
                }
                space_before
            }
            (_, Side::Either) => !is_open || (space_before && !space_after),
        };
        if opens {
            // Nothing of this family is open, and a word is closed here that was never opened.
            let stray = side == Side::Either && !is_open && !space_before && space_after && !self.after_clitic(at);
            if !stray {
                self.open_by_family[family as usize] += 1;
                self.stack.push(Open { token: at, family, paragraph });
            }
        } else if is_open {
            self.close(at, family);
        }
    }

    /// A mark is written close to و, ب, ل, ك, ف or ال before it.
    fn after_clitic(&self, at: usize) -> bool {
        at > 0 && self.text.folded(at - 1).chars().count() <= 3
    }

    fn close(&mut self, at: usize, family: Family) {
        while let Some(open) = self.stack.pop() {
            self.open_by_family[open.family as usize] -= 1;
            let closes = open.family == family;
            // A mark of another family inside that was never closed ends here too.
            if at > open.token + 1 {
                self.found.push(Pair { open: open.token, end: at, after: at + usize::from(closes), words: 0 });
            }
            if closes {
                return;
            }
        }
    }

    fn close_all(&mut self) {
        while let Some(open) = self.stack.pop() {
            self.unclosed(&open);
        }
    }

    /// An unclosed mark ends with its paragraph.
    fn unclosed(&mut self, open: &Open) {
        let sentences = self.text.sentences();
        let past = sentences.partition_point(|s| s.paragraph <= open.paragraph);
        let end = past.checked_sub(1).map_or(open.token + 1, |last| sentences[last].tokens().end);
        if end > open.token + 1 {
            self.found.push(Pair { open: open.token, end, after: end, words: 0 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Buffers;

    fn pairs(original: &str) -> Vec<String> {
        let text = Text::read(original, Buffers::default());
        let marks = Marks::read(&text);
        marks.pairs.iter().map(|p| text.slice(text.span_of(p.open + 1..p.end)).to_owned()).collect()
    }

    #[test]
    fn marks_of_every_kind_pair() {
        let cases: &[(&str, &[&str])] = &[
            ("قال: «نحن هنا».", &["نحن هنا"]),
            ("قال: \"نحن هنا\".", &["نحن هنا"]),
            ("قال: “نحن هنا”.", &["نحن هنا"]),
            ("قال: ”نحن هنا“.", &["نحن هنا"]),
            ("قال: »نحن هنا«.", &["نحن هنا"]),
            ("قال: „نحن هنا“.", &["نحن هنا"]),
            ("قال: ‹نحن هنا›.", &["نحن هنا"]),
            ("قال: ‘نحن هنا’.", &["نحن هنا"]),
            ("قال: \"نحن مع \"الأمل\" دائما\".", &["نحن مع \"الأمل\" دائما"]),
            ("قال: «نحن مع «الأمل» دائما».", &["نحن مع «الأمل» دائما"]),
            ("قال: «نحن مع \"الأمل\" دائما».", &["نحن مع \"الأمل\" دائما"]),
            ("قناة\"المدار\" و\"الأفق\"", &["المدار", "الأفق"]),
            ("قال: \"لم يغلق.\nوهنا سطر آخر.", &["لم يغلق."]),
            ("قال: «سطر أول.\nوسطر ثان».\nثم «ثالث»", &["سطر أول.\nوسطر ثان", "ثالث"]),
            ("ما كان' هنا", &[]),
            ("\"", &[]),
            ("«»", &[]),
        ];
        for &(original, expected) in cases {
            assert_eq!(pairs(original), expected, "{original}");
        }
    }
}
