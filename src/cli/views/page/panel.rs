//! What was extracted, beside the text: each entry leads to its places.

use std::io::{self, Write};

use rustc_hash::FxHashMap;

use super::{Page, arabic, escape, labels};
use crate::{cli::views::labels::GROUPS, pb};

impl Page<'_> {
    /// Everything that was extracted.
    pub fn panel(&self, out: &mut dyn Write) -> io::Result<()> {
        let answer = self.answer;
        let found = [
            answer.entities.len(),
            answer.quotations.len(),
            answer.times.len(),
            answer.amounts.len(),
            answer.relations.len(),
        ];
        if found == [0; 5] {
            return writeln!(out, r#"<aside><p class="nothing">لم يُستخرج شيء من هذا النص.</p></aside>"#);
        }
        // on a page of several documents, labels tell the panels apart
        let name = escape(self.show.name);
        writeln!(out, r#"<aside tabindex="0" role="region" aria-label="ما استُخرج من {name}">"#)?;
        self.contents(out)?;
        self.entities(out)?;
        self.unknown_speakers(out)?;
        self.timeline(out)?;
        self.amounts(out)?;
        self.relations(out)?;
        out.write_all(b"</aside>\n")
    }

    /// The sections that follow.
    fn contents(&self, out: &mut dyn Write) -> io::Result<()> {
        let answer = self.answer;
        write!(out, r#"<nav aria-label="أقسام {}">"#, escape(self.show.name))?;
        for group in &GROUPS {
            let count = answer.entities.iter().filter(|entity| entity.r#type() == group.kind).count();
            self.content(out, kind(group.kind), group.arabic, count)?;
        }
        self.content(out, "unknown", "بلا قائل معروف", answer.quotations.iter().filter(|q| self.is_unknown(q)).count())?;
        self.content(out, "times", "الأوقات", answer.times.len())?;
        self.content(out, "amounts", "المقادير", answer.amounts.len())?;
        self.content(out, "relations", "العلاقات", answer.relations.len())?;
        writeln!(out, "</nav>")
    }

    fn content(&self, out: &mut dyn Write, section: &str, title: &str, count: usize) -> io::Result<()> {
        if count == 0 {
            return Ok(());
        }
        write!(out, r##"<a class="{section}" href="#{}-{section}">{title} <b>{count}</b></a>"##, self.id)
    }

    pub fn heading(&self, out: &mut dyn Write, section: &str, title: &str) -> io::Result<()> {
        writeln!(out, r#"<h2 id="{}-{section}" class="{section}">{title}</h2>"#, self.id)
    }

    fn entities(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut said: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (index, quotation) in self.answer.quotations.iter().enumerate() {
            for speaker in &quotation.speakers {
                let numbers = said.entry(&speaker.entity_id).or_default();
                if numbers.last() != Some(&index) {
                    numbers.push(index);
                }
            }
        }
        for group in &GROUPS {
            let mut of_kind: Vec<_> =
                self.answer.entities.iter().filter(|entity| entity.r#type() == group.kind).collect();
            if of_kind.is_empty() {
                continue;
            }
            of_kind.sort_by(|one, other| {
                other.salience.total_cmp(&one.salience).then(other.mentions.len().cmp(&one.mentions.len()))
            });
            self.heading(out, kind(group.kind), group.arabic)?;
            out.write_all(b"<ul>\n")?;
            for entity in of_kind {
                self.entity(out, entity, said.get(entity.id.as_str()).map_or(&[], Vec::as_slice))?;
            }
            out.write_all(b"</ul>\n")?;
        }
        Ok(())
    }

    /// An entity with the quotations that it said, by their indexes.
    fn entity(&self, out: &mut dyn Write, entity: &pb::Entity, said: &[usize]) -> io::Result<()> {
        let id = format!("{}{}", self.id, escape(&entity.id));
        let quotations = said.iter().filter_map(|&index| Some((index + 1, self.answer.quotations.get(index)?)));
        let quotations: Vec<_> = quotations.collect();
        let hue = quotations.first().map(|(_, first)| format!(r#" style="--hue: {}""#, Self::hue(first)));
        let kind = kind(entity.r#type());
        writeln!(out, r#"<li id="{id}" class="entity {kind}" data-e="{id}"{}>"#, hue.unwrap_or_default())?;
        write!(out, r#"<p class="name"><b>{}</b>"#, escape(&entity.name))?;
        if !entity.latin_name.is_empty() {
            write!(out, r#" <bdi class="latin" lang="und-Latn" dir="ltr">{}</bdi>"#, escape(&entity.latin_name))?;
        }
        out.write_all(b"</p>\n")?;
        let titles = labels::titles(entity);
        if !titles.is_empty() {
            writeln!(out, r#"<p class="titles">{}</p>"#, escape(&titles.join("، ")))?;
        }
        let mut facts = vec![arabic::entity(entity.r#type()).to_owned(), arabic::PLACES.count(entity.mentions.len())];
        if !quotations.is_empty() {
            facts.push(arabic::QUOTATIONS.count(quotations.len()));
        }
        facts.extend(entity.ids.iter().map(register));
        let facts: Vec<_> = facts.into_iter().map(|fact| format!("<span>{fact}</span>")).collect();
        writeln!(out, r#"<p class="facts">{}</p>"#, facts.join(" "))?;
        if !quotations.is_empty() {
            out.write_all(b"<ol class=\"said\">\n")?;
            for (number, quotation) in quotations {
                self.quotation(out, number, quotation, &entity.id)?;
            }
            out.write_all(b"</ol>\n")?;
        }
        out.write_all("<p class=\"places\">في النص: ".as_bytes())?;
        for (number, mention) in (1..).zip(&entity.mentions) {
            let label = escape(&mention.text);
            write!(
                out,
                r##" <a href="#{}{}" aria-label="الموضع {number}: {label}">{number}</a>"##,
                self.id,
                escape(&mention.id)
            )?;
        }
        out.write_all(b"</p>\n</li>\n")
    }

    /// A quotation in the entry of its speaker `entity`, or of nobody.
    fn quotation(&self, out: &mut dyn Write, number: usize, quotation: &pb::Quotation, entity: &str) -> io::Result<()> {
        let id = &self.id;
        // one of several speakers has the id
        let first = quotation.speakers.first().is_none_or(|speaker| speaker.entity_id == entity);
        let own = if first { format!(r#" id="{id}q{number}i""#) } else { String::new() };
        let mut how = vec![arabic::quotation(quotation.kind()).to_owned()];
        if let Some(cue) = &quotation.cue {
            how.push(format!("{} (<q>{}</q>)", arabic::cue(cue.category()), escape(&cue.text)));
        }
        for speaker in &quotation.speakers {
            if speaker.entity_id == entity {
                let resolution = arabic::speaker(speaker.resolution());
                how.push(if entity.is_empty() { escape(&speaker.text).into_owned() } else { resolution.to_owned() });
            } else {
                how.push(format!("مع {}", escape(self.speaker(speaker))));
            }
        }
        if let Some(relay) = labels::entity(self.answer, &quotation.relayed_by_entity_id) {
            how.push(format!("عبر {}", escape(&relay.name)));
        }
        let how: Vec<_> =
            how.into_iter().filter(|word| !word.is_empty()).map(|word| format!("<span>{word}</span>")).collect();
        let kind = quotation.kind().as_str_name().trim_start_matches("QUOTATION_KIND_").to_lowercase();
        let pieces: Vec<_> = quotation.content.iter().map(|piece| piece.text.as_str()).collect();
        let content = escape(&pieces.join(" … ")).into_owned();
        let content = if kind == "direct" { format!("«{content}»") } else { content };
        writeln!(
            out,
            r##"<li{own} class="{kind}" value="{number}" style="--hue: {}"><p class="facts"><b>{number}</b> {}</p><a href="#{id}q{number}">{content}</a></li>"##,
            Self::hue(quotation),
            how.join(" ")
        )
    }

    /// Whether no entity is known to have said `quotation`.
    fn is_unknown(&self, quotation: &pb::Quotation) -> bool {
        quotation.speakers.iter().all(|speaker| labels::entity(self.answer, &speaker.entity_id).is_none())
    }

    fn unknown_speakers(&self, out: &mut dyn Write) -> io::Result<()> {
        let unknown: Vec<_> =
            (1..).zip(&self.answer.quotations).filter(|(_, quotation)| self.is_unknown(quotation)).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        self.heading(out, "unknown", "اقتباسات بلا قائل معروف")?;
        out.write_all(b"<ol class=\"said\">\n")?;
        for (number, quotation) in unknown {
            self.quotation(out, number, quotation, "")?;
        }
        out.write_all(b"</ol>\n")
    }

    fn amounts(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.answer.amounts.is_empty() {
            return Ok(());
        }
        self.heading(out, "amounts", "المقادير")?;
        out.write_all(b"<ul class=\"rows\">\n")?;
        let id = &self.id;
        for (number, amount) in (1..).zip(&self.answer.amounts) {
            let value = if amount.value.is_empty() { "؟".to_owned() } else { arabic::grouped(&amount.value) };
            writeln!(
                out,
                r##"<li><a id="{id}a{number}i" href="#{id}a{number}">{}</a> <span class="value"><bdi dir="ltr">{}</bdi> <bdi>{}</bdi></span></li>"##,
                escape(&amount.text),
                escape(&value),
                escape(&amount.unit)
            )?;
        }
        out.write_all(b"</ul>\n")
    }

    fn relations(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.answer.relations.is_empty() {
            return Ok(());
        }
        self.heading(out, "relations", "العلاقات")?;
        out.write_all(b"<ul class=\"relations\">\n")?;
        for (number, relation) in (1..).zip(&self.answer.relations) {
            let entity = |id: &str| match labels::entity(self.answer, id) {
                Some(entity) => {
                    format!(r##"<a href="#{}{}">{}</a>"##, self.id, escape(&entity.id), escape(&entity.name))
                }
                None => String::new(),
            };
            let (subject, object) = (entity(&relation.subject_entity_id), entity(&relation.object_entity_id));
            // sentences without verbs, which would tell a gender that is not known
            let sentence = match relation.r#type() {
                pb::RelationType::HoldsOffice => {
                    let office = escape(labels::object(self.answer, relation));
                    let of = if object.is_empty() { object } else { format!(" ({object})") };
                    format!("{subject} في منصب <b>{office}</b>{of}")
                }
                pb::RelationType::WorksFor => format!("{subject} من منتسبي {object}"),
                pb::RelationType::LocatedIn => format!("{subject} في {object}"),
                pb::RelationType::PartOf => format!("{subject} جزء من {object}"),
                pb::RelationType::Met => format!("لقاء بين {subject} و{object}"),
                pb::RelationType::Unspecified => format!("{subject} – {object}"),
            };
            let evidence = relation.evidence.as_ref().map_or("", |evidence| &evidence.text);
            writeln!(
                out,
                r##"<li>{sentence}.<br><a class="proof" href="#{}r{number}"><q>{}</q></a></li>"##,
                self.id,
                escape(evidence)
            )?;
        }
        out.write_all(b"</ul>\n")
    }
}

/// The class of what is of `kind`.
fn kind(kind: pb::EntityType) -> &'static str {
    use pb::EntityType as Type;
    match kind {
        Type::Person => "person",
        Type::Organization => "organization",
        Type::Geopolitical => "geopolitical",
        Type::Location => "location",
        Type::Facility => "facility",
        Type::Group => "group",
        Type::Event => "event",
        Type::Product => "product",
        Type::Work => "work",
        Type::Law => "law",
        Type::Unspecified => "",
    }
}

/// An identifier, as a link where its register has pages.
fn register(id: &pb::EntityId) -> String {
    let (authority, value) = (escape(&id.authority), escape(&id.value));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let page = match id.authority.as_str() {
        "geonames" if is_number(&value) => Some(format!("https://www.geonames.org/{value}")),
        "wikidata" if value.strip_prefix('Q').is_some_and(is_number) => {
            Some(format!("https://www.wikidata.org/wiki/{value}"))
        }
        _ => None,
    };
    let name = match id.authority.as_str() {
        "geonames" => "GeoNames",
        "iso3166-1" => "ISO 3166-1",
        "wikidata" => "Wikidata",
        _ => &authority,
    };
    let told = format!(r#"<bdi lang="en" dir="ltr">{name} {value}</bdi>"#);
    page.map_or(told.clone(), |page| format!(r#"<a href="{page}" rel="external noreferrer">{told}</a>"#))
}

/// What the signs of the page mean.
pub fn legend(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(include_bytes!("legend.html"))
}
