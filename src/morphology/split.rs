//! The chosen cut of a token: closed classes by rule, other words by what is common.

use std::ops::Range;

use super::{
    clitics::LETTER,
    lexicon::{Closed, Lexicon, Pronouns},
    scoring::{self, PRONOUNS, Pronoun},
};

/// What the host is, and what it has lost or changed between its clitics.
#[derive(Clone, Copy, Debug)]
pub(super) enum Host {
    /// The whole token, or what follows its conjunction, has a fixed cut, written out as `form/UPOS/form alone`.
    Fixed(&'static str),
    /// A word of a closed class.
    Closed(Closed),
    /// Another word.
    Open {
        /// Whether it has the article.
        article: bool,
        /// What ل has taken from its begin.
        restored: &'static str,
        /// How its last letter was before the pronoun.
        ending: Ending,
    },
}

impl Host {
    /// A token without clitics.
    pub(super) const WHOLE: Self = Self::Open { article: false, restored: "", ending: Ending::Same };

    /// A host with the article.
    pub(super) fn definite(restored: &'static str) -> Self {
        Self::Open { article: true, restored, ending: Ending::Same }
    }
}

/// What becomes of a host's last letter before a pronoun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// It stays.
    Same,
    /// `وزارت-ه`: ة, `مستشفا-ه`: ى, `أبناؤ-ه`: ء stood in place of the last letter.
    Instead(&'static str),
    /// `قالو-ه`: an alef follows.
    Lost,
}

impl Ending {
    /// Writes `host` as it is without a pronoun.
    pub(super) fn write(self, host: &str, out: &mut String) {
        match self {
            Self::Same => out.push_str(host),
            Self::Instead(letter) => {
                out.push_str(host.get(..host.len() - LETTER).unwrap_or_default());
                out.push_str(letter);
            }
            Self::Lost => {
                out.push_str(host);
                out.push('ا');
            }
        }
    }

