//! The view for the terminal.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::{
    labels::{self, GROUPS},
    width::{cell, clean, clip, columns, isolate, wrap},
};
use crate::pb;

const HEADING: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const WARNING: Style = AnsiColor::Yellow.on_default();
const VALUE: Style = AnsiColor::Yellow.on_default();
/// The widest column of names.
const NAME_COLUMNS: usize = 32;

/// Who is named, who said what, when, where and how much, in lines of at most `width` columns.
pub fn extraction(out: &mut dyn Write, name: &str, answer: &pb::ExtractResponse, width: usize) -> io::Result<()> {
    title(out, name, &answer.language)?;
    warnings(out, &answer.warnings)?;
    entities(out, &answer.entities, width)?;
    quotations(out, answer, width)?;
    let times = answer.times.iter().map(|time| {
        let kind = match (time.r#type(), time.granularity()) {
            (pb::TimeType::Date | pb::TimeType::Time, granularity) if granularity != pb::Granularity::Unspecified => {
                labels::words(granularity.as_str_name(), "GRANULARITY_")
            }
            (kind, _) => labels::words(kind.as_str_name(), "TIME_TYPE_"),
        };
        (time.text.as_str(), time.value.clone(), kind)
    });
    table(out, "Times", times.collect())?;
    let amounts = answer.amounts.iter().map(|amount| {
        let value = format!("{} {}", amount.value, amount.unit).trim().to_owned();
        (amount.text.as_str(), value, labels::words(amount.r#type().as_str_name(), "AMOUNT_TYPE_"))
    });
    table(out, "Amounts", amounts.collect())?;
    relations(out, answer, width)
}

/// What a word can be: columns of cut, part of speech, lemma, root and pattern, features, gloss.
pub fn readings(out: &mut dyn Write, word: &str, rows: Vec<[String; 6]>) -> io::Result<()> {
    heading(out, &isolate(&clean(word)))?;
    if rows.is_empty() {
        return writeln!(out, "  {DIM}not in the lexicon{DIM:#}");
    }
    let rows: Vec<_> = rows.into_iter().map(|row| row.map(|column| clean(&column))).collect();
    let width = |column: usize| rows.iter().map(|row| columns(&row[column])).max().unwrap_or(0).min(NAME_COLUMNS);
    let widths = [width(0), width(1), width(2), width(3)];
    for row in &rows {
        let [cut, upos, lemma, form] = [0, 1, 2, 3].map(|column| cell(&row[column], widths[column]));
        let style = color_of_word(&row[1]);
        writeln!(
            out,
            "  {cut}  {style}{upos}{style:#}  {lemma}  {DIM}{form}{DIM:#}  {}  {DIM}{}{DIM:#}",
            row[4], row[5]
        )?;
    }
    Ok(())
}

/// How the text is built: a token a line with its words, each with its part of speech and, where it is another, its lemma.
pub fn analysis(out: &mut dyn Write, name: &str, answer: &pb::AnalyzeResponse) -> io::Result<()> {
    title(out, name, &answer.language)?;
    warnings(out, &answer.warnings)?;
    for (number, sentence) in (1..).zip(&answer.sentences) {
        if sentence.tokens.is_empty() {
            writeln!(out, "{DIM}{number:>4}{DIM:#}  {}", isolate(&clean(&sentence.text)))?;
            continue;
        }
        writeln!(out, "\n{HEADING}Sentence {number}{HEADING:#}")?;
        let longest = sentence.tokens.iter().map(|token| columns(&clean(&token.text))).max().unwrap_or(0);
        for token in &sentence.tokens {
            write!(out, "  {}", cell(&clean(&token.text), longest.min(NAME_COLUMNS)))?;
            if token.words.is_empty() {
                let kind = labels::words(token.kind().as_str_name(), "TOKEN_KIND_");
                write!(out, "  {DIM}{kind}{DIM:#}")?;
            }
            for (i, word) in token.words.iter().enumerate() {
                write!(out, "{DIM}{}{DIM:#}", if i == 0 { "  " } else { " + " })?;
                if word.underlying != token.text {
                    write!(out, "{} ", isolate(&clean(&word.underlying)))?;
                }
                let style = color_of_word(&word.upos);
                write!(out, "{style}{}{style:#}", clean(&word.upos))?;
                if !word.lemma.is_empty() && word.lemma != word.underlying {
                    write!(out, " {DIM}{}{DIM:#}", isolate(&clean(&word.lemma)))?;
                }
            }
            writeln!(out)?;
        }
    }
    Ok(())
}

fn title(out: &mut dyn Write, name: &str, language: &str) -> io::Result<()> {
    writeln!(out, "{HEADING}{}{HEADING:#}  {DIM}{}{DIM:#}", clean(name), clean(language))
}

fn warnings(out: &mut dyn Write, warnings: &[pb::Warning]) -> io::Result<()> {
    for warning in warnings {
        writeln!(out, "{WARNING}{}: {}{WARNING:#}", clean(&warning.code), clean(&warning.message))?;
    }
    Ok(())
}

fn heading(out: &mut dyn Write, text: &str) -> io::Result<()> {
    writeln!(out, "\n{HEADING}{text}{HEADING:#}")
}

fn entities(out: &mut dyn Write, entities: &[pb::Entity], width: usize) -> io::Result<()> {
    let widest = |of: fn(&pb::Entity) -> &str| {
        entities.iter().map(|entity| columns(&clean(of(entity)))).max().unwrap_or(0).min(NAME_COLUMNS)
    };
    let (name_width, latin_width) = (widest(|entity| &entity.name), widest(|entity| &entity.latin_name));
    let digits = entities.iter().map(|entity| entity.mentions.len()).max().unwrap_or(0).to_string().len();
    for group in GROUPS {
        let mut of_kind: Vec<_> = entities.iter().filter(|entity| entity.r#type() == group.kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        of_kind.sort_by_key(|entity| std::cmp::Reverse(entity.mentions.len()));
        heading(out, group.english)?;
        let style = color_of(group.kind);
        for entity in of_kind {
            let name = cell(&clean(&entity.name), name_width);
            let latin = cell(&clean(&entity.latin_name), latin_width);
            let count = entity.mentions.len();
            write!(out, "  {style}{name}{style:#}  {latin}  {DIM}{count:>digits$}×{DIM:#}")?;
            let room = width.saturating_sub(2 + name_width + 2 + latin_width + 2 + digits + 1 + 2);
            let titles = clip(&clean(&labels::titles(entity).join("، ")), room);
            if titles.is_empty() {
                writeln!(out)?;
            } else {
                writeln!(out, "  {DIM}{}{DIM:#}", isolate(&titles))?;
            }
        }
    }
    Ok(())
}

fn quotations(out: &mut dyn Write, answer: &pb::ExtractResponse, width: usize) -> io::Result<()> {
    if answer.quotations.is_empty() {
        return Ok(());
    }
    heading(out, "Quotations")?;
    let digits = answer.quotations.len().to_string().len();
    let indent = 2 + digits + 2;
    for (number, quotation) in (1..).zip(&answer.quotations) {
        write!(out, "  {DIM}{number:>digits$}{DIM:#}  ")?;
        for (i, speaker) in quotation.speakers.iter().enumerate() {
            let and = if i == 0 { "" } else { " + " };
            let (name, style) = match labels::entity(answer, &speaker.entity_id) {
                Some(entity) => (&entity.name, color_of(entity.r#type())),
                None => (&speaker.text, Style::new()),
            };
            write!(out, "{and}{style}{}{style:#}", isolate(&clean(name)))?;
        }
        if quotation.speakers.is_empty() {
            write!(out, "{DIM}speaker not told{DIM:#}")?;
        }
        if let Some(cue) = &quotation.cue {
            write!(out, " ← {}", isolate(&clean(&cue.text)))?;
        }
        if let Some(relay) = labels::entity(answer, &quotation.relayed_by_entity_id) {
            write!(out, " {DIM}via{DIM:#} {}", isolate(&clean(&relay.name)))?;
        }
        writeln!(out, "  {DIM}{}{DIM:#}", labels::of_quotation(quotation))?;
        let pieces: Vec<_> = quotation.content.iter().map(|piece| clean(&piece.text)).collect();
        let content = match quotation.kind() {
            pb::QuotationKind::Direct => format!("«{}»", pieces.join(" … ")),
            _ => pieces.join(" … "),
        };
        for line in wrap(&content, width.saturating_sub(indent).max(20)) {
            writeln!(out, "{:indent$}{}", "", isolate(&line))?;
        }
    }
    Ok(())
}

/// Rows of an expression, its value and its kind.
fn table(out: &mut dyn Write, name: &str, rows: Vec<(&str, String, String)>) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    heading(out, name)?;
    let rows: Vec<_> = rows.into_iter().map(|(text, value, kind)| (clean(text), clean(&value), kind)).collect();
    let text_width = rows.iter().map(|(text, ..)| columns(text)).max().unwrap_or(0).min(NAME_COLUMNS);
    let value_width = rows.iter().map(|(_, value, _)| columns(value)).max().unwrap_or(0).min(NAME_COLUMNS);
    for (text, value, kind) in rows {
        let text = cell(&text, text_width);
        let value = cell(if value.is_empty() { "?" } else { &value }, value_width);
        writeln!(out, "  {text}  {VALUE}{value}{VALUE:#}  {DIM}{kind}{DIM:#}")?;
    }
    Ok(())
}

fn relations(out: &mut dyn Write, answer: &pb::ExtractResponse, width: usize) -> io::Result<()> {
    if answer.relations.is_empty() {
        return Ok(());
    }
    heading(out, "Relations")?;
    for relation in &answer.relations {
        let name = |id: &str| labels::entity(answer, id).map(|entity| clean(&entity.name)).unwrap_or_default();
        let kind = labels::words(relation.r#type().as_str_name(), "RELATION_TYPE_");
        let subject = isolate(&name(&relation.subject_entity_id));
        let object = isolate(&clean(labels::object(answer, relation)));
        writeln!(out, "  {subject} {VALUE}{kind}{VALUE:#} {object}")?;
        if let Some(evidence) = &relation.evidence {
            let text = clip(&clean(&evidence.text), width.saturating_sub(4));
            writeln!(out, "    {DIM}{}{DIM:#}", isolate(&text))?;
        }
    }
    Ok(())
}

fn color_of(kind: pb::EntityType) -> Style {
    use pb::EntityType as Type;
    match kind {
        Type::Person => AnsiColor::Cyan.on_default(),
        Type::Organization => AnsiColor::Magenta.on_default(),
        Type::Geopolitical | Type::Location | Type::Facility => AnsiColor::Green.on_default(),
        Type::Unspecified | Type::Group | Type::Event | Type::Product | Type::Work | Type::Law => {
            AnsiColor::Blue.on_default()
        }
    }
}

fn color_of_word(upos: &str) -> Style {
    match upos {
        "PROPN" => AnsiColor::Cyan.on_default(),
        "NOUN" | "ADJ" | "NUM" => AnsiColor::Green.on_default(),
        "VERB" | "AUX" => AnsiColor::Magenta.on_default(),
        _ => DIM,
    }
}
