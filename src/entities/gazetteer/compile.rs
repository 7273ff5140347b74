//! Compiles names to the sections of a table. `build.rs` includes this file for the tables of `resources/`; the
//! library calls it for a deployment's own names.
//!
//! A key is a name's folded words, joined by one space. Sections, all integers little-endian:
//!
//! | section | content |
//! |---|---|
//! | `keys` | an fst map from each key to its rank in byte order |
//! | `ranks` | per rank 8 bytes: first posting `u32`, classes `u16`, classes that need no context `u16`; one more record closes the list |
//! | `postings` | `u32` each: the entry times 2, plus 1 where the form is ambiguous |
//! | `entries` | per entry 16 bytes: name, latin, ids as `u32` offsets into `strings`; class `u8`, 0, country as two ASCII bytes or zeros |
//! | `strings` | length `u8`, then that many bytes of UTF-8; offset 0 is the empty string |
//!
//! The name أبو ظبي makes two keys, `ابو ظبي` and `ابوظبي`, which share a posting.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::fold;

/// The classes as the tables write them, in the order of `Class`.
pub const CLASSES: [&str; 13] = [
    "person",
    "given_name",
    "family_name",
    "organization",
    "country",
    "place",
    "location",
    "facility",
    "event",
    "product",
    "work",
    "law",
    "nationality",
];

/// What a name's strings are at most, in bytes.
pub const MAX_STRING: usize = 255;

/// One spelling of a name.
#[derive(Clone, Debug)]
pub struct Form {
    /// Its normalized letters.
    pub text: String,
    /// Whether it is an everyday word too, or shared by several.
    pub ambiguous: bool,
}

/// A name to compile.
#[derive(Clone, Debug)]
pub struct Name {
    /// Index into [`CLASSES`].
    pub class: u8,
    /// Its spellings; the first is the canonical one.
    pub forms: Vec<Form>,
    /// Latin name or empty.
    pub latin: String,
    /// ISO 3166-1 alpha-2 or empty.
    pub country: String,
    /// `register:identifier` separated by spaces, or empty.
    pub ids: String,
}

/// A compiled table.
#[derive(Debug, Default)]
pub struct Sections {
    /// The fst map.
    pub keys: Vec<u8>,
    /// What each key leads to.
    pub ranks: Vec<u8>,
    /// Entries by key.
    pub postings: Vec<u8>,
    /// The entries.
    pub entries: Vec<u8>,
    /// Their strings.
    pub strings: Vec<u8>,
}

/// Compiles `names`, in the order of their entries. What a key surely names comes before what it may name.
///
/// # Errors
/// A string longer than [`MAX_STRING`], a name without letters, or a failure of the fst builder.
pub fn compile(names: &[Name]) -> Result<Sections, String> {
    let mut sections = Sections::default();
    let mut strings = Strings::default();
    strings.offset("")?;
    let mut postings: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (index, name) in names.iter().enumerate() {
        let index = u32::try_from(index).map_err(|e| e.to_string())?;
        let canonical = name.forms.first().ok_or("a name without forms")?;
        for offset in [&canonical.text, &name.latin, &name.ids].map(|s| strings.offset(s)) {
            sections.entries.extend(offset?.to_le_bytes());
        }
        let country = <[u8; 2]>::try_from(name.country.as_bytes()).unwrap_or_default();
        sections.entries.extend([name.class, 0, country[0], country[1]]);
        for form in &name.forms {
            for key in keys(&form.text) {
                if key.is_empty() {
                    return Err(format!("'{}' has no letters", form.text));
                }
                let found = postings.entry(key).or_default();
                // Of two forms with one key, the first decides whether it is ambiguous.
                if found.iter().all(|posting| posting >> 1 != index) {
                    found.push(index << 1 | u32::from(form.ambiguous));
                }
            }
        }
    }
    let mut map = fst::MapBuilder::memory();
    let mut first = 0_u32;
    for (rank, (key, found)) in (0_u64..).zip(&mut postings) {
        found.sort_unstable_by_key(|posting| (posting & 1, posting >> 1));
        map.insert(key, rank).map_err(|e| e.to_string())?;
        let (mut any, mut sure) = (0_u16, 0_u16);
        for posting in found.iter() {
            let class = 1 << names[(posting >> 1) as usize].class;
            any |= class;
            if posting & 1 == 0 {
                sure |= class;
            }
            sections.postings.extend(posting.to_le_bytes());
        }
        push_rank(&mut sections.ranks, first, any, sure);
        first += u32::try_from(found.len()).map_err(|e| e.to_string())?;
    }
    push_rank(&mut sections.ranks, first, 0, 0);
    sections.keys = map.into_inner().map_err(|e| e.to_string())?;
    sections.strings = strings.bytes;
    Ok(sections)
}

