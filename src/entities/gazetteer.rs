//! Names that are known: the tables of `resources/`, compiled by `build.rs`, and a deployment's own.

pub mod compile;
mod table;

use std::ops::Range;

use table::Table;

// the compiler of the tables folds their keys with the same file
use super::names_file::NamesFile;
use crate::text::fold;
use crate::{
    morphology::clitics::{self, Cut},
    text::{Text, TokenKind},
};

/// What an entry names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// A public person's name, full or well known by itself.
    Person,
    /// A given name.
    GivenName,
    /// A family name.
    FamilyName,
    /// An organisation.
    Organization,
    /// A country.
    Country,
    /// A province or town.
    Place,
    /// A continent, region, sea, river or mountain.
    Location,
    /// A facility.
    Facility,
    /// An event.
    Event,
    /// A product.
    Product,
    /// A work.
    Work,
    /// A law or treaty.
    Law,
    /// A nationality or religious group, in one of its forms.
    Nationality,
}

impl Class {
    /// Every class, in the order of [`compile::CLASSES`].
    pub const ALL: [Self; 13] = [
        Self::Person,
        Self::GivenName,
        Self::FamilyName,
        Self::Organization,
        Self::Country,
        Self::Place,
        Self::Location,
        Self::Facility,
        Self::Event,
        Self::Product,
        Self::Work,
        Self::Law,
        Self::Nationality,
    ];

    /// The class as the tables write it.
    pub fn name(self) -> &'static str {
        compile::CLASSES[self as usize]
    }
}

/// What a phrase may name, without looking at its entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes {
    any: u16,
    sure: u16,
}

impl Classes {
    /// Whether it names a `class`, be it ambiguously.
    pub fn has(self, class: Class) -> bool {
        self.any & 1 << class as u8 != 0
    }

    /// Whether it names a `class` and is no everyday word.
    pub fn surely(self, class: Class) -> bool {
        self.sure & 1 << class as u8 != 0
    }

    /// Whether it names nothing.
    pub fn is_empty(self) -> bool {
        self.any == 0
    }
}

/// One entry; strings live in the compiled tables.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'g> {
    /// What it names.
    pub class: Class,
    /// The canonical Arabic name; for a nationality its masculine singular.
    pub name: &'g str,
    /// The established Latin name, or empty.
    pub latin_name: &'g str,
    /// ISO 3166-1 alpha-2 code of its country, or empty.
    pub country: &'g str,
    /// Public identifiers as `register:identifier`, separated by spaces, or empty.
    pub ids: &'g str,
    /// Whether the deployment added it.
    pub deployment: bool,
}

/// Where a known name stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The tokens that hold it.
    pub tokens: Range<usize>,
    /// Where it begins in the normalized form of the first token: after the clitics.
    pub host_begin: usize,
    /// What ل swallowed of the name's article: `ا` in للدوحة (الدوحة), `ال` in للجنة (اللجنة), else nothing. The name as
    /// it would stand alone is this and the letters from `host_begin` on.
    pub restored: &'static str,
    /// The entry, for [`Gazetteer::entry`].
    pub entry: u32,
    /// Whether the form that matched is an everyday word too, or shared by several, and needs context.
    pub ambiguous: bool,
}

/// The compiled tables. Entries of the first table are numbered from 0, of the second from [`SECOND`].
#[derive(Debug)]
pub struct Gazetteer {
    /// The built-in table, then the deployment's.
    tables: Vec<Table>,
}

/// Number of the second table's first entry.
const SECOND: u32 = 1 << 24;

impl Default for Gazetteer {
    /// The built-in tables. They are read in place; a test holds that the build made them readable.
    fn default() -> Self {
        Self { tables: Table::built_in().into_iter().collect() }
    }
}

impl Gazetteer {
    /// The built-in tables and a deployment's names, which win over them.
    ///
    /// # Errors
    /// When there are more names than a table can hold, which the limits of [`NamesFile`] rule out.
    pub fn with_names(names: &NamesFile) -> Result<Self, String> {
        let own = Table::of_deployment(compile::compile(names.names())?).map_err(|e| e.to_string())?;
        let mut gazetteer = Self::default();
        gazetteer.tables.push(own);
        Ok(gazetteer)
    }

