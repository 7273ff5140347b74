//! Atoms: tokens cut further into runs of letters, runs of digits and single marks, the stream that the grammars of
//! amounts and times read.
//!
//! `بـ249` is one token and two atoms, `ب` and `249`; `5ر10` is `5`, `ر`, `10`. A [`AtomKind::Break`] stands between
//! sentences, so that no expression runs over one.

use crate::{
    span::Span,
    text::{Text, TokenKind},
};

/// What an atom is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtomKind {
    /// Letters of any script.
    Letters,
    /// Digits 0-9.
    Digits,
    /// One punctuation mark or symbol.
    Mark,
    /// A whole token that nothing is read from: an address, a hashtag.
    Opaque,
    /// The boundary of two sentences.
    Break,
}

/// A piece of a token.
#[derive(Clone, Copy, Debug)]
pub struct Atom {
    /// What it is.
    pub kind: AtomKind,
    /// Whether nothing stands between it and the atom before.
    pub glued: bool,
    token: u32,
    begin: u32,
    end: u32,
}

/// The atoms of a text.
#[derive(Debug)]
pub struct Atoms<'t> {
    text: &'t Text<'t>,
    atoms: Vec<Atom>,
}

impl<'t> Atoms<'t> {
    /// Cuts `text` into atoms, in linear time.
    pub fn of(text: &'t Text<'t>) -> Self {
        let mut atoms = Vec::with_capacity(text.tokens().len() + 16);
        let mut sentence = None;
        for (index, token) in text.tokens().iter().enumerate() {
            let at = |kind, glued, begin: usize, end: usize| Atom {
                kind,
                glued,
                token: narrow(index),
                begin: narrow(begin),
                end: narrow(end),
            };
            if token.space_before && sentence.is_some_and(|s| s != token.sentence) {
                atoms.push(at(AtomKind::Break, false, 0, 0));
            }
            sentence = Some(token.sentence);
            let form = text.normalized(index);
            let opaque =
                matches!(token.kind, TokenKind::Url | TokenKind::Email | TokenKind::Hashtag | TokenKind::Handle);
            if opaque {
                atoms.push(at(AtomKind::Opaque, !token.space_before, 0, form.len()));
                continue;
            }
            let mut glued = !token.space_before;
            let mut begin = 0;
            while let Some(c) = form[begin..].chars().next() {
                let kind = kind_of(c);
                let len = match kind {
                    AtomKind::Mark => c.len_utf8(),
                    _ => form[begin..].find(|c| kind_of(c) != kind).unwrap_or(form.len() - begin),
                };
                atoms.push(at(kind, glued, begin, begin + len));
                glued = true;
                begin += len;
            }
        }
        Self { text, atoms }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.atoms.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.atoms.len()
    }

    /// Atom `i`, if there is one.
    pub fn get(&self, i: usize) -> Option<Atom> {
        self.atoms.get(i).copied()
    }

    /// The folded letters of atom `i`; empty past the end.
    pub fn form(&self, i: usize) -> &str {
        self.atoms.get(i).map_or("", |a| &self.text.folded(a.token as usize)[a.begin as usize..a.end as usize])
    }

    /// The normalized letters of atom `i`, hamza seats kept.
    pub fn exact(&self, i: usize) -> &str {
        self.atoms.get(i).map_or("", |a| &self.text.normalized(a.token as usize)[a.begin as usize..a.end as usize])
    }

    /// The digits of atom `i`, where it is a run of digits.
    pub fn digits(&self, i: usize) -> Option<&str> {
        self.atoms.get(i).filter(|a| a.kind == AtomKind::Digits).map(|_| self.form(i))
    }

    /// Whether atom `i` is the mark `mark`.
    pub fn is_mark(&self, i: usize, mark: char) -> bool {
        self.atoms.get(i).is_some_and(|a| a.kind == AtomKind::Mark) && self.form(i).starts_with(mark)
    }

    /// Whether atom `i` exists and nothing stands between it and the one before.
    pub fn is_glued(&self, i: usize) -> bool {
        self.atoms.get(i).is_some_and(|a| a.glued)
    }

    /// Whether the atoms `from..to` are the words of `phrase`, which holds folded words with spaces between them.
    pub fn reads(&self, from: usize, phrase: &str) -> Option<usize> {
        let mut at = from;
        for word in phrase.split(' ') {
            if self.form(at) != word || self.get(at).is_none_or(|a| a.kind == AtomKind::Break) {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// The token of atom `i`.
    pub fn token(&self, i: usize) -> usize {
        self.atoms.get(i).map_or(0, |a| a.token as usize)
    }

    /// The original span of atoms `first..end`, without the first `cut` bytes of the first.
    pub fn span(&self, first: usize, end: usize, cut: usize) -> Span {
        let (Some(a), Some(b)) = (self.atoms.get(first), self.atoms.get(end.max(first + 1) - 1)) else {
            return Span::default();
        };
        let head = self.text.span_within(a.token as usize, a.begin as usize + cut..a.end as usize);
        let tail = self.text.span_within(b.token as usize, b.begin as usize..b.end as usize);
        Span { begin: head.begin, end: head.end.max(tail.end) }
    }

    /// The text that was cut.
    pub fn text(&self) -> &'t Text<'t> {
        self.text
    }
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// What an atom is that begins with `c`.
pub(super) fn kind_of(c: char) -> AtomKind {
    match c {
        '0'..='9' => AtomKind::Digits,
        // nearly every letter, without a look into the tables of Unicode
        'ء'..='ي' | 'a'..='z' | 'A'..='Z' => AtomKind::Letters,
        c if c.is_alphabetic() => AtomKind::Letters,
        _ => AtomKind::Mark,
    }
}

/// A reading of a word: its first `cut` bytes are proclitics, `key` is the rest without its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading<'w> {
    /// Bytes of proclitics.
    pub cut: usize,
    /// The word without proclitics and article.
    pub key: &'w str,
    /// Whether an article was taken off.
    pub definite: bool,
}

/// The readings of the folded `word`, those with fewer clitics first: `والسبت` as it stands, `السبت`, `سبت` with the
/// article. `للشهر` also as `شهر` with the article, the cut after the first `ل`.
pub fn readings(word: &str) -> impl Iterator<Item = Reading<'_>> {
    let conjunction = word.strip_prefix(['و', 'ف']);
    let preposition = |w: &'_ str| w.starts_with(['ب', 'ل', 'ك']);
    let cuts = [
        Some(0),
        conjunction.map(|_| 2),
        preposition(word).then_some(2),
        conjunction.filter(|w| preposition(w)).map(|_| 4),
    ];
    cuts.into_iter().flatten().filter(|&cut| cut == 0 || word.len() > cut + 2).flat_map(move |cut| {
        let host = &word[cut..];
        let swallowed = cut > 0 && word[..cut].ends_with('ل') && host.starts_with('ل');
        let bare = if swallowed { host.get(2..) } else { host.strip_prefix("ال") };
        [
            Some(Reading { cut, key: host, definite: false }),
            bare.filter(|b| b.len() > 2).map(|key| Reading { cut, key, definite: true }),
        ]
        .into_iter()
        .flatten()
    })
}
