//! Quotations: what was said, the word that reports it, and who said it.
//!
//! [`marks`] pairs quotation marks, [`lexicon`] knows the reporting words of `resources/reporting_words.tsv`, [`complement`]
//! finds where the words that one reports begin, [`ends`] and [`content`] where they end, [`subjects`] and [`speakers`]
//! who speaks. Quotations do not nest: what somebody is reported to have reported belongs to the outer one.

mod complement;
mod content;
mod ends;
mod grammar;
mod lexicon;
mod marks;
mod reader;
mod speakers;
mod subjects;

use complement::Complement;
use content::Content;
use lexicon::Form;
use reader::Reader;
use speakers::{Attribution, Speakers};

use crate::{
    entities::{Entities, EntityType, MentionType},
    morphology::{Source, Upos, Words},
    span::Span,
    text::Text,
};

/// How words are reported; the contract's `QuotationKind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum QuotationKind {
    Direct,
    Indirect,
    Mixed,
}

/// What the reporting word says of the act; the contract's `CueCategory`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum CueCategory {
    Say,
    Announce,
    Assert,
    Add,
    Explain,
    Claim,
    Deny,
    Warn,
    Demand,
    Ask,
    Answer,
    Criticize,
    Express,
    Write,
    Report,
    AccordingTo,
}

/// How a speaker was found; the contract's `SpeakerResolution`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum SpeakerResolution {
    Named,
    Title,
    Pronoun,
    CarriedOver,
    Anonymous,
}

/// The word that reports.
#[derive(Clone, Copy, Debug)]
pub struct Cue {
    /// Its bytes in the original, clitics included.
    pub span: Span,
    /// What it says of the act.
    pub category: CueCategory,
}

/// Who said it.
#[derive(Clone, Copy, Debug)]
pub struct Speaker {
    /// Index of the entity, if it is one.
    pub entity: Option<usize>,
    /// The words that tell the speaker; for a speaker carried over, the mention that it was carried from.
    pub span: Span,
    /// How it was found.
    pub resolution: SpeakerResolution,
}

/// What somebody said or wrote.
#[derive(Clone, Debug)]
pub struct Quotation {
    /// How the words are reported.
    pub kind: QuotationKind,
    /// The content without the marks around it, in order; never empty.
    pub content: Vec<Span>,
    /// The reporting word.
    pub cue: Option<Cue>,
    /// The speakers; empty where the text does not tell.
    pub speakers: Vec<Speaker>,
    /// Index of the entity that passed the words on.
    pub relayed_by: Option<usize>,
    /// How it was found.
    pub source: Source,
}

/// The quotations of `text` in the order of their content, in linear time.
pub fn extract(text: &Text<'_>, words: &Words, entities: &Entities) -> Vec<Quotation> {
    let reader = Reader::new(text, words, entities);
    let mut finder = Finder { reader: &reader, speakers: Speakers::new(&reader), free: 0, found: Vec::new() };
    for sentence in text.sentences() {
        finder.sentence(sentence.tokens(), sentence.headline);
    }
    finder.found.sort_by_key(|q| q.content.first().map(|s| s.begin));
    finder.found
}

/// Goes through the sentences once; what one quotation holds is not looked at again.
struct Finder<'r, 'a> {
    reader: &'r Reader<'a>,
    speakers: Speakers<'r, 'a>,
    /// The first token that no quotation holds.
    free: usize,
    found: Vec<Quotation>,
}

impl Finder<'_, '_> {
    fn sentence(&mut self, tokens: std::ops::Range<usize>, headline: bool) {
        let reader = self.reader;
        if tokens.start >= self.free {
            self.named_statement(tokens.clone(), headline);
        }
        for cue in reader.cues_in(tokens.clone()) {
            if cue.token < self.free {
                continue;
            }
            if cue.word.form == Form::According {
                let opens = cue.token == tokens.start;
                if (opens || !reader.relays(cue.token))
                    && let Some(source) = reader.according(cue.token)
                    && let Some(content) = reader.sourced(cue.token, source, self.free)
                {
                    self.marks_before(cue.token, content.pieces[0].start);
                    let attribution = self.speakers.of_source(cue.token, source);
                    self.push(content, Some(cue), attribution);
                }
                continue;
            }
            if reader.marks.around(cue.token).is_some_and(|p| p.after > p.end && reader.is_speech(p, false)) {
                continue;
            }
            if let Some(pair) = self.closed_before(cue.token) {
                // `«…»، قال فلان`, perhaps going on in marks: `«…»، قال فلان، «…»`.
                let complement = Complement::Marks(pair);
                self.marks_before(cue.token, pair.open);
                let attribution = self.speakers.of_cue(cue, complement);
                if let Some(mut content) = reader.marked(&pair) {
                    if let Some(Complement::Marks(next)) = reader.complement(cue)
                        && let Some(more) = reader.marked(&next)
                    {
                        content.pieces.extend(more.pieces);
                        content.after = more.after;
                    }
                    content.after = content.after.max(cue.token + 1);
                    self.push(content, Some(cue), attribution);
                }
                continue;
            }
            if let Some(complement) = reader.complement(cue)
                && let Some(content) = reader.content(complement)
            {
                self.marks_before(cue.token, cue.token);
                let attribution = self.speakers.of_cue(cue, complement);
                let next = reader.continued(content.after).copied();
                self.push(content, Some(cue), attribution.clone());
                if let Some(more) = next.and_then(|pair| reader.marked(&pair)) {
                    self.push(more, Some(cue), attribution);
                }
            }
        }
        self.marks_before(tokens.end, tokens.end);
    }