    /// Appends every known name that begins in token `token`, at each of its cuts: longest first, and of equal length
    /// those that need no context first. Where the deployment names a phrase, only its entries are reported. Allocates
    /// nothing but in `hits`; takes time up to the longest key.
    pub fn hits_at(&self, text: &Text<'_>, token: usize, hits: &mut Vec<Hit>) {
        if !matches!(text.tokens()[token].kind, TokenKind::Word | TokenKind::Foreign) {
            return;
        }
        let first = hits.len();
        for &cut in clitics::cuts(text.normalized(token)).iter() {
            self.hits_of(text, token, cut, hits);
        }
        // لبنان is surely the country, so not ل and بنان; بيان may be a town, so ب and يان counts in context only.
        let mut kept = first;
        for i in first..hits.len() {
            let less_cut = |hit: &&Hit| hit.tokens == hits[i].tokens && hit.host_begin < hits[i].host_begin;
            let sure = hits[first..].iter().filter(less_cut).map(|hit| !hit.ambiguous).max();
            hits[i].ambiguous |= sure == Some(false);
            if sure != Some(true) {
                hits.swap(kept, i);
                kept += 1;
            }
        }
        hits.truncate(kept);
        hits[first..].sort_unstable_by_key(|hit| {
            let longest = usize::MAX - hit.tokens.end;
            (longest, hit.host_begin, hit.entry < SECOND, hit.ambiguous, hit.restored.is_empty(), hit.entry)
        });
    }

    /// Appends the names that begin with the host of `cut`.
    fn hits_of(&self, text: &Text<'_>, token: usize, cut: Cut, hits: &mut Vec<Hit>) {
        let first = hits.len();
        for (base, table) in self.numbered() {
            let (restored, host) = cut.host_form(text.folded(token));
            let mut walk = table.walk().feed(restored).and_then(|walk| walk.feed(host));
            let mut words = NameWords::from(text, token);
            while let Some(here) = walk {
                if let (Some(rank), Some(end)) = (here.rank(), words.end()) {
                    let tokens = token..end;
                    // على is seldom علي, though they fold alike.
                    let doubtful = tokens.clone().any(|t| is_preposition(text.normalized(t)));
                    if !hits[first..].iter().any(|hit| hit.tokens == tokens && hit.entry >= SECOND) {
                        hits.extend(table.postings(rank).map(|(entry, ambiguous)| Hit {
                            tokens: tokens.clone(),
                            host_begin: cut.host,
                            restored,
                            entry: base + entry,
                            ambiguous: ambiguous || doubtful,
                        }));
                    }
                }
                walk = words.next().and_then(|next| here.feed(" ")?.feed(text.folded(next)));
            }
        }
    }

    /// The tables, the deployment's first, with the number of their first entry.
    fn numbered(&self) -> impl Iterator<Item = (u32, &Table)> {
        [0, SECOND].into_iter().zip(&self.tables).rev()
    }

    /// The entries that the folded words `key` name, joined by one space; the deployment's alone where it names them.
    pub fn lookup<'g>(&'g self, key: &str) -> impl Iterator<Item = u32> + use<'g> {
        let found = self.numbered().find_map(|(base, table)| table.rank(key).map(|rank| (base, table, rank)));
        found.into_iter().flat_map(|(base, table, rank)| table.postings(rank).map(move |(entry, _)| base + entry))
    }

    /// What the folded words `key` may name, joined by one space.
    pub fn classes(&self, key: &str) -> Classes {
        let found = self.numbered().find_map(|(_, table)| table.rank(key).map(|rank| table.classes(rank)));
        found.unwrap_or_default()
    }

    /// The entry of a hit.
    pub fn entry(&self, id: u32) -> Option<Entry<'_>> {
        let table = self.tables.get(usize::from(id >= SECOND))?;
        table.entry(id % SECOND)
    }
}

