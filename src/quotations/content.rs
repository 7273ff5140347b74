//! Where reported words end, and what they consist of.

use std::ops::Range;

use super::{
    QuotationKind,
    complement::{Complement, MANY_WORDS},
    grammar::{Class, is_preposition, name_length_after},
    lexicon::LEXICON,
    marks::Pair,
    reader::Reader,
};
use crate::morphology::Upos;

/// How many tokens a source between commas can take.
const PARENTHESIS: usize = 12;

/// Reported words, in tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) kind: QuotationKind,
    /// Never empty, in order.
    pub(super) pieces: Vec<Range<usize>>,
    /// One past the last token that belongs to it, marks included.
    pub(super) after: usize,
}

impl Reader<'_> {
    /// The reported words that begin with `complement`.
    pub(super) fn content(&self, complement: Complement) -> Option<Content> {
        match complement {
            Complement::Marks(pair) => self.marked(&pair),
            Complement::Clause(begin) => {
                let content = self.phrased(begin, self.clause_end(begin))?;
                let own = self.is_own_words(begin);
                Some(if own { Content { kind: QuotationKind::Direct, ..content } } else { content })
            }
        }
    }

    /// The words in `pair`, and those in marks joined to it: `«…» و«…»`.
    pub(super) fn marked(&self, pair: &Pair) -> Option<Content> {
        let first = self.inside(pair)?;
        let mut after = if pair.after == pair.end { first.end } else { pair.after };
        let mut pieces = vec![first];
        loop {
            let mut next = after;
            while next < after + 3 && (self.is_comma(next) || self.folded(next) == "و") {
                next += 1;
            }
            match self.marks.opening_at(next).filter(|p| next > after && self.is_speech(p, true)) {
                Some(pair) => {
                    pieces.extend(self.inside(pair));
                    after = pair.after;
                }
                None => return Some(Content { kind: QuotationKind::Direct, pieces, after }),
            }
        }
    }

    /// The tokens between two marks, without a final stop.
    fn inside(&self, pair: &Pair) -> Option<Range<usize>> {
        let from = pair.open + 1;
        // Words whose closing mark is missing end where a clause would.
        let mut to = if pair.after == pair.end { self.clause_end(from).min(pair.end) } else { pair.end };
        while to > from && matches!(self.folded(to - 1), "." | "،" | ",") {
            to -= 1;
        }
        (from < to).then_some(from..to)
    }

    /// Reported words from `begin` to `end`, direct where all of them after أن stand in marks.
    pub(super) fn phrased(&self, begin: usize, end: usize) -> Option<Content> {
        let skipped = self.is_complementizer(begin) as usize;
        if let Some(pair) = self.marks.opening_at(begin + skipped)
            && pair.after <= end
            && self.is_speech(pair, true)
        {
            // What follows a whole statement in marks is the reporter's again.
            let next = self.folded(pair.after);
            let complete = pair.words > MANY_WORDS && !Class::Proceeds.has(next) && !next.starts_with("وان");
            if complete || self.trimmed(pair.after..end).is_none() {
                let mut content = self.marked(pair)?;
                content.after = if complete { content.after } else { content.after.max(end) };
                return Some(content);
            }
        }
        let tokens = self.trimmed(begin..end)?;
        if tokens.len() < 2 {
            return None;
        }
        let quotes = self.marks.within(tokens.clone()).iter().any(|p| self.is_quoted_part(p));
        let kind = if quotes { QuotationKind::Mixed } else { QuotationKind::Indirect };
        Some(Content { kind, pieces: vec![tokens], after: end })
    }

    /// Whether marks inside reported words hold the speaker's own words rather than a name.
    pub(super) fn is_quoted_part(&self, pair: &Pair) -> bool {
        let word = pair.open.checked_sub(1).map_or("", |b| self.folded(b));
        if word == "ب" {
            return !pair.open.checked_sub(2).is_some_and(|b| Class::Naming.has(self.folded(b)));
        }
        // One word is a term or a name, unless it judges: `الوضع "خطير"`.
        let long = pair.words > 1 || matches!(self.upos(pair.open + 1), Upos::Adj | Upos::Verb);
        long && pair.words > name_length_after(word) && !self.is_name(&(pair.open + 1..pair.end))
    }

    /// Where the source that وفق or حسب at `token` names begins: a noun of speech, ما with a reporting verb, a
    /// speaker; none where no source is named.
    pub(super) fn according(&self, token: usize) -> Option<usize> {
        let first = token + 1 + usize::from(self.is_mark(token + 1));
        let source = |at: usize| {
            // `بحسب أحدث المعطيات`, `وفق بعض المصادر`.
            let named = at + usize::from(Class::Determiner.has(self.folded(at)));
            LEXICON.is_noun(self.folded(named))
                || self.mention(named).is_some_and(|m| self.speaks(m) && m.tokens.start == named)
                || matches!(self.folded(at), "ذات" | "نفس")
        };
        if self.folded(token).ends_with("ما") || matches!(self.folded(first), "ما" | "لما") {
            let verb = if self.folded(token).ends_with("ما") { first } else { first + 1 };
            return (verb..verb + 3).any(|i| self.cue(i).is_some() || self.reports_passively(i)).then_some(first);
        }
        if self.relays(token) {
            return (self.folded(first) == "عن").then_some(first + 1);
        }
        if matches!(self.folded(token), "استنادا" | "واستنادا") {
            return (self.folded(first) == "الي" && source(first + 1)).then_some(first + 1);
        }
        source(first).then_some(first)
    }

    /// `نقلا عن` tells only who passed on what another cue or nobody reports.
    pub(super) fn relays(&self, token: usize) -> bool {
        self.folded(token).trim_start_matches('و') == "نقلا"
    }

    fn reports_passively(&self, token: usize) -> bool {
        matches!(self.folded(token), "جاء" | "ورد" | "تم" | "صدر" | "نشر" | "نشرت" | "نشرته" | "نشره")
    }

    /// What وفق at `token` reports: the clause after it where it opens a sentence, else the clause before it that no
    /// other cue reports. `from` is the first token that is free.
    pub(super) fn sourced(&self, token: usize, source: usize, from: usize) -> Option<Content> {
        let first = self.text.sentence_of(token).first_token as usize;
        let opens = token == first || (token == first + 1 && self.folded(first) == "و");
        if opens {
            let end = self.sentence_end(token);
            let begin = (source..end.min(source + 40)).find_map(|i| {
                if let Some(pair) = self.marks.opening_at(i)
                    && self.is_speech(pair, false)
                {
                    return Some(i);
                }
                if matches!(self.folded(i), "فان" | "فقد" | "فانه" | "فانها" | "فإن" | "ان") && i > source
                {
                    return Some(i);
                }
                // `وحسب وزير السياحة سجلت السوق نموا`.
                let named = self.mention(i - 1).is_some_and(|m| m.tokens.end == i && self.speaks(m));
                if named && i > source && self.upos(i) == Upos::Verb {
                    return Some(i);
                }
                let comma = self.is_comma(i) || self.folded(i) == ":";
                (comma && i > source && !is_preposition(self.folded(i + 1)) && !self.folded(i + 1).is_empty())
                    .then_some(i + 1)
            })?;
            let reported = self.cue(begin).is_some_and(|c| Reader::finite(c) && self.complement(c).is_some());
            if begin + 2 >= end || reported {
                return None;
            }
            let end = self.clause_end(begin);
            return self.phrased(begin, end);
        }
        let mut begin = from.max(first);
        let last = self.trimmed(begin..token)?.end;
        // Words in marks right before it are all that is reported.
        let closing = if self.is_mark(last) && last < token { last + 1 } else { last };
        if let Some(pair) = self.marks.around(closing - 1)
            && pair.after == closing
            && pair.open >= begin
            && self.is_speech(pair, false)
        {
            // Most of what is reported stands in marks: those are the source's words.
            let comma = (begin..pair.open).rev().take(pair.words).find(|&i| self.is_comma(i)).map_or(begin, |i| i + 1);
            if pair.words > (comma..pair.open).filter(|&i| !self.is_punctuation(i)).count() {
                let content = self.marked(pair)?;
                return Some(Content { after: token, ..content });
            }
        }
        while begin < token && (self.is_punctuation(begin) || self.folded(begin) == "و") && !self.is_mark(begin) {
            begin += 1;
        }
        // `يذكر أن …، وفق …`.
        if let Some(an) = (begin..(begin + 4).min(token)).find(|&i| self.is_complementizer(i)).filter(|&i| i > begin) {
            begin = an;
        }
        // A reporting verb opens the clause and reports nothing that was found: what it says is not what is sourced.
        if self.cue(begin).is_some_and(|c| Reader::finite(c) && !c.word.complements.near) {
            return None;
        }
        let mut content = self.phrased(begin, token)?;
        if let Some(more) = self.resumed(token, source) {
            content.after = more.end;
            content.pieces.push(more);
            return Some(content);
        }
        (content.pieces[0].len() >= 3).then_some(content)
    }

    /// The clause that goes on after a source between commas: `تتمثل الإجراءات، وفق الوالي، في تركيز علامات`.
    fn resumed(&self, token: usize, source: usize) -> Option<Range<usize>> {
        let end = self.sentence_end(token);
        let comma = (source + 1..end.min(source + PARENTHESIS)).find(|&i| self.is_comma(i))?;
        let next = self.folded(comma + 1);
        let goes_on = matches!(next, "في" | "الي" | "علي" | "من" | "ب") || self.is_complementizer(comma + 1);
        let within = self.is_comma(token.checked_sub(1)?) && goes_on;
        within.then(|| self.trimmed(comma + 1..self.clause_end(comma + 1))).flatten()
    }
}
