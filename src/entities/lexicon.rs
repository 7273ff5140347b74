//! The word lists of titles, name heads and context words, keyed by folded stems without the article.

use rustc_hash::FxHashMap;

use super::EntityType;
use crate::text::fold;

/// What a title word says of its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TitleClass {
    /// Takes an institution, a field or a place as complement: وزير, رئيس.
    Office,
    /// Stands before a name: اللواء.
    Rank,
    /// Stands before a name: السيد, الشهيد.
    Honorific,
    /// Said of a name: المخرج.
    Profession,
    /// Stands for a person whom the text does not name: مصدر.
    Source,
}

/// A word that heads a title.
#[derive(Clone, Copy, Debug)]
pub(super) struct TitleWord {
    pub(super) class: TitleClass,
    pub(super) feminine: bool,
    pub(super) plural: bool,
    /// Whether it is a title only beside a name or with a complement.
    pub(super) adjunct: bool,
    /// Number of its row: forms of one lemma share it.
    pub(super) lemma: u16,
}

/// How the name after a head is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeadKind {
    /// Public bodies and places: the places inside are mentions of their own.
    Public,
    /// Parties, companies, clubs, media: what follows is one name.
    Private,
    /// Everyday nouns that head a name only before another name or a nationality.
    Weak,
    /// Clubs: before a town or its adjective, مستقبل المرسى, النجم الساحلي.
    Club,
    /// Services: only with the article and an adjective, الحماية المدنية.
    Service,
    /// Nouns that head a name only before the name of a place or another known one: هجوم لندن.
    Placed,
    /// Nouns that head a name only before quotation marks: فيلم «…».
    Quoted,
}

/// A noun that heads a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct HeadWord {
    pub(super) entity: EntityType,
    pub(super) kind: HeadKind,
}

/// The roles of a context word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Roles(u16);

impl Roles {
    pub(super) const STATUS: Self = Self(1);
    pub(super) const RANK_MODIFIER: Self = Self(1 << 1);
    pub(super) const NAME_ADJECTIVE: Self = Self(1 << 2);
    pub(super) const FIELD: Self = Self(1 << 3);
    pub(super) const INTRODUCER: Self = Self(1 << 5);
    pub(super) const CONNECTOR: Self = Self(1 << 6);
    pub(super) const STOP: Self = Self(1 << 7);
    pub(super) const RELATIONAL: Self = Self(1 << 8);
    /// A particle that can begin a name.
    pub(super) const OPENER: Self = Self(1 << 10);
    /// Looks like a nationality or a name and mostly is none.
    pub(super) const COMMON: Self = Self(1 << 11);
    /// Goes before a place's name and is no part of it: مدينة.
    pub(super) const DESCRIPTOR: Self = Self(1 << 12);
    /// A woman's given name without ة.
    pub(super) const FEMININE_NAME: Self = Self(1 << 13);
    /// First word of a title of two words.
    pub(super) const COMPOUND: Self = Self(1 << 9);

    /// Whether the word has one of `roles`.
    pub(super) fn any(self, roles: Self) -> bool {
        self.0 & roles.0 != 0
    }

    /// Whether the role of number `bit` is among them.
    pub(super) fn bit(self, bit: u32) -> bool {
        self.0 & 1 << bit != 0
    }

    /// Both sets of roles.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn named(name: &str) -> Self {
        match name {
            "status" => Self::STATUS,
            "rank_modifier" => Self::RANK_MODIFIER,
            "name_adjective" => Self::NAME_ADJECTIVE,
            "field" => Self::FIELD,
            "introducer" => Self::INTRODUCER,
            "connector" => Self::CONNECTOR,
            "opener" => Self::OPENER.and(Self::CONNECTOR),
            "stop" => Self::STOP,
            "feminine_name" => Self::FEMININE_NAME,
            "descriptor" => Self::DESCRIPTOR,
            "common" => Self::COMMON,
            "relational" => Self::RELATIONAL,
            _ => Self::default(),
        }
    }
}

/// What the lists say of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Listed {
    pub(super) title: Option<TitleWord>,
    pub(super) head: Option<HeadWord>,
    pub(super) roles: Roles,
    /// The alef that the listed form begins with, where it has a hamza: أ, إ or آ.
    pub(super) alef: Option<char>,
}

impl Listed {
    /// Whether the form as `written`, without its article, can be the listed one: أمام is not إمام.
    pub(super) fn spelt(&self, written: &str) -> bool {
        let alef = hamza(written);
        alef.is_none() || self.alef.is_none() || alef == self.alef
    }

    /// Whether no list has the word.
    pub(super) fn is_empty(&self) -> bool {
        self.title.is_none() && self.head.is_none() && self.roles == Roles::default()
    }
}

/// The lists.
#[derive(Debug)]
pub(super) struct Lexicon {
    words: FxHashMap<String, Listed>,
}

impl Default for Lexicon {
    fn default() -> Self {
        let mut lexicon = Self { words: FxHashMap::default() };
        lexicon.read_titles(include_str!("../../resources/titles.tsv"));
        lexicon.read_heads(include_str!("../../resources/name_heads.tsv"));
        lexicon.read_context(include_str!("../../resources/context_words.tsv"));
        lexicon
    }
}