/// Whether the token is على, with و or ف or without.
fn is_preposition(normalized: &str) -> bool {
    normalized.strip_prefix(['و', 'ف']).unwrap_or(normalized) == "على"
}

/// The words of a name as the text writes them: over single spaces, hyphens (غينيا-بيساو) and one pair of quotation marks
/// (حركة «حماس»).
struct NameWords<'t, 'd> {
    text: &'t Text<'d>,
    /// The last token read, and one past the last that the name may be in.
    last: usize,
    limit: usize,
    quoted: bool,
}

impl<'t, 'd> NameWords<'t, 'd> {
    fn from(text: &'t Text<'d>, token: usize) -> Self {
        Self { text, last: token, limit: text.sentence_of(token).end_token as usize, quoted: false }
    }

    /// One past the name's last token if it ends here: a quotation mark that was opened in it must close.
    fn end(&self) -> Option<usize> {
        if !self.quoted {
            return Some(self.last + 1);
        }
        self.is(self.last + 1, &["»", "\"", "”"]).then_some(self.last + 2)
    }

    /// The token that goes on with the name.
    fn next(&mut self) -> Option<usize> {
        let mut next = self.last + 1;
        if self.is(next, &["-", "‐", "–"]) && !self.space_before(next) {
            next += 1;
        } else if self.space_before(next) {
            let opens = !self.quoted && self.is(next, &["«", "\"", "“"]);
            self.quoted |= opens;
            next += usize::from(opens);
            if opens && self.space_before(next) {
                return None;
            }
        } else {
            return None;
        }
        self.last = next;
        (next < self.limit).then_some(next)
    }

    fn is(&self, token: usize, marks: &[&str]) -> bool {
        token < self.limit && marks.contains(&self.text.normalized(token))
    }