    /// Speech in marks that ends right before `token` and that no cue has.
    fn closed_before(&self, token: usize) -> Option<marks::Pair> {
        let last = (1..3).filter_map(|n| token.checked_sub(n)).find(|&i| !self.reader.is_comma(i))?;
        let pair =
            self.reader.marks.around(last).filter(|p| p.after == last + 1 && p.after > p.end && p.open >= self.free)?;
        let opens = pair.open == self.reader.text.sentence_of(pair.open).first_token as usize;
        (opens && self.reader.is_speech(pair, false)).then_some(*pair)
    }

    /// Speech in marks before `token` and outside what begins at `begin`, that no cue has: the speaker goes on.
    fn marks_before(&mut self, token: usize, begin: usize) {
        let reader = self.reader;
        for pair in reader.marks.within(self.free..token) {
            let before = pair.after <= begin;
            let long = pair.words >= ORPHAN_WORDS && pair.after > pair.end && reader.is_speech(pair, false);
            if before && long && pair.open >= self.free {
                let attribution = self.speakers.of_marks(pair.open);
                if let Some(content) = reader.marked(pair) {
                    self.push(content, None, attribution);
                }
            }
        }
    }

    /// `X: statement`, as headlines are; in running text only where the name is all that stands before the colon.
    fn named_statement(&mut self, tokens: std::ops::Range<usize>, headline: bool) {
        let reader = self.reader;
        let first = tokens.start + usize::from(reader.is_mark(tokens.start));
        if headline {
            self.unnamed_statement(tokens.clone());
        }
        let Some(mention) = reader.mention(first) else { return };
        let named = mention.tokens.end;
        let reach = if headline { HEADLINE_SPEAKER } else { named.saturating_sub(tokens.start) + 1 };
        let Some(colon) = tokens.clone().take(reach).find(|&i| reader.folded(i) == ":") else { return };
        if reader.cues_in(tokens.start..colon).iter().any(Reader::finite) {
            return;
        }
        // `الوزير بعد لقائه الرئيس: …`: what follows the speaker is a phrase.
        let plain = |i: usize| {
            reader.mention(i).is_none() && !reader.is_punctuation(i) && !grammar::is_preposition(reader.folded(i))
        };
        // `فرنسا: على الجميع ضبط النفس`, but `تونس: أمطار`.
        let state = mention.kind == MentionType::Entity(EntityType::Geopolitical)
            && headline
            && grammar::Class::Resolve.has(reader.folded(colon + 1));
        if !(state || reader.speaks(mention)) || !reader.clitics(mention).is_empty() || plain(named) {
            return;
        }
        let begin = colon + 1;
        if tokens.end < begin + 3 {
            return;
        }
        // Lines of a list describe those that they name: `فلان: لاعب سابق`.
        let describes = !headline
            && !reader.folded(begin).starts_with("ال")
            && matches!(reader.upos(begin), Upos::Noun | Upos::Adj | Upos::Propn)
            && reader.marks.opening_at(begin).is_none();
        if describes {
            return;
        }
        let content = match reader.marks.opening_at(begin).filter(|p| reader.is_speech(p, true)) {
            Some(pair) => reader.marked(pair),
            None => reader.phrased(begin, tokens.end),
        };
        if let Some(content) = content {
            let attribution = self.speakers.of_mention(mention);
            self.push(content, None, attribution);
        }
    }

    /// `دراسة: statement` in a headline, of a source without a name.
    fn unnamed_statement(&mut self, tokens: std::ops::Range<usize>) {
        let reader = self.reader;
        let (source, colon) = (tokens.start, tokens.start + 1);
        let bare = reader.mention(source).is_none();
        if !grammar::Class::Source.has(reader.folded(source))
            || !bare
            || reader.folded(colon) != ":"
            || tokens.end < colon + 4
        {
            return;
        }
        if let Some(content) = reader.phrased(colon + 1, tokens.end) {
            let span = reader.text.tokens()[source].span;
            let speaker = Speaker { entity: None, span, resolution: SpeakerResolution::Title };
            self.push(content, None, Attribution { speakers: vec![speaker], relayed_by: None });
        }
    }

    fn push(&mut self, content: Content, cue: Option<&reader::Cue>, attribution: Attribution) {
        let text = self.reader.text;
        self.free = self.free.max(content.after);
        self.found.push(Quotation {
            kind: content.kind,
            content: content.pieces.into_iter().map(|piece| text.span_of(self.balanced(piece))).collect(),
            cue: cue.map(|c| Cue { span: text.tokens()[c.token].span, category: c.word.category }),
            speakers: attribution.speakers,
            relayed_by: attribution.relayed_by,
            source: Source::Rule,
        });
    }

    /// `piece` with the mark that closes at its end, where the one that opens is inside: `أنه «لن يعود»`.
    fn balanced(&self, piece: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let last = self.reader.marks.around(piece.end.saturating_sub(1));
        let closing = last.filter(|pair| pair.end == piece.end && pair.open >= piece.start);
        piece.start..closing.map_or(piece.end, |pair| pair.after)
    }
}

/// Marks around at least so many words are speech even where nothing reports it.
const ORPHAN_WORDS: usize = 6;
/// How many tokens the speaker of a headline may take.
const HEADLINE_SPEAKER: usize = 12;

#[cfg(test)]
mod tests;