fn push_rank(ranks: &mut Vec<u8>, first: u32, any: u16, sure: u16) {
    ranks.extend(first.to_le_bytes());
    ranks.extend(any.to_le_bytes());
    ranks.extend(sure.to_le_bytes());
}

/// Strings, each stored once.
#[derive(Default)]
struct Strings {
    bytes: Vec<u8>,
    offsets: HashMap<String, u32>,
}

impl Strings {
    fn offset(&mut self, s: &str) -> Result<u32, String> {
        if let Some(&offset) = self.offsets.get(s) {
            return Ok(offset);
        }
        let len = u8::try_from(s.len()).map_err(|_| format!("'{s}' is longer than {MAX_STRING} bytes"))?;
        let offset = u32::try_from(self.bytes.len()).map_err(|e| e.to_string())?;
        self.bytes.push(len);
        self.bytes.extend(s.as_bytes());
        self.offsets.insert(s.to_owned(), offset);
        Ok(offset)
    }
}

/// The keys under which `name` is found: its folded words joined by one space, and again where newspapers write a
/// compound name apart or together (عبد الله, عبدالله).
pub fn keys(name: &str) -> BTreeSet<String> {
    let folded: String = name.chars().map(|c| if c == '-' { ' ' } else { fold::letter(c) }).collect();
    let words: Vec<&str> = folded.split_whitespace().collect();
    let mut keys = BTreeSet::from([words.join(" ")]);
    let mut spellings = vec![String::new()];
    let mut at = 0;
    while at < words.len() {
        let mut next = Vec::new();
        let (taken, variants) = spellings_at(&words, at);
        for spelling in &spellings {
            for variant in &variants {
                let gap = if spelling.is_empty() { "" } else { " " };
                next.push(format!("{spelling}{gap}{variant}"));
            }
        }
        // Four compounds in one name are more than any name has.
        next.truncate(16);
        spellings = next;
        at += taken;
    }
    keys.extend(spellings);
    keys
}

/// How many words of `words` from `at` on belong together, and the ways to write them.
fn spellings_at(words: &[&str], at: usize) -> (usize, Vec<String>) {
    let word = words[at];
    if let Some(&next) = words.get(at + 1) {
        let together = match word {
            "عبد" => next.starts_with("ال") || next == "رب",
            "ابو" | "ابي" | "ابا" => next.chars().count() > 2,
            _ => next == "الله" && word.chars().count() > 2 && !word.starts_with("ال"),
        };
        if together {
            return (2, vec![format!("{word} {next}"), format!("{word}{next}")]);
        }
    }
    let apart = |first: &str| {
        word.strip_prefix(first).filter(|rest| rest.chars().count() > 2).map(|rest| format!("{first} {rest}"))
    };
    let split = match word {
        _ if word.starts_with("عبدال") => apart("عبد"),
        _ if word.starts_with("ابو") => apart("ابو"),
        _ => word.strip_suffix("الله").filter(|first| first.chars().count() > 2).map(|first| format!("{first} الله")),
    };
    let mut variants = vec![word.to_owned()];
    variants.extend(split);
    if word == "بن" && at == 0 {
        variants.push("ابن".to_owned());
    }
    (1, variants)
}
