//! What the parts of this stage look at together: the text, its marks, reporting words and outermost mentions.

use std::ops::Range;

use super::{
    grammar::is_complementizer,
    lexicon::{Form, LEXICON, Reporting},
    marks::{self, Marks},
};
use crate::{
    entities::{Entities, EntityType, Mention, MentionType},
    morphology::{Upos, Words},
    span::Span,
    text::{Text, TokenKind},
};

/// A reporting word where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    pub(super) token: usize,
    pub(super) word: Reporting,
    /// Whether و or ف joins it to what comes before.
    pub(super) coordinated: bool,
    /// Whether an object pronoun is attached.
    pub(super) object: bool,
}

/// The document as this stage sees it.
pub(super) struct Reader<'a> {
    pub(super) text: &'a Text<'a>,
    words: &'a Words,
    pub(super) entities: &'a Entities,
    pub(super) marks: Marks,
    /// In the order of the text.
    pub(super) cues: Vec<Cue>,
    /// For each token the outermost mention that holds it, or `NONE`.
    mention_at: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a Text<'a>, words: &'a Words, entities: &'a Entities) -> Self {
        let mut mention_at = vec![NONE; text.tokens().len()];
        for (i, mention) in entities.mentions.iter().enumerate() {
            if mention.parent.is_none() {
                let end = mention.tokens.end.min(mention_at.len());
                for slot in &mut mention_at[mention.tokens.start.min(end)..end] {
                    if *slot == NONE {
                        *slot = u32::try_from(i).unwrap_or(NONE);
                    }
                }
            }
        }
        let mut reader = Self { text, words, entities, marks: Marks::read(text), cues: Vec::new(), mention_at };
        reader.cues = (0..text.tokens().len()).filter_map(|i| reader.cue_at(i)).collect();
        reader
    }

    fn cue_at(&self, token: usize) -> Option<Cue> {
        if self.text.tokens()[token].kind != TokenKind::Word || self.mention(token).is_some() {
            return None;
        }
        // `على ما أوضح الوزير` is said as وفق is.
        if self.folded(token) == "علي" && self.folded(token + 1) == "ما" && token + 2 < self.text.tokens().len() {
            let verb = LEXICON.find(self.text.normalized(token + 2), self.folded(token + 2));
            return verb.filter(|v| v.word.form == Form::Perfect && !v.word.complements.marks).map(|_| Cue {
                token,
                word: Reporting::according(),
                coordinated: false,
                object: false,
            });
        }
        let found = LEXICON.find(self.text.normalized(token), self.text.folded(token))?;
        if found.word.complements.initial && !found.coordinated && !self.clause_begins(token, found.word) {
            return None;
        }
        let next = self.folded(token + 1);
        // `لا أنكر`: who writes speaks of himself.
        if found.word.form == Form::Perfect && token.checked_sub(1).is_some_and(|before| self.folded(before) == "لا")
        {
            return None;
        }
        if found.word.form == Form::Construct && self.possessor(token).is_none() {
            return None;
        }
        let subject = self.mention(token + 1 + usize::from(self.is_mark(token + 1))).is_some()
            || next.starts_with("ال") && matches!(self.upos(token + 1), Upos::Noun | Upos::Adj);
        if found.word.complements.passive && found.word.form == Form::Imperfect && !subject {
            return None;
        }
        // `جاء في البيان`: the verb of coming reports only where something stands written.
        let written = ["جاء", "جاءت"].contains(&self.text.folded(token).trim_start_matches('و'));
        if written && !["في", "فيه", "فيها", "علي"].contains(&next) {
            return None;
        }
        // `متوقعة` and `متهمين` are adjectives too: as cues they follow a comma, or أن follows them.
        let adjective =
            found.word.form == Form::Participle && (found.word.feminine != Some(false) || found.word.plural);
        if adjective
            && !found.coordinated
            && !token.checked_sub(1).is_none_or(|before| self.is_punctuation(before))
            && !self.leads_soon(token)
            && !found.word.complements.takes(next)
        {
            return None;
        }
        Some(Cue { token, word: found.word, coordinated: found.coordinated, object: found.object })
    }

    /// Whom the noun at `token` belongs to: `إعلان الوزارة`.
    pub(super) fn possessor(&self, token: usize) -> Option<&'a Mention> {
        let place = |m: &Mention| matches!(m.kind, MentionType::Entity(EntityType::Geopolitical));
        let mention = self.mention(token + 1).filter(|m| m.tokens.start == token + 1)?;
        (self.clitics(mention).is_empty() && (self.speaks(mention) || place(mention))).then_some(mention)
    }

    /// Whether a clause can begin at `token`: after punctuation, a conjunction or a mention, or at the start of a line.
    fn clause_begins(&self, token: usize, word: Reporting) -> bool {
        let Some(before) = token.checked_sub(1) else { return true };
        let first = self.text.sentence_of(token).first_token as usize == token;
        let conjunction =
            ["كما", "و", "قد", "وقد", "فيما", "حيث", "بينما", "الذي", "التي", "ثم", "ما", "جهته", "جهتها"];
        first
            || self.is_punctuation(before)
            || conjunction.contains(&self.text.folded(before))
            || (self.mention(before).is_some_and(|m| self.speaks(m))
                && (word.complements.takes(self.folded(token + 1)) || self.is_complementizer(token + 1)))
    }

    /// Whether `token` is أن or إن, clitics and pronoun included.
    pub(super) fn is_complementizer(&self, token: usize) -> bool {
        token < self.text.tokens().len() && is_complementizer(self.text.normalized(token), self.text.folded(token))
    }

    /// The folded form of `token`, or empty past the end.
    pub(super) fn folded(&self, token: usize) -> &str {
        if token < self.text.tokens().len() { self.text.folded(token) } else { "" }
    }

    /// The part of speech of the host of `token`, or that of no word past the end.
    pub(super) fn upos(&self, token: usize) -> Upos {
        if token < self.text.tokens().len() { self.words.host(token).upos } else { Upos::X }
    }

    /// The outermost mention that holds `token`.
    pub(super) fn mention(&self, token: usize) -> Option<&'a Mention> {
        self.mention_at.get(token).and_then(|&i| self.entities.mentions.get(i as usize))
    }

    /// The reporting word at `token`.
    pub(super) fn cue(&self, token: usize) -> Option<&Cue> {
        self.cues.binary_search_by_key(&token, |c| c.token).ok().map(|i| &self.cues[i])
    }

    /// The reporting words in `tokens`.
    pub(super) fn cues_in(&self, tokens: Range<usize>) -> &[Cue] {
        let from = self.cues.partition_point(|c| c.token < tokens.start);
        let to = self.cues.partition_point(|c| c.token < tokens.end);
        &self.cues[from..to.max(from)]
    }

    pub(super) fn is_punctuation(&self, token: usize) -> bool {
        self.text.tokens().get(token).is_some_and(|t| t.kind == TokenKind::Punctuation)
    }

    pub(super) fn is_mark(&self, token: usize) -> bool {
        token < self.text.tokens().len() && marks::is_mark(self.text, token)
    }

    pub(super) fn is_comma(&self, token: usize) -> bool {
        matches!(self.folded(token), "،" | "," | "؛" | ";")
    }

    /// One past the last token of the sentence that holds `token`.
    pub(super) fn sentence_end(&self, token: usize) -> usize {
        self.text.sentence_of(token).tokens().end
    }

    /// Whether `mention` can be a speaker by its type.
    pub(super) fn speaks(&self, mention: &Mention) -> bool {
        matches!(mention.kind, MentionType::Title | MentionType::Entity(EntityType::Person | EntityType::Organization))
    }

    /// Whether a preposition or conjunction is attached to `mention`; tells which letters.
    pub(super) fn clitics(&self, mention: &Mention) -> &'a str {
        let first = self.text.tokens()[mention.tokens.start.min(self.text.tokens().len() - 1)].span;
        if first.begin < mention.span.begin && mention.span.begin <= first.end {
            self.text.slice(Span { begin: first.begin, end: mention.span.begin })
        } else {
            ""
        }
    }

    /// The span of `tokens` without punctuation at either end, or none if nothing is left.
    pub(super) fn trimmed(&self, tokens: Range<usize>) -> Option<Range<usize>> {
        let (mut from, mut to) = (tokens.start, tokens.end);
        // A bracket stays where its partner is inside, and so do question marks and dots of omission at the end.
        while from < to && self.is_punctuation(from) && self.folded(from) != "(" {
            from += 1;
        }
        while from < to && self.is_punctuation(to - 1) && !matches!(self.folded(to - 1), ")" | "؟" | "?" | "!") {
            to -= 1;
        }
        (from < to).then_some(from..to)
    }

    /// Whether `cue` is a finite verb.
    pub(super) fn finite(cue: &Cue) -> bool {
        matches!(cue.word.form, Form::Perfect | Form::Imperfect)
    }
}
