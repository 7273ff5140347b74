//! Answers of the engine to messages of the contract: spans in the caller's unit with their slices, indices as ids.

use crate::{
    document::{Document, Layer, OffsetUnit},
    engine::{Answer, Engine},
    entities::{Entity, Mention},
    morphology::Word,
    pb,
    quotations::Quotation,
    relations::Relation,
    span::Span,
    text::offsets::Offsets,
    time::TimeExpression,
};

use super::{labels, validate::TIMESTAMP_SECONDS};

/// What computes the answers of `engine`.
pub fn pipeline(engine: &Engine) -> pb::Pipeline {
    pb::Pipeline { version: env!("CARGO_PKG_VERSION").to_owned(), fingerprint: engine.fingerprint().to_owned() }
}

/// The answer to `Analyze`: spans of `answer` in `unit`.
pub fn analyze(
    answer: &Answer<'_>,
    document: &Document,
    unit: OffsetUnit,
    pipeline: &pb::Pipeline,
) -> pb::AnalyzeResponse {
    let write = Writer::new(answer, unit);
    pb::AnalyzeResponse {
        document_id: document.id.clone(),
        language: answer.language.clone(),
        offset_unit: pb::OffsetUnit::from(unit).into(),
        computed_layers: write.computed_layers(),
        pipeline: Some(pipeline.clone()),
        sentences: if answer.layers.has(Layer::Sentences) { write.sentences() } else { Vec::new() },
        warnings: write.warnings(),
    }
}

/// The answer to `Extract`: spans of `answer` in `unit`.
pub fn extract(
    answer: &Answer<'_>,
    document: &Document,
    unit: OffsetUnit,
    pipeline: &pb::Pipeline,
) -> pb::ExtractResponse {
    let write = Writer::new(answer, unit);
    let entities = if write.has_entities { &answer.entities.entities[..] } else { &[] };
    pb::ExtractResponse {
        document_id: document.id.clone(),
        language: answer.language.clone(),
        offset_unit: pb::OffsetUnit::from(unit).into(),
        computed_layers: write.computed_layers(),
        pipeline: Some(pipeline.clone()),
        entities: entities.iter().enumerate().map(|(i, entity)| write.entity(i, entity)).collect(),
        quotations: answer.quotations.iter().map(|quotation| write.quotation(quotation)).collect(),
        times: answer.times.iter().map(|time| write.time(time)).collect(),
        amounts: answer.amounts.iter().map(|amount| write.amount(amount)).collect(),
        relations: answer.relations.iter().map(|relation| write.relation(relation)).collect(),
        warnings: write.warnings(),
    }
}

/// Writes the parts of one answer.
struct Writer<'w> {
    answer: &'w Answer<'w>,
    offsets: Offsets<'w>,
    /// Entities have ids only in a response that lists them.
    has_entities: bool,
}

impl<'w> Writer<'w> {
    fn new(answer: &'w Answer<'w>, unit: OffsetUnit) -> Self {
        Self {
            answer,
            offsets: Offsets::new(answer.text.original(), unit),
            has_entities: answer.layers.has(Layer::Entities),
        }
    }

    /// A span in the caller's unit.
    fn span(&self, span: Span) -> Option<pb::Span> {
        Some(pb::Span { begin: self.offsets.convert(span.begin), end: self.offsets.convert(span.end) })
    }

    /// The slice of a span.
    fn text(&self, span: Span) -> String {
        self.answer.text.slice(span).to_owned()
    }

    fn computed_layers(&self) -> Vec<i32> {
        self.answer.layers.iter().map(|layer| pb::Layer::from(layer).into()).collect()
    }

    fn warnings(&self) -> Vec<pb::Warning> {
        let warnings = self.answer.warnings.iter();
        warnings.map(|w| pb::Warning { code: w.code().to_owned(), message: w.message().to_owned() }).collect()
    }

    fn sentences(&self) -> Vec<pb::Sentence> {
        let with_tokens = self.answer.layers.has(Layer::Tokens);
        let sentence = |sentence: &crate::text::Sentence| pb::Sentence {
            span: self.span(sentence.span),
            text: self.text(sentence.span),
            tokens: if with_tokens { sentence.tokens().map(|i| self.token(i)).collect() } else { Vec::new() },
        };
        self.answer.text.sentences().iter().map(sentence).collect()
    }

    fn token(&self, index: usize) -> pb::Token {
        let Answer { text, words, layers, .. } = self.answer;
        let token = &text.tokens()[index];
        let words = if layers.has(Layer::Words) { words.of(index) } else { &[] };
        pb::Token {
            span: self.span(token.span),
            text: self.text(token.span),
            normalized: text.normalized(index).to_owned(),
            kind: pb::TokenKind::from(token.kind).into(),
            words: words.iter().map(|word| self.word(index, word)).collect(),
        }
    }

