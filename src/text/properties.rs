//! What holds for every text.

use proptest::prelude::*;

use super::{Buffers, Text, arbitrary, class, language};

/// The byte positions of `form` that lie on characters, its end included.
fn boundaries(form: &str) -> Vec<usize> {
    form.char_indices().map(|(at, _)| at).chain([form.len()]).collect()
}

proptest! {
    #[test]
    fn tokens_and_gaps_rebuild_the_text(original in arbitrary::text()) {
        let text = Text::read(&original, Buffers::default());
        let mut rebuilt = String::new();
        let mut at = 0;
        for token in text.tokens() {
            prop_assert!(!token.span.is_empty(), "an empty token at {}", token.span.begin);
            prop_assert!(token.span.begin as usize >= at, "tokens overlap at {}", at);
            // Slicing panics off a character boundary.
            let gap = &original[at..token.span.begin as usize];
            prop_assert!(gap.chars().all(is_gap), "{:?} between tokens", gap);
            let space = at == 0 || gap.contains(char::is_whitespace);
            prop_assert_eq!(token.space_before, space || rebuilt.chars().all(is_gap), "before {:?}", token);
            rebuilt.push_str(gap);
            rebuilt.push_str(text.slice(token.span));
            at = token.span.end as usize;
        }
        prop_assert!(original[at..].chars().all(is_gap), "{:?} after the last token", &original[at..]);
        rebuilt.push_str(&original[at..]);
        prop_assert_eq!(rebuilt, original);
    }

    #[test]
    fn sentences_cover_the_tokens(original in arbitrary::text()) {
        let text = Text::read(&original, Buffers::default());
        let mut next = 0;
        for (number, sentence) in text.sentences().iter().enumerate() {
            prop_assert_eq!(sentence.first_token as usize, next);
            prop_assert!(!sentence.tokens().is_empty());
            prop_assert_eq!(sentence.span, text.span_of(sentence.tokens()));
            prop_assert!(!sentence.headline || number == 0);
            for token in sentence.tokens() {
                prop_assert_eq!(text.tokens()[token].sentence as usize, number);
                prop_assert_eq!(text.sentence_of(token).span, sentence.span);
            }
            next = sentence.end_token as usize;
        }
        prop_assert_eq!(next, text.tokens().len());
        prop_assert!(text.sentences().is_sorted_by_key(|sentence| sentence.paragraph));
        let breaks = |s: &str| s.contains(['\n', '\r']);
        prop_assert!(text.sentences().iter().all(|s| !breaks(text.slice(s.span))), "a sentence runs over lines");
    }

    #[test]
    fn ranges_of_the_normalized_form_map_into_the_token(original in arbitrary::text()) {
        let text = Text::read(&original, Buffers::default());
        for (i, token) in text.tokens().iter().enumerate() {
            let form = text.normalized(i);
            prop_assert_eq!(text.folded(i).len(), form.len());
            prop_assert_eq!(text.span_within(i, 0..form.len()), token.span);
            let ends = boundaries(form);
            for (n, &begin) in ends.iter().enumerate() {
                for &end in &ends[n..] {
                    let span = text.span_within(i, begin..end);
                    prop_assert!(token.span.contains(span), "{}..{} of {:?}", begin, end, form);
                    prop_assert!(original.get(span.range()).is_some(), "{:?} cuts a character", span);
                    prop_assert!(begin == end || !span.is_empty(), "{}..{} of {:?} is lost", begin, end, form);
                }
            }
        }
    }

    #[test]
    fn words_begin_and_end_with_what_is_seen(original in arbitrary::text()) {
        let text = Text::read(&original, Buffers::default());
        for token in text.tokens() {
            let first = text.slice(token.span).chars().next();
            prop_assert!(!first.is_some_and(is_gap), "{:?}", text.slice(token.span));
        }
    }

    #[test]
    fn reused_memory_leaves_no_trace(first in arbitrary::text(), second in arbitrary::text()) {
        let fresh = Text::read(&second, Buffers::default());
        let reused = Text::read(&second, Text::read(&first, Buffers::default()).into_buffers());
        prop_assert_eq!(format!("{:?}", fresh), format!("{:?}", reused));
        prop_assert_eq!(language::detect(&fresh), language::detect(&reused));
    }
}

/// Whether `c` may stand between tokens.
fn is_gap(c: char) -> bool {
    matches!(class::class(c), class::Class::Space | class::Class::Invisible)
}

/// Long texts that tempt to look ahead to their end from each token; a reader that does takes minutes over them.
#[test]
fn long_texts_are_read_in_one_pass() {
    const LENGTH: usize = 150_000;
    let pieces = [
        "ا",
        "أ.",
        "سي.",
        "1,",
        "1.",
        "1/",
        "5ر",
        "a",
        "a.",
        "a-",
        "a@",
        "@",
        "#",
        "http://",
        "www.",
        "!",
        "!\"",
        ".\"",
        ".»",
        "«",
        "»",
        "\u{200F}",
        "ا\u{200F}",
        "\u{0651}",
        "ـ",
        "\u{FEFB}",
        "👩\u{200D}",
        "🇶",
        "(",
        "...",
        "،",
        "\n",
        "د. ",
    ];
    for piece in pieces {
        let original = piece.repeat(LENGTH / piece.len());
        let text = Text::read(&original, Buffers::default());
        let covered: usize = text.tokens().iter().map(|token| token.span.len()).sum();
        assert!(covered <= original.len(), "{piece:?} repeated");
        language::detect(&text);
    }
}