    /// What may have become of the end of `host` before a pronoun.
    pub(super) fn before_pronoun(host: &str) -> Option<Self> {
        if matches!(host, "علي" | "إلي" | "لدي" | "الي") {
            return Some(Self::Instead("ى"));
        }
        if host.len() <= 2 * LETTER {
            return None;
        }
        match host.chars().next_back()? {
            'ت' => Some(Self::Instead("ة")),
            'ا' => Some(Self::Instead("ى")),
            'ئ' | 'ؤ' => Some(Self::Instead("ء")),
            'و' => Some(Self::Lost),
            _ => None,
        }
    }
}

/// The chosen cut of a token. Letters before the host are proclitics, one letter each; those after it are a pronoun.
#[derive(Clone, Debug)]
pub(super) struct Split {
    /// The host's bytes in the normalized form.
    pub range: Range<usize>,
    /// What it is.
    pub host: Host,
}

impl Split {
    /// The bytes of `normalized` at which its words but the first begin.
    fn cuts(&self, normalized: &str) -> Vec<usize> {
        let mut cuts: Vec<usize> = (1..=self.range.start / LETTER).map(|letter| letter * LETTER).collect();
        match self.host {
            Host::Fixed(fixed) => {
                let forms = fixed.split('+').map(|word| word.split('/').next().unwrap_or_default().len());
                let ends = forms.scan(self.range.start, |at, letters| {
                    *at += letters;
                    Some(*at)
                });
                cuts.extend(ends.filter(|&end| end < normalized.len()));
            }
            _ => cuts.extend(Some(self.range.end).filter(|&end| end < normalized.len())),
        }
        cuts
    }
}

/// Cuts `normalized` into proclitics, host and, where `pronouns` allows it, a pronoun: by the closed classes and by how
/// common the hosts are. `scratch` holds a form at a time.
pub(super) fn split(lexicon: &Lexicon, normalized: &str, pronouns: bool, scratch: &mut String) -> Split {
    if !normalized.chars().all(|c| matches!(c, 'ء'..='غ' | 'ف'..='ي')) {
        return Split { range: 0..normalized.len(), host: Host::WHOLE };
    }
    let pronouns = if pronouns { PRONOUNS.as_slice() } else { &PRONOUNS[..1] };
    closed(lexicon, normalized, pronouns).unwrap_or_else(|| scoring::best(lexicon, normalized, pronouns, None, scratch))
}

/// The same where the bytes that words begin at are known: `cuts`, without the first word's. What no split can have is
/// split as ever.
pub(super) fn along(
    lexicon: &Lexicon,
    normalized: &str,
    cuts: &[usize],
    pronouns: bool,
    scratch: &mut String,
) -> Split {
    let free = split(lexicon, normalized, pronouns, scratch);
    if free.cuts(normalized) == cuts {
        return free;
    }
    let end = cuts.last().copied().filter(|&at| {
        let before = &normalized[..at];
        PRONOUNS.iter().any(|pronoun| pronoun.letters == &normalized[at..]) && !matches!(before, "و" | "ف")
    });
    let proclitics = cuts.len() - usize::from(end.is_some());
    let range = proclitics * LETTER..end.unwrap_or(normalized.len());
    if range.is_empty() || cuts[..proclitics].iter().zip(1..).any(|(&at, letter)| at != letter * LETTER) {
        return free;
    }
    match lexicon.closed(&normalized[range.clone()]).filter(|found| found.words.is_empty()) {
        Some(found) => Split { range, host: Host::Closed(*found) },
        None => scoring::best(lexicon, normalized, &PRONOUNS, Some(range), scratch),
    }
}

/// The cut of a token whose host belongs to a closed class, with و or ف before it or not.
fn closed(lexicon: &Lexicon, token: &str, pronouns: &[Pronoun]) -> Option<Split> {
    let conjunctions = [0, LETTER].into_iter().take(if token.starts_with(['و', 'ف']) { 2 } else { 1 });
    for begin in conjunctions {
        let rest = &token[begin..];
        if rest.is_empty() {
            return None;
        }
        if let Some(found) = lexicon.closed(rest).filter(|found| found.pronouns != Pronouns::Always) {
            let host = if found.words.is_empty() { Host::Closed(*found) } else { Host::Fixed(found.words) };
            return Some(Split { range: begin..token.len(), host });
        }
        if let Some(found) = prefixed(lexicon, rest)
            && found.words.is_empty()
        {
            return Some(Split { range: begin + LETTER..token.len(), host: Host::Closed(*found) });
        }
        for Pronoun { letters: pronoun, .. } in pronouns.iter().skip(1) {
            let Some(host) = rest.strip_suffix(pronoun) else { continue };
            let end = begin + host.len();
            // ب and ل have every pronoun; their ي is often a name's (بي) or listed (لي)
            if matches!(host, "ب" | "ل") && !pronoun.ends_with('ي') {
                let found = lexicon.closed(host)?;
                return Some(Split { range: begin..end, host: Host::Closed(*found) });
            }
            // ي is the ending of relation as well: where it is a pronoun, the table lists the whole
            if pronoun.ends_with('ي') {
                continue;
            }
            if let Some(found) = lexicon.closed(host).filter(|found| found.pronouns.may_follow()) {
                return Some(Split { range: begin..end, host: Host::Closed(*found) });
            }
            if let Some(found) = prefixed(lexicon, host).filter(|found| found.pronouns.may_follow()) {
                return Some(Split { range: begin + LETTER..end, host: Host::Closed(*found) });
            }
        }
    }
    None
}

/// The word of a closed class that follows the ب, ل or ك which `rest` begins with, where it may.
fn prefixed<'l>(lexicon: &'l Lexicon, rest: &str) -> Option<&'l Closed> {
    let host = rest.strip_prefix(['ب', 'ل', 'ك'])?;
    lexicon.closed(host).filter(|found| matches!(found.pronouns, Pronouns::MayAfterPrefix | Pronouns::OnlyPrefix))
}