impl Lexicon {
    /// What the lists say of the folded `stem`, which has no article; of two words where they form one title.
    pub(super) fn get(&self, stem: &str) -> Listed {
        self.words.get(stem).copied().unwrap_or_default()
    }

    fn entry(&mut self, form: &str) -> &mut Listed {
        let entry = self.words.entry(key(form)).or_default();
        entry.alef = hamza(form);
        entry
    }

    fn read_titles(&mut self, table: &str) {
        for (lemma, row) in rows(table).enumerate() {
            let [masculine, feminine, plurals, class] = columns(row);
            let adjunct = class.starts_with("adjunct");
            let class = match class {
                "office" | "adjunct_office" => TitleClass::Office,
                "rank" => TitleClass::Rank,
                "honorific" => TitleClass::Honorific,
                "source" => TitleClass::Source,
                _ => TitleClass::Profession,
            };
            let lemma = u16::try_from(lemma).unwrap_or(u16::MAX);
            let forms = [(masculine, false, false), (feminine, true, false)];
            let plurals = plurals.split('|').map(|form| (form, false, true));
            for (form, feminine, plural) in forms.into_iter().chain(plurals).filter(|f| f.0 != "-") {
                if let Some((first, _)) = form.split_once(' ') {
                    let opener = self.entry(first);
                    opener.roles = opener.roles.and(Roles::COMPOUND);
                }
                self.entry(form).title.get_or_insert(TitleWord { class, feminine, plural, adjunct, lemma });
            }
        }
    }

    fn read_heads(&mut self, table: &str) {
        for row in rows(table) {
            let [form, entity, kind, _] = columns(row);
            let entity = match entity {
                "facility" => EntityType::Facility,
                "location" => EntityType::Location,
                "geopolitical" => EntityType::Geopolitical,
                "event" => EntityType::Event,
                "law" => EntityType::Law,
                "work" => EntityType::Work,
                "product" => EntityType::Product,
                _ => EntityType::Organization,
            };
            let kind = match kind {
                "private" => HeadKind::Private,
                "weak" => HeadKind::Weak,
                "club" => HeadKind::Club,
                "service" => HeadKind::Service,
                "placed" => HeadKind::Placed,
                "quoted" => HeadKind::Quoted,
                _ => HeadKind::Public,
            };
            self.entry(form).head.get_or_insert(HeadWord { entity, kind });
        }
    }

    fn read_context(&mut self, table: &str) {
        for row in rows(table) {
            let [form, roles, ..] = columns(row);
            let roles = roles.split('|').map(Roles::named).fold(Roles::default(), Roles::and);
            let entry = self.entry(form);
            entry.roles = entry.roles.and(roles);
        }
    }
}

/// The rows of a table without its comments.
fn rows(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// The first four columns of a row; empty where it has fewer.
fn columns(row: &str) -> [&str; 4] {
    let mut columns = row.split('\t');
    std::array::from_fn(|_| columns.next().unwrap_or_default())
}

/// The alef with hamza or madda that `form` begins with.
fn hamza(form: &str) -> Option<char> {
    form.chars().next().filter(|c| matches!(c, 'أ' | 'إ' | 'آ'))
}

/// Folded, each word without its article.
pub(super) fn key(form: &str) -> String {
    let folded: String = fold::word(form);
    let stem = |word| str::strip_prefix(word, "ال").filter(|rest| rest.chars().nth(1).is_some()).unwrap_or(word);
    let stems: Vec<&str> = folded.split(' ').map(stem).collect();
    stems.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_their_folded_stem() {
        let lexicon = Lexicon::default();
        assert!(lexicon.get("رئيس").title.is_some_and(|t| !t.feminine && t.class == TitleClass::Office));
        assert!(lexicon.get("رئيسة").title.is_some_and(|t| t.feminine));
        assert!(lexicon.get("وزراء").title.is_some_and(|t| t.plural));
        assert!(lexicon.get("اتحاد").head.is_some_and(|h| h.kind == HeadKind::Public));
        assert!(lexicon.get("رجل اعمال").title.is_some(), "both words of رجل أعمال without article and hamza");
        assert!(lexicon.get("رجل").roles.any(Roles::COMPOUND));
        assert!(lexicon.get("اسبق").roles.any(Roles::STATUS));
        assert!(lexicon.get("كلمة").is_empty());
    }

    #[test]
    fn every_row_is_well_formed() {
        for (table, width) in [
            (include_str!("../../resources/titles.tsv"), 4),
            (include_str!("../../resources/name_heads.tsv"), 3),
            (include_str!("../../resources/context_words.tsv"), 2),
        ] {
            for row in rows(table) {
                assert_eq!(row.split('\t').count(), width, "columns of {row}");
                assert!(row.split('\t').all(|c| !c.is_empty() && c.trim() == c), "an empty or padded column in {row}");
            }
        }
    }
}
