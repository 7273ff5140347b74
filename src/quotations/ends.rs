//! Where a reported clause ends.

use super::{
    complement::Complement,
    grammar::Class,
    lexicon::Form,
    marks::Pair,
    reader::{Cue, Reader},
};

/// Marks around at least so many words can hold a clause of their own.
const WHOLE_CLAUSE: usize = 6;

impl Reader<'_> {
    /// One past the last token of the clause that begins at `begin`. Each token is looked at once.
    pub(super) fn clause_end(&self, begin: usize) -> usize {
        let closed_at = |at: usize| self.marks.opening_at(at).filter(|pair| pair.after > pair.end);
        let mut end = self.sentence_end(begin);
        let mut at = closed_at(begin).map_or(begin + 1, |pair| pair.after);
        // the marks that closed right before `at`
        let mut closed = None;
        while at < end {
            if let Some(pair) = closed_at(at) {
                at = pair.after;
                closed = Some(pair);
                if at > end {
                    // Marks over several sentences: the clause goes on after them, unless they closed with a stop.
                    let stopped = matches!(self.folded(pair.end - 1), "." | "؟" | "!");
                    let over = stopped || at >= self.text.tokens().len();
                    end = if over { at } else { self.sentence_end(at) };
                }
                continue;
            }
            if closed.take().is_some_and(|pair| self.gives_back(pair)) {
                return at;
            }
            if at > begin + 1 && (self.continued(at).is_some() || self.is_over(at)) {
                return at;
            }
            at += 1;
        }
        end
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

    /// Whether the reported clause is over before token `at`.
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
