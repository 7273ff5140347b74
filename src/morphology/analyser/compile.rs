//! The layout of the compiled lexicon, shared by the build script, which writes it, and the analyser, which reads it.
//!
//! | section | what |
//! |---|---|
//! | `stems` | fst: folded stem without marks → byte of `postings` |
//! | `postings` | for each stem a count, then lexeme, class and vocalized stem (in `strings`), all LEB128 |
//! | `lexemes` | 17 bytes each: part of speech, then lemma, root, pattern and gloss as u32 places in `strings` |
//! | `strings` | a length in LEB128 and so many bytes of UTF-8, each string once |
//! | `cells` | 9 bytes each, sorted: class u16, prefix u8, ending u8, context u8, and the possible values u32 |
//! | `names` | fst: words that are names |
//! | `affixes` | prefixes, a blank line, endings, a line each: their numbers |

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Parts of speech by their number.
pub const PARTS: [&str; 7] = ["NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV", "INTJ"];

/// Features with their values by their number: a bit for each value and, before them, one for none.
pub const FEATURES: [(&str, &[&str]); 8] = [
    ("Aspect", &["Imp", "Perf"]),
    ("Case", &["Acc", "Gen", "Nom"]),
    ("Definite", &["Cons", "Def", "Ind"]),
    ("Gender", &["Fem", "Masc"]),
    ("Mood", &["Imp", "Ind", "Jus", "Sub"]),
    ("Number", &["Dual", "Plur", "Sing"]),
    ("Person", &["1", "2", "3"]),
    ("Voice", &["Act", "Pass"]),
];

/// What stands around a stem with its ending, as `paradigms.tsv` writes it; for a word without endings everything may.
pub const CONTEXTS: [&str; 7] = ["", "+", "i", "d", "c", "c+", "c1"];

/// The bit of a cell whose values are rare; those of the values are 30.
pub const RARE: u32 = 1 << 31;

/// Bytes of a lexeme.
pub const LEXEME: usize = 17;
/// Bytes of a cell.
pub const CELL: usize = 9;

/// The compiled tables.
#[derive(Default)]
pub struct Sections {
    pub stems: Vec<u8>,
    pub postings: Vec<u8>,
    pub lexemes: Vec<u8>,
    pub strings: Vec<u8>,
    pub cells: Vec<u8>,
    pub names: Vec<u8>,
    pub affixes: Vec<u8>,
}

/// A letter as the keys of stems have it: one alef, ي for ى, ه for ة. As many bytes.
pub fn folded(letter: char) -> char {
    match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        other => other,
    }
}

/// Letters as the keys of stems have them.
pub fn fold(form: &str) -> String {
    form.chars().map(folded).collect()
}

/// Whether `c` is a vowel mark, a shadda or a tatweel.
pub fn mark(c: char) -> bool {
    matches!(c, '\u{64B}'..='\u{652}' | '\u{670}' | '\u{640}')
}

/// Strings, each once.
#[derive(Default)]
struct Strings {
    bytes: Vec<u8>,
    places: HashMap<String, u32>,
}

impl Strings {
    fn place(&mut self, string: &str) -> Result<u32, String> {
        if let Some(&place) = self.places.get(string) {
            return Ok(place);
        }
        let place = u32::try_from(self.bytes.len()).map_err(|e| e.to_string())?;
        number(string.len() as u64, &mut self.bytes);
        self.bytes.extend(string.bytes());
        self.places.insert(string.to_owned(), place);
        Ok(place)
    }
}

