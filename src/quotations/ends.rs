//! Where a reported clause ends: every token that it can end before, and the rule's verdict on each.

use super::{
    complement::Complement,
    grammar::Class,
    lexicon::Form,
    marks::Pair,
    reader::{Cue, Reader},
};

/// Marks around at least so many words can hold a clause of their own.
const WHOLE_CLAUSE: usize = 6;

/// A token that reported words can end before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// One past the last token of the words.
    pub(super) token: usize,
    /// Whether the rules end them here.
    pub(super) stops: bool,
}

/// The ends that the clause from `begin` on can have, in order; the last one, where its sentence or the marks that
/// reach beyond it end, always stops. Each token is looked at once.
pub(super) struct Ends<'r, 'a> {
    reader: &'r Reader<'a>,
    begin: usize,
    at: usize,
    end: usize,
    /// The marks that closed right before `at`.
    closed: Option<&'r Pair>,
    over: bool,
}

impl Iterator for Ends<'_, '_> {
    type Item = End;

    fn next(&mut self) -> Option<End> {
        let reader = self.reader;
        while self.at < self.end {
            if let Some(pair) = reader.marks.opening_at(self.at).filter(|p| p.after > p.end) {
                self.pass(pair);
                continue;
            }
            let token = self.at;
            let closed = self.closed.take();
            self.at += 1;
            let returned = closed.is_some_and(|pair| reader.gives_back(pair));
            if returned {
                return Some(End { token, stops: true });
            }
            if token > self.begin + 1
                && let Some(stops) = reader.clause_stops(token)
            {
                return Some(End { token, stops });
            }
        }
        let last = End { token: self.end, stops: true };
        (!std::mem::replace(&mut self.over, true)).then_some(last)
    }
}

impl<'r> Ends<'r, '_> {
    fn pass(&mut self, pair: &'r Pair) {
        let reader = self.reader;
        self.at = pair.after;
        self.closed = Some(pair);
        if self.at > self.end && self.at < reader.text.tokens().len() {
            // Marks over several sentences: the clause goes on after them, unless they closed with a stop.
            let stopped = matches!(reader.folded(pair.end - 1), "." | "؟" | "!");
            self.end = if stopped { self.at } else { reader.sentence_end(self.at) };
        } else if self.at > self.end {
            self.end = self.at;
        }
    }
}

impl<'a> Reader<'a> {
    /// The ends that the clause from `begin` on can have.
    pub(super) fn ends<'r>(&'r self, begin: usize) -> Ends<'r, 'a> {
        let end = self.sentence_end(begin);
        let mut ends = Ends { reader: self, begin, at: begin + 1, end, closed: None, over: false };
        if let Some(pair) = self.marks.opening_at(begin).filter(|p| p.after > p.end) {
            ends.at = pair.after;
        }
        ends
    }

    /// One past the last token of the clause that begins at `begin`: the first end that the rules take.
    pub(super) fn clause_end(&self, begin: usize) -> usize {
        self.ends(begin).find(|end| end.stops).map_or(begin + 1, |end| end.token)
    }

    /// Whether a comma after `pair`, the speaker's own words, gives the word back to the reporter. Not where و goes on.
    fn gives_back(&self, pair: &Pair) -> bool {
        let comma = pair.after;
        let joined = self.folded(comma + 1).starts_with('و') || self.marks.opening_at(comma + 1).is_some();
        // `"…" وذلك في تعليقه`: when and where it was said.
        let said = self.folded(comma) == "وذلك";
        pair.words > 2 && (said || self.is_comma(comma) && !joined) && self.is_quoted_part(pair)
    }

    /// A clause of its own that goes on with a report at token `at`, all of it the speaker's words: `، و«شكرها على
    /// جهدها»`, `، حيث «تشهد نموا»`.
    pub(super) fn continued(&self, at: usize) -> Option<&Pair> {
        let joined = self.is_comma(at) && matches!(self.folded(at + 1), "و" | "حيث");
        self.marks.opening_at(at + 2).filter(|p| joined && p.after > p.end && p.words >= WHOLE_CLAUSE)
    }

    /// Whether the reported clause is over before token `at`; none where it cannot be.
    fn clause_stops(&self, at: usize) -> Option<bool> {
        let possible = self.is_comma(at)
            || self.is_comma(at - 1)
            || self.is_mark(at - 1)
            || self.cue(at).is_some()
            || Class::Joins.has(self.folded(at));
        let stops = self.continued(at).is_some() || self.is_over(at);
        (possible || stops).then_some(stops)
    }

    /// Whether the rules end the reported clause before token `at`.
    fn is_over(&self, at: usize) -> bool {
        let word = self.folded(at);
        if Class::Turn.has(word) && self.is_comma(at - 1) {
            return true;
        }
        if (word == "في" && self.folded(at + 1) == "اشارة") || (word == ":" && self.text.sentence_of(at).headline)
        {
            return true;
        }
        if word == "علي" && self.folded(at + 1) == "حد" {
            return matches!(
                self.folded(at + 2),
                "تعبيره" | "تعبيرها" | "تعبيرهم" | "قوله" | "قولها" | "قولهم" | "وصفه" | "وصفها"
            );
        }
        if Class::Joins.has(word)
            && let Some(cue) = self.cue(at + 1)
            && Reader::finite(cue)
        {
            return !matches!(word, "الذي" | "التي" | "قد" | "و")
                && self.complement(cue).is_some_and(|c| matches!(c, Complement::Marks(_)) || self.plain_reports(cue));
        }
        let Some(cue) = self.cue(at) else { return false };
        match cue.word.form {
            Form::According => self.according(at).is_some(),
            Form::Participle => {
                let adjective = cue.word.complements.marks && !self.leads_soon(at);
                cue.word.feminine == Some(false) && !adjective
                    || self.is_comma(at - 1)
                    || self.complement(cue).is_some()
            }
            Form::Construct => false,
            // `، أكدت "رفضها"`.
            _ if self.is_comma(at - 1)
                && self.leads_soon(at)
                && matches!(self.complement(cue), Some(Complement::Marks(_))) =>
            {
                true
            }
            // After a comma a verb that does little else than report begins anew: `، ودعا الجميع`.
            Form::Perfect => {
                let anew = self.is_comma(at - 1) && !cue.word.complements.near && self.plain_reports(cue);
                cue.coordinated && (anew || self.complement(cue).is_some())
            }
            // `مكتفيا بالقول إن …`.
            Form::VerbalNoun => word.starts_with('ب') && self.leads_soon(at),
            Form::Imperfect => cue.coordinated && self.is_comma(at - 1) && self.complement(cue).is_some(),
        }
    }

    fn plain_reports(&self, cue: &Cue) -> bool {
        !cue.word.complements.marks
    }
}
