//! What is marked in the text, and where the marks lead.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    Page, arabic, escape,
    marks::{Mark, Once},
};
use crate::pb;

/// From the outside in, where several mark the same words.
mod rank {
    pub const QUOTATION: u8 = 0;
    pub const SPEAKER: u8 = 1;
    pub const TIME: u8 = 2;
    pub const MENTION: u8 = 3;
    pub const CUE: u8 = 4;
    pub const EVIDENCE: u8 = 5;
}

impl Page<'_> {
    /// Everything that is marked.
    pub fn marks(&self) -> Vec<Mark> {
        let mut marks = Vec::new();
        self.mark_quotations(&mut marks);
        self.mark_speakers(&mut marks);
        self.mark_mentions(&mut marks);
        let id = &self.id;
        let times = self.answer.times.iter().map(|time| (time.span, "time", "t"));
        let amounts = self.answer.amounts.iter().map(|amount| (amount.span, "amount", "a"));
        for entries in [&mut times.zip(1..) as &mut dyn Iterator<Item = _>, &mut amounts.zip(1..)] {
            for ((span, class, letter), number) in entries {
                let once = format!(r#" id="{id}{letter}{number}""#);
                let found = mark(span, rank::TIME, format!(r#" class="{class}""#), once);
                let link = format!("#{id}{letter}{number}i");
                marks.extend(found.map(|mark| Mark { link, ..mark }));
            }
        }
        for (number, relation) in (1..).zip(&self.answer.relations) {
            let once = format!(r#" id="{id}r{number}""#);
            let span = relation.evidence.as_ref().and_then(|evidence| evidence.span);
            marks.extend(mark(span, rank::EVIDENCE, r#" class="evidence""#.to_owned(), once));
        }
        marks
    }

    fn mark_quotations(&self, marks: &mut Vec<Mark>) {
        let id = &self.id;
        for (number, quotation) in (1..).zip(&self.answer.quotations) {
            let hue = Self::hue(quotation);
            let kind = quotation.kind().as_str_name().trim_start_matches("QUOTATION_KIND_").to_lowercase();
            for (piece, content) in quotation.content.iter().enumerate() {
                let attributes = format!(r#" class="quotation {kind}" style="--hue: {hue}""#);
                let (once, before) = if piece == 0 {
                    (format!(r#" id="{id}q{number}""#), self.chips(number, quotation))
                } else {
                    let said = format!("تتمة الاقتباس {number}");
                    let chip = format!(
                        r##"<a class="by" href="#{id}q{number}" aria-label="{said}" data-label="{number} …"></a>"##
                    );
                    (String::new(), chip)
                };
                let found = mark(self.with_marks(content.span), rank::QUOTATION, attributes, once);
                marks.extend(found.map(|mark| Mark { once: Once { before, ..mark.once }, ..mark }));
            }
            if let Some(cue) = &quotation.cue {
                let attributes = format!(r#" class="cue" style="--hue: {hue}""#);
                let link = format!("#{id}q{number}i");
                let found = mark(cue.span, rank::CUE, attributes, String::new());
                marks.extend(found.map(|mark| Mark { link, ..mark }));
            }
        }
    }

    /// `span` with the quotation marks around it, where it has some: the link to the speaker stands before them.
    fn with_marks(&self, span: Option<pb::Span>) -> Option<pb::Span> {
        let pb::Span { begin, end } = span?;
        let (from, to) = (usize::try_from(begin).ok()?, usize::try_from(end).ok()?);
        let is_mark = |c: &char| matches!(c, '«' | '»' | '“' | '”' | '„' | '"' | '‹' | '›' | '‘' | '’' | '\'');
        let before = self.show.text.get(..from).and_then(|text| text.chars().next_back()).filter(is_mark);
        let after = self.show.text.get(to..).and_then(|text| text.chars().next()).filter(is_mark);
        let width = |c: Option<char>| c.map_or(0, |c| c.len_utf8() as i32);
        let both = before.is_some() && after.is_some();
        Some(if both {
            pb::Span { begin: begin - width(before), end: end + width(after) }
        } else {
            pb::Span { begin, end }
        })
    }

    /// Before a quotation, a link to each of its speakers. Its label is no text, which stays as it was.
    fn chips(&self, number: usize, quotation: &pb::Quotation) -> String {
        let id = &self.id;
        let kind = arabic::quotation(quotation.kind());
        let sign = match quotation.kind() {
            pb::QuotationKind::Direct => "«»",
            pb::QuotationKind::Mixed => "«…",
            pb::QuotationKind::Indirect | pb::QuotationKind::Unspecified => "…",
        };
        if quotation.speakers.is_empty() {
            let said = format!("اقتباس {number}، {kind}، لم يُذكر قائله");
            return format!(
                r##"<a class="by" href="#{id}q{number}i" aria-label="{said}" data-label="{number} {sign} ؟"></a>"##
            );
        }
        let chip = |speaker: &pb::Speaker| {
            let entity = escape(&speaker.entity_id);
            let link = if entity.is_empty() { format!("q{number}i") } else { entity.into_owned() };
            let name = escape(self.speaker(speaker));
            let (how, away) = match speaker.resolution() {
                pb::SpeakerResolution::CarriedOver | pb::SpeakerResolution::Pronoun => {
                    (format!("، {}", arabic::speaker(speaker.resolution())), " ↩")
                }
                _ => (String::new(), ""),
            };
            let said = format!("اقتباس {number}، {kind}، القائل: {name}{how}");
            let label = format!("{number} {sign} {name}{away}");
            format!(r##"<a class="by" href="#{id}{link}" aria-label="{said}" data-label="{label}"></a>"##)
        };
        quotation.speakers.iter().map(chip).collect()
    }

    /// The words that tell who speaks, with the numbers of what was said.
    fn mark_speakers(&self, marks: &mut Vec<Mark>) {
        let mut speakers: BTreeMap<(i32, i32), Vec<usize>> = BTreeMap::new();
        for (number, quotation) in (1..).zip(&self.answer.quotations) {
            for span in quotation.speakers.iter().filter_map(|speaker| speaker.span) {
                speakers.entry((span.begin, span.end)).or_default().push(number);
            }
        }
        for ((begin, end), numbers) in speakers {
            let first = numbers.first().and_then(|number| self.answer.quotations.get(number - 1));
            let hue = first.map_or_else(String::new, Self::hue);
            let numbers = numbers.iter().map(usize::to_string).collect::<Vec<_>>().join("، ");
            let attributes = format!(r#" class="speaker" style="--hue: {hue}""#);
            let once = format!(r#" data-label="{numbers}""#);
            marks.extend(mark(Some(pb::Span { begin, end }), rank::SPEAKER, attributes, once));
        }
    }

    fn mark_mentions(&self, marks: &mut Vec<Mark>) {
        let id = &self.id;
        for entity in &self.answer.entities {
            let kind = entity.r#type().as_str_name().trim_start_matches("ENTITY_TYPE_").to_lowercase();
            let entity_id = escape(&entity.id);
            for mention in &entity.mentions {
                let role = match mention.r#type() {
                    pb::MentionType::Title => " title",
                    pb::MentionType::Nationality => " nationality",
                    _ => "",
                };
                let attributes = format!(r#" class="mention {kind}{role}" data-e="{id}{entity_id}""#);
                let once = format!(r#" id="{id}{}""#, escape(&mention.id));
                let link = format!("#{id}{entity_id}");
                let found = mark(mention.span, rank::MENTION, attributes, once);
                marks.extend(found.map(|mark| Mark { link, ..mark }));
            }
        }
    }
}

/// The mark of `span`, which counts bytes; `once` are attributes of its first piece.
pub fn mark(span: Option<pb::Span>, rank: u8, attributes: String, once: String) -> Option<Mark> {
    let pb::Span { begin, end } = span?;
    let (begin, end) = (usize::try_from(begin).ok()?, usize::try_from(end).ok()?);
    let once = Once { attributes: once, ..Default::default() };
    Some(Mark { begin, end: Reverse(end), rank, link: String::new(), attributes, once })
}