/// Appends `value` in LEB128.
fn number(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Compiles the tables, each a file's text, and words that are names.
///
/// # Errors
/// Says which line is not as it should be.
pub fn compile(lexemes: &str, paradigms: &str, names: &BTreeSet<String>) -> Result<Sections, String> {
    let names = fst::Set::from_iter(names).map_err(|e| e.to_string())?.into_fst().into_inner();
    let mut sections = Sections { names, ..Sections::default() };
    let mut strings = Strings::default();
    strings.place("")?;
    let mut stems: BTreeMap<String, Vec<(u32, u16, u32)>> = BTreeMap::new();
    let lines = |table| str::lines(table).enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    for (lexeme, (n, line)) in (0..).zip(lines(lexemes)) {
        let wrong = |what: &str| format!("lexemes.tsv:{}: {what}", n + 1);
        let [lemma, upos, root, pattern, gloss, forms] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(wrong("not six columns"));
        };
        let upos = PARTS.iter().position(|&p| p == upos).ok_or_else(|| wrong("no part of speech"))?;
        sections.lexemes.push(upos as u8);
        for string in [lemma, root, pattern, gloss] {
            sections.lexemes.extend(strings.place(string)?.to_le_bytes());
        }
        for form in forms.split(' ') {
            let (stem, classes) = form.rsplit_once(':').ok_or_else(|| wrong("a stem without classes"))?;
            let bare: String = stem.chars().filter(|&c| !mark(c)).collect();
            let key = fold(&bare);
            for class in classes.split(',') {
                let class = class.parse().map_err(|_| wrong("no class"))?;
                stems.entry(key.clone()).or_default().push((lexeme, class, strings.place(stem)?));
            }
        }
    }
    let mut builder = fst::MapBuilder::memory();
    for (key, postings) in &stems {
        builder.insert(key, sections.postings.len() as u64).map_err(|e| e.to_string())?;
        number(postings.len() as u64, &mut sections.postings);
        for &(lexeme, class, stem) in postings {
            for value in [lexeme, u32::from(class), stem] {
                number(u64::from(value), &mut sections.postings);
            }
        }
    }
    sections.stems = builder.into_inner().map_err(|e| e.to_string())?;
    sections.strings = strings.bytes;

    let (mut prefixes, mut endings) = (vec![""], vec![""]);
    let mut cells = Vec::new();
    for (n, line) in lines(paradigms) {
        let wrong = |what: &str| format!("paradigms.tsv:{}: {what}", n + 1);
        let [class, prefix, ending, context, features] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(wrong("not five columns"));
        };
        let class: u16 = class.parse().map_err(|_| wrong("no class"))?;
        let context = CONTEXTS.iter().position(|&c| c == context).ok_or_else(|| wrong("no context"))?;
        let place = |list: &mut Vec<_>, affix| -> Result<u8, String> {
            let place = list.iter().position(|&known| known == affix).unwrap_or_else(|| {
                list.push(affix);
                list.len() - 1
            });
            u8::try_from(place).map_err(|_| wrong("more than 256 affixes"))
        };
        let (prefix, ending) = (place(&mut prefixes, prefix)?, place(&mut endings, ending)?);
        let rare = features.strip_prefix('?');
        let values = possible(rare.unwrap_or(features)).ok_or_else(|| wrong("no features"))?;
        let values = values | if rare.is_some() { RARE } else { 0 };
        cells.push((class, prefix, ending, context as u8, values));
    }
    cells.sort_unstable();
    for (class, prefix, ending, context, values) in cells {
        sections.cells.extend(class.to_be_bytes());
        sections.cells.extend([prefix, ending, context]);
        sections.cells.extend(values.to_be_bytes());
    }
    sections.affixes = format!("{}\n\n{}", prefixes.join("\n"), endings.join("\n")).into_bytes();
    Ok(sections)
}

/// The bits of `Gender=Fem,Masc|Number=Sing`; a feature that is not told has none.
fn possible(features: &str) -> Option<u32> {
    let mut told = HashMap::new();
    for feature in features.split('|').filter(|f| !f.is_empty()) {
        let (name, values) = feature.split_once('=')?;
        told.insert(name, values);
    }
    let (mut bits, mut at) = (0, 0);
    let mut used = 0;
    for (name, values) in FEATURES {
        match told.get(name) {
            None => bits |= 1 << at,
            Some(given) => {
                used += 1;
                for value in given.split(',') {
                    let number = if value == "-" { 0 } else { 1 + values.iter().position(|&v| v == value)? };
                    bits |= 1 << (at + number);
                }
            }
        }
        at += 1 + values.len();
    }
    (used == told.len()).then_some(bits)
}