    fn space_before(&self, token: usize) -> bool {
        token < self.limit && self.text.tokens()[token].space_before
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Buffers;

    /// `name class entry's name` of every hit of `text`, ? marking the ambiguous ones.
    fn hits(gazetteer: &Gazetteer, text: &str) -> Vec<String> {
        let text = Text::read(text, Buffers::default());
        let mut hits = Vec::new();
        for token in 0..text.tokens().len() {
            gazetteer.hits_at(&text, token, &mut hits);
        }
        hits.iter()
            .map(|hit| {
                let entry = gazetteer.entry(hit.entry).unwrap();
                let first = &text.normalized(hit.tokens.start)[hit.host_begin..];
                let others = (hit.tokens.start + 1..hit.tokens.end).map(|t| format!(" {}", text.normalized(t)));
                let mark = if hit.ambiguous { "?" } else { "" };
                format!(
                    "{mark}{}{first}{} {} {}",
                    hit.restored,
                    others.collect::<String>(),
                    entry.class.name(),
                    entry.name
                )
            })
            .collect()
    }

    /// What is found first at the first token: as it would stand alone, its class and its entry's name.
    fn first(gazetteer: &Gazetteer, text: &str) -> String {
        hits(gazetteer, text).into_iter().next().unwrap_or_default()
    }

    #[test]
    fn names_are_found_behind_clitics() {
        let gazetteer = Gazetteer::default();
        for (text, expected) in [
            ("قطر", "قطر country قطر"),
            ("وقطر", "قطر country قطر"),
            ("بقطر", "قطر country قطر"),
            ("وبقطر", "قطر country قطر"),
            ("فلقطر", "قطر country قطر"),
            ("كالسعودية", "السعودية country السعودية"),
            ("للسعودية", "السعودية country السعودية"),
            ("وللسعودية", "السعودية country السعودية"),
            ("لليبيا", "ليبيا country ليبيا"),
            ("للبنان", "لبنان country لبنان"),
            ("للبنانيين", "اللبنانيين nationality لبناني"),
            ("للأمم المتحدة", "الأمم المتحدة organization الأمم المتحدة"),
            ("للدوحة", "الدوحة place الدوحة"),
            ("والولايات المتحدة الأميركية", "الولايات المتحدة الأميركية country الولايات المتحدة"),
        ] {
            assert_eq!(first(&gazetteer, text), expected, "in {text}");
        }
    }

    #[test]
    fn names_are_found_as_newspapers_vary_them() {
        let gazetteer = Gazetteer::default();
        for (text, expected) in [
            ("قَطَر", "قطر country قطر"),
            ("امريكا", "امريكا country الولايات المتحدة"),
            ("أميركا", "أميركا country الولايات المتحدة"),
            ("كوت ديفوار", "كوت ديفوار country ساحل العاج"),
            ("غينيا-بيساو", "غينيا - بيساو country غينيا بيساو"),
            ("أبو ظبي", "أبو ظبي place أبوظبي"),
            ("ابوظبي", "ابوظبي place أبوظبي"),
            ("سلمان بن عبد العزيز", "سلمان بن عبد العزيز person سلمان بن عبدالعزيز آل سعود"),
            ("سلمان بن عبدالعزيز", "سلمان بن عبدالعزيز person سلمان بن عبدالعزيز آل سعود"),
            ("حركة حماس", "حركة حماس organization حركة المقاومة الإسلامية"),
            ("حركة «حماس»", "حركة « حماس » organization حركة المقاومة الإسلامية"),
            ("الأمريكية", "الأمريكية nationality أمريكي"),
            ("الأميركيين", "الأميركيين nationality أمريكي"),
            ("أميركيون", "أميركيون nationality أمريكي"),
            ("المغاربة", "المغاربة nationality مغربي"),
            ("الكوري الشمالي", "الكوري الشمالي nationality كوري شمالي"),
        ] {
            assert_eq!(first(&gazetteer, text), expected, "in {text}");
        }
    }

    #[test]
    fn everyday_words_and_shared_names_are_ambiguous() {
        let gazetteer = Gazetteer::default();
        for text in ["أمل", "على", "النصر", "مالي", "الخبر", "سلام", "جمال"] {
            let found = hits(&gazetteer, text);
            assert!(found.iter().all(|hit| hit.starts_with('?')), "{text}: {found:?}");
        }
        for text in ["تونس", "محمد", "ماكرون", "اليونسكو", "التونسية", "البصرة"] {
            let found = hits(&gazetteer, text);
            assert!(found.iter().any(|hit| !hit.starts_with('?')), "{text}: {found:?}");
        }
        // the name, and the preposition that folds to it
        assert!(hits(&gazetteer, "علي عبد الله صالح").iter().any(|hit| hit.starts_with("علي عبد الله صالح person")));
        assert!(hits(&gazetteer, "على عبد الله صالح").iter().any(|hit| hit.starts_with("?على عبد الله صالح person")));
        // words that only look as if they had a clitic before a name
        assert_eq!(hits(&gazetteer, "لبنان"), ["لبنان country لبنان"]);
        assert!(hits(&gazetteer, "بيان").iter().all(|hit| hit.starts_with('?')), "{:?}", hits(&gazetteer, "بيان"));
    }

    #[test]
    fn a_name_ends_with_its_sentence_and_its_quotation_marks() {
        let gazetteer = Gazetteer::default();
        let whole = |text: &str| hits(&gazetteer, text).iter().any(|hit| hit.contains("country الولايات المتحدة"));
        assert!(whole("الولايات المتحدة"));
        for text in ["الولايات. المتحدة", "الولايات\nالمتحدة", "الولايات، المتحدة", "الولايات « المتحدة »"]
        {
            assert!(!whole(text), "{text}");
        }
        let found = hits(&gazetteer, "حركة «حماس الإسلامية»");
        assert!(!found.iter().any(|hit| hit.contains("حركة حماس")), "{found:?}");
    }

    #[test]
    fn the_longest_name_comes_first() {
        let gazetteer = Gazetteer::default();
        let text = Text::read("وعبد الفتاح السيسي", Buffers::default());
        let mut hits = Vec::new();
        gazetteer.hits_at(&text, 0, &mut hits);
        assert_eq!(hits[0].tokens, 0..3);
        assert!(hits.is_sorted_by_key(|hit| std::cmp::Reverse(hit.tokens.end)), "{hits:?}");
    }

    #[test]
    fn what_goes_on_for_ever_is_read_to_its_end() {
        let gazetteer = Gazetteer::default();
        for text in ["م".repeat(150_000), "«".repeat(50_000), "عبد الله بن ".repeat(10_000), "«بن ".repeat(10_000)]
        {
            let longest = hits(&gazetteer, &text).iter().map(|hit| hit.split(' ').count()).max();
            assert!(longest.unwrap_or_default() < 32, "{}…", &text[..8]);
        }
    }

    #[test]
    fn phrases_are_looked_up_without_a_text() {
        let gazetteer = Gazetteer::default();
        let country = gazetteer.lookup("فلسطين").find_map(|id| gazetteer.entry(id)).unwrap();
        assert_eq!((country.class, country.country, country.ids), (Class::Country, "PS", "iso3166-1:PS"));
        let place = gazetteer.lookup("الدوحه").count() + gazetteer.lookup("الدوحة").count();
        assert_eq!(place, 1);
        let classes = gazetteer.classes("محمد");
        assert!(classes.surely(Class::GivenName) && !classes.has(Class::Country));
        assert!(gazetteer.classes("امل").has(Class::GivenName) && !gazetteer.classes("امل").surely(Class::GivenName));
        assert!(gazetteer.classes("كلمة لا يعرفها أحد").is_empty());
    }

    #[test]
    fn a_deployment_wins_over_the_tables() {
        let names = "name\ttype\taliases\tlatin\tids\n\
                     قطر\torganization\tفريق قطر\tQatar Team\town:1 wikidata:Q1\n\
                     برج الورد\tfacility\t\t\t\n";
        let gazetteer = Gazetteer::with_names(&NamesFile::parse(names).unwrap()).unwrap();
        assert_eq!(hits(&gazetteer, "وقطر"), ["قطر organization قطر"]);
        assert_eq!(hits(&gazetteer, "أمير قطر").last().unwrap(), "قطر organization قطر");
        assert_eq!(first(&gazetteer, "دولة قطر"), "دولة قطر country قطر");
        let own = gazetteer.entry(gazetteer.lookup("فريق قطر").next().unwrap()).unwrap();
        assert!(own.deployment);
        assert_eq!((own.name, own.latin_name, own.ids), ("قطر", "Qatar Team", "own:1 wikidata:Q1"));
        assert!(gazetteer.classes("قطر").surely(Class::Organization) && !gazetteer.classes("قطر").has(Class::Country));
        assert_eq!(hits(&gazetteer, "ببرج الورد")[0], "برج الورد facility برج الورد");
    }

    #[test]
    fn the_same_names_compile_to_the_same_bytes() {
        let names: Vec<_> = ["نهر الورد", "عبد الله", "جبل", "نهر"]
            .map(|text| compile::Name {
                class: Class::Location as u8,
                forms: vec![compile::Form { text: text.to_owned(), ambiguous: false }],
                latin: String::new(),
                country: "TN".to_owned(),
                ids: String::new(),
            })
            .to_vec();
        let [one, two] = [(); 2].map(|()| compile::compile(&names).unwrap());
        assert_eq!((one.keys, one.ranks, one.postings), (two.keys, two.ranks, two.postings));
        assert_eq!((one.entries, one.strings), (two.entries, two.strings));
    }

    #[test]
    fn every_built_in_entry_can_be_read() {
        let gazetteer = Gazetteer::default();
        assert_eq!(gazetteer.tables.len(), 1, "the built-in tables could not be read");
        let count = (0..).map_while(|id| gazetteer.entry(id)).inspect(|entry| assert!(!entry.name.is_empty())).count();
        assert!(count > 50_000, "only {count} entries");
    }
}
