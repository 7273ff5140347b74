//! Each token as the rules see it: the word that its clitics are attached to, its article and what the lists say of it.

use super::lexicon::{Lexicon, Listed, Roles};
use crate::{
    morphology::{Source, Upos, Words, clitics},
    text::{Text, TokenKind},
};

/// The host of one token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Host<'t> {
    /// Byte of the token's normalized form where the host begins.
    pub(super) begin: usize,
    /// What the host has lost to ل before it.
    pub(super) restored: &'static str,
    /// Whether it has the article.
    pub(super) definite: bool,
    /// Its folded letters without the article.
    pub(super) stem: &'t str,
    /// What the lists say of it.
    pub(super) listed: Listed,
    /// What is attached after the stem.
    pub(super) suffix: Suffix,
    /// The proclitic right before it.
    pub(super) proclitic: Option<char>,
    /// Its part of speech as morphology has it.
    pub(super) upos: Upos,
    /// Whether morphology knows the word.
    pub(super) known: bool,
    /// Whether it is a word in Arabic letters.
    pub(super) word: bool,
}

/// What is attached after a stem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Suffix {
    None,
    /// The ا of the indefinite accusative: رئيسا.
    Accusative,
    /// A pronoun: رئيسها.
    Pronoun,
}

impl Host<'_> {
    /// Whether it has one of `roles`.
    pub(super) fn is(&self, roles: Roles) -> bool {
        self.listed.roles.any(roles)
    }

    /// Whether it stands without clitics.
    pub(super) fn bare(&self) -> bool {
        self.begin == 0 && self.suffix == Suffix::None
    }

    /// Whether it looks feminine; plurals of things count as feminine, as their adjectives do.
    pub(super) fn feminine(&self) -> bool {
        ["ة", "اء", "ات", "ءات"].iter().any(|end| self.stem.ends_with(end))
            || matches!(self.stem, "كتائب" | "سرايا" | "قوي" | "اجهزة" | "وسائل" | "مصادر" | "حرب" | "ارض" | "دار")
    }
}

/// The hosts of all tokens.
pub(super) fn read<'t>(text: &'t Text<'_>, words: &Words, lexicon: &Lexicon) -> Vec<Host<'t>> {
    (0..text.tokens().len()).map(|token| host(text, words, lexicon, token)).collect()
}

/// The reading of `token` that the lists know, the longest first; else the one that morphology chose.
fn host<'t>(text: &'t Text<'_>, words: &Words, lexicon: &Lexicon, token: usize) -> Host<'t> {
    let (normalized, folded) = (text.normalized(token), text.folded(token));
    let upos = words.host(token).upos;
    let known = words.host(token).source == Source::Lexicon;
    let word = text.tokens()[token].kind == TokenKind::Word;
    let make = |begin: usize, restored: &'static str, listed: Listed, suffix: Suffix| {
        let (definite, stem) = stem(folded.get(begin..).unwrap_or_default(), restored);
        let proclitic = normalized.get(..begin).and_then(|before| before.chars().next_back());
        Host { begin, restored, definite, stem, listed, suffix, proclitic, upos, known, word }
    };
    if !word {
        return make(0, "", Listed::default(), Suffix::None);
    }
    let cuts = clitics::cuts(normalized);
    for cut in cuts.iter() {
        let stem = stem(folded.get(cut.host..).unwrap_or_default(), cut.restored).1;
        let listed = lexicon.get(stem);
        if !listed.is_empty() && listed.spelt(written(normalized, stem)) {
            return make(cut.host, cut.restored, listed, Suffix::None);
        }
    }
    for cut in cuts.iter().filter(|cut| cut.restored.is_empty()) {
        let (definite, stem) = stem(folded.get(cut.host..).unwrap_or_default(), "");
        let suffixed = (!definite).then(|| suffixed(lexicon, stem)).flatten();
        if let Some((listed, suffix)) = suffixed.filter(|(listed, _)| listed.spelt(written(normalized, stem))) {
            return make(cut.host, "", listed, suffix);
        }
    }
    let begin = words.host(token).begin as usize;
    let restored = cuts.iter().find(|cut| cut.host == begin && !cut.restored.is_empty());
    // ل before another ل has swallowed an alef, unless the word itself begins with ل
    let restored = restored.filter(|_| begin > 0 && folded.get(begin..).is_some_and(|s| s.starts_with('ل')));
    make(begin, restored.map_or("", |cut| cut.restored), Listed::default(), Suffix::None)
}

/// The letters that were folded to `stem`, which ends the token.
fn written<'t>(normalized: &'t str, stem: &str) -> &'t str {
    normalized.get(normalized.len() - stem.len()..).unwrap_or_default()
}

/// Whether folded letters with what they lost to ل have the article, and what follows it.
fn stem<'t>(letters: &'t str, restored: &str) -> (bool, &'t str) {
    let stripped = match restored {
        "" => letters.strip_prefix("ال"),
        "ا" => letters.strip_prefix('ل'),
        _ => Some(letters),
    };
    match stripped {
        Some(stem) if stem.chars().nth(1).is_some() => (true, stem),
        _ => (false, letters),
    }
}

/// A title with the ending of the accusative or a pronoun: رئيسا, رئيسها, مراسلتنا.
fn suffixed(lexicon: &Lexicon, stem: &str) -> Option<(Listed, Suffix)> {
    let endings = [
        ("ا", Suffix::Accusative),
        ("ها", Suffix::Pronoun),
        ("نا", Suffix::Pronoun),
        ("هم", Suffix::Pronoun),
        ("ه", Suffix::Pronoun),
    ];
    // نبيه بري: the name, and seldom his prophet
    if stem == "نبيه" {
        return None;
    }
    endings.into_iter().find_map(|(ending, suffix)| {
        let rest = stem.strip_suffix(ending)?;
        let listed = match rest.strip_suffix('ت') {
            Some(feminine) if suffix == Suffix::Pronoun => lexicon.get(&format!("{feminine}ة")),
            _ => lexicon.get(rest),
        };
        let title = listed.title.filter(|title| !title.plural)?;
        Some((Listed { title: Some(title), alef: listed.alef, ..Listed::default() }, suffix))
    })
}