    fn word(&self, token: usize, word: &Word) -> pb::Word {
        let Answer { text, words, .. } = self.answer;
        let span = text.span_within(token, word.range());
        let (root, pattern, gloss) =
            words.lexeme(word).map_or(("", "", ""), |lexeme| (lexeme.root, lexeme.pattern, lexeme.gloss));
        pb::Word {
            span: self.span(span),
            text: self.text(span),
            underlying: words.underlying(word, text).to_owned(),
            lemma: words.lemma(word, text).to_owned(),
            upos: labels::upos(word.upos).0.to_owned(),
            features: word.features.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            source: pb::Source::from(word.source).into(),
            confidence: None,
            root: root.to_owned(),
            pattern: pattern.to_owned(),
            gloss: gloss.to_owned(),
        }
    }

    fn entity(&self, index: usize, entity: &Entity) -> pb::Entity {
        let id =
            |(authority, value): &(String, String)| pb::EntityId { authority: authority.clone(), value: value.clone() };
        let mentions = &self.answer.entities.mentions;
        pb::Entity {
            id: entity_id(index),
            r#type: pb::EntityType::from(entity.kind).into(),
            name: entity.name.clone(),
            latin_name: entity.latin_name.clone(),
            salience: entity.salience,
            ids: entity.ids.iter().map(id).collect(),
            mentions: entity.mentions.iter().map(|&i| self.mention(i, &mentions[i])).collect(),
        }
    }

    fn mention(&self, index: usize, mention: &Mention) -> pb::Mention {
        pb::Mention {
            id: mention_id(index),
            r#type: pb::MentionType::from(mention.kind).into(),
            form: pb::MentionForm::from(mention.form).into(),
            span: self.span(mention.span),
            text: self.text(mention.span),
            underlying: mention.underlying.clone(),
            token_span: self.span(self.answer.text.span_of(mention.tokens.clone())),
            parent_id: mention.parent.map(mention_id).unwrap_or_default(),
            source: pb::Source::from(mention.source).into(),
            confidence: mention.confidence,
        }
    }

    /// The id of an entity, or empty where there is none or the response does not list entities.
    fn entity_reference(&self, index: Option<usize>) -> String {
        index.filter(|_| self.has_entities).map(entity_id).unwrap_or_default()
    }

    fn quotation(&self, quotation: &Quotation) -> pb::Quotation {
        let content = |&span: &Span| pb::QuotationContent { span: self.span(span), text: self.text(span) };
        let speaker = |speaker: &crate::quotations::Speaker| pb::Speaker {
            entity_id: self.entity_reference(speaker.entity),
            span: self.span(speaker.span),
            text: self.text(speaker.span),
            resolution: pb::SpeakerResolution::from(speaker.resolution).into(),
        };
        pb::Quotation {
            kind: pb::QuotationKind::from(quotation.kind).into(),
            content: quotation.content.iter().map(content).collect(),
            cue: quotation.cue.map(|cue| pb::QuotationCue {
                span: self.span(cue.span),
                text: self.text(cue.span),
                category: pb::CueCategory::from(cue.category).into(),
            }),
            speakers: quotation.speakers.iter().map(speaker).collect(),
            relayed_by_entity_id: self.entity_reference(quotation.relayed_by),
            source: pb::Source::from(quotation.source).into(),
            confidence: None,
        }
    }

    fn time(&self, time: &TimeExpression) -> pb::TimeExpression {
        pb::TimeExpression {
            span: self.span(time.span),
            text: self.text(time.span),
            r#type: pb::TimeType::from(time.kind).into(),
            value: time.value.clone(),
            interval: time.interval.and_then(|(begin, end)| {
                Some(pb::TimeInterval { begin: Some(timestamp(begin)?), end: Some(timestamp(end)?) })
            }),
            granularity: pb::Granularity::from(time.granularity).into(),
            source: pb::Source::from(time.source).into(),
            confidence: None,
        }
    }

    fn amount(&self, amount: &crate::numbers::Amount) -> pb::Amount {
        pb::Amount {
            span: self.span(amount.span),
            text: self.text(amount.span),
            r#type: pb::AmountType::from(amount.kind).into(),
            value: amount.value.clone(),
            unit: amount.unit.clone(),
            source: pb::Source::from(amount.source).into(),
            confidence: None,
        }
    }

    fn relation(&self, relation: &Relation) -> pb::Relation {
        pb::Relation {
            r#type: pb::RelationType::from(relation.kind).into(),
            subject_entity_id: entity_id(relation.subject),
            object_entity_id: relation.object.map(entity_id).unwrap_or_default(),
            object_mention_id: relation.object_mention.map(mention_id).unwrap_or_default(),
            evidence: Some(pb::Evidence { span: self.span(relation.evidence), text: self.text(relation.evidence) }),
            source: pb::Source::from(relation.source).into(),
            confidence: None,
        }
    }
}

fn entity_id(index: usize) -> String {
    format!("e{}", index + 1)
}

fn mention_id(index: usize) -> String {
    format!("m{}", index + 1)
}

/// `None` outside of the years that a protobuf timestamp can hold.
fn timestamp(at: jiff::Timestamp) -> Option<pb::Timestamp> {
    let at = pb::Timestamp::from(at);
    TIMESTAMP_SECONDS.contains(&at.seconds).then_some(at)
}
