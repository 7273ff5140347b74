//! Numbers in digits and in words: `1.5`, `5ر10`, `10 000`, `خمسة وعشرون ألفا وثلاثمائة`, `3 ملايين ونصف المليون`.

use std::sync::LazyLock;

use super::{
    atoms::{Atoms, Reading},
    decimal::Decimal,
    lexicon::{Hit, Lexicon},
};

/// What a number word is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Word {
    /// 1 to 9.
    Unit(u64),
    /// 10, which closes 11 to 19.
    Ten,
    /// 20 to 90.
    Tens(u64),
    /// 100.
    Hundred,
    /// 200 to 900 in one word.
    Hundreds(u64),
    /// Thousand, million and so on.
    Scale(u64),
    /// A million in the accusative, or two of what is counted: `مليونا دولار`.
    ScaleA(u64),
    /// Thousands, millions: vague where no count precedes.
    Scales(u64),
    /// Two thousand, two million.
    Scale2(u64),
    /// A half, a quarter.
    Part(Decimal),
    /// Dozens, hundreds.
    Vague,
    /// First, second.
    Ordinal(u8),
    /// The first of a month.
    First,
    /// The word for the decimal point.
    Point,
}

static WORDS: LazyLock<Lexicon<Word>> =
    LazyLock::new(|| Lexicon::read(include_str!("../../resources/numbers/words.tsv"), word));

fn word(row: &[&str]) -> Option<Word> {
    let [class, value] = *row else { return None };
    let whole = || value.parse().ok();
    Some(match class {
        "unit" => Word::Unit(whole()?),
        "ten" => Word::Ten,
        "tens" => Word::Tens(whole()?),
        "hundred" => Word::Hundred,
        "hundreds" => Word::Hundreds(whole()?),
        "scale" => Word::Scale(whole()?),
        "scale_a" => Word::ScaleA(whole()?),
        "scales" => Word::Scales(whole()?),
        "scale2" => Word::Scale2(whole()?),
        "half" => Word::Part(Decimal::parse(value)?),
        "vague" => Word::Vague,
        "ordinal" => Word::Ordinal(value.parse().ok()?),
        "first" => Word::First,
        "point" => Word::Point,
        _ => return None,
    })
}

/// A number found in the text.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    /// Its value; `None` where it is vague (`مئات`) or too large.
    pub value: Option<Decimal>,
    /// Its value if the mark before its last three digits is a decimal point: 1.5 in `1.500`.
    pub decimal: Option<Decimal>,
    /// Whether that mark is a comma.
    pub comma: bool,
    /// The scale it ends with, 1000 in `5 آلاف`.
    pub scale: Option<Decimal>,
    /// One past its last atom.
    pub end: usize,
    /// Bytes of proclitics at its beginning.
    pub cut: usize,
    /// Whether its first word has the article.
    pub definite: bool,
    /// Whether it is digits alone.
    pub digits: bool,
}

impl Number {
    /// The whole number it is, if it is one.
    pub fn integer(self) -> Option<u64> {
        self.value?.integer()
    }
}

/// No number is longer, in atoms.
const LONGEST: usize = 24;

/// The longest number that begins at atom `start`.
pub fn number(atoms: &Atoms<'_>, start: usize) -> Option<Number> {
    let mut number = term(atoms, start, true)?;
    while let Some(scale) = number.scale.filter(|_| number.end < start + LONGEST) {
        let (at, glued) = conjunction(atoms, number.end);
        let Some(at) = at else { break };
        let Some(next) = term(atoms, at, false).filter(|n| n.cut == if glued { 2 } else { 0 }) else { break };
        let Some(addend) = next.value else { break };
        let part = PART.contains(&addend);
        let addend = if part {
            // a half of what was said: مليون ونصف, and of what is said again: مليون ونصف المليون
            match next.scale {
                Some(_) => addend,
                None => match addend.times(scale) {
                    Some(fraction) => fraction,
                    None => break,
                },
            }
        } else if addend.less(scale) && (next.scale.is_some() || !next.digits || addend.integer().is_some()) {
            addend
        } else {
            break;
        };
        number.value = number.value.and_then(|v| v.plus(addend));
        number.digits = false;
        number.scale = if part { None } else { next.scale };
        number.end = next.end;
    }
    Some(number)
}

/// A half and a quarter.
static PART: LazyLock<[Decimal; 2]> =
    LazyLock::new(|| ["0.5", "0.25"].map(|p| Decimal::parse(p).unwrap_or(Decimal::whole(0))));

/// The ordinal at atom `at`: its number, from 1; `الحادي والعشرون` is 21.
pub fn ordinal(atoms: &Atoms<'_>, at: usize) -> Option<Hit<u8>> {
    let hit = WORDS.find(atoms, at)?;
    let first = match hit.sense {
        Word::Ordinal(n) => n,
        Word::First => return Some(Hit { sense: 1, end: hit.end, cut: hit.cut, definite: true }),
        _ => return None,
    };
    let mut found = Hit { sense: first, end: hit.end, cut: hit.cut, definite: hit.definite };
    match WORDS.find(atoms, hit.end) {
        Some(Hit { sense: Word::Ten, cut: 0, end, .. }) => (found.sense, found.end) = (first + 10, end),
        // الثامنة وعشرين are hour and minutes: both words of an ordinal have the article or none has
        Some(Hit { sense: Word::Tens(tens), cut: 2, end, definite }) if first < 10 && definite == hit.definite => {
            (found.sense, found.end) = (first + u8::try_from(tens).unwrap_or(0), end);
        }
        _ => {}
    }
    Some(found)
}

/// Whether atom `at` is the word for one, as in `متر واحد`.
pub fn is_one(atoms: &Atoms<'_>, at: usize) -> bool {
    matches!(atoms.form(at), "واحد" | "واحدة")
}

/// Where what is joined to the atoms before `at` begins, and whether the و is written to it.
fn conjunction(atoms: &Atoms<'_>, at: usize) -> (Option<usize>, bool) {
    match atoms.form(at) {
        "و" => (Some(at + 1), false),
        form if form.starts_with('و') => (Some(at), true),
        _ => (None, false),
    }
}

/// A number below a thousand, or digits, with the scales after it.
fn term(atoms: &Atoms<'_>, start: usize, first: bool) -> Option<Number> {
    let mut number = literal(atoms, start).or_else(|| group(atoms, start, first)).or_else(|| scaled(atoms, start))?;
    let limit = start + LONGEST;
    while number.end < limit {
        let Some(hit) = WORDS.find(atoms, number.end).filter(|h| h.cut == 0) else { break };
        let (Word::Scale(scale) | Word::ScaleA(scale) | Word::Scales(scale)) = hit.sense else { break };
        let scale = Decimal::whole(scale);
        let value = number.decimal.take().or(number.value);
        number.value = value.and_then(|v| v.times(scale));
        number.scale = number.scale.map_or(Some(scale), |s| s.times(scale));
        number.end = hit.end;
        number.digits = false;
    }
    Some(number)
}

/// A scale without a count: one thousand, two million, or millions.
fn scaled(atoms: &Atoms<'_>, start: usize) -> Option<Number> {
    let hit = WORDS.find(atoms, start)?;
    let (count, scale) = match hit.sense {
        Word::Scale(scale) => (Some(1), scale),
        Word::Scale2(scale) => (Some(2), scale),
        Word::ScaleA(scale) => (Some(if atoms.form(hit.end).starts_with('و') { 1 } else { 2 }), scale),
        Word::Scales(scale) => (None, scale),
        _ => return None,
    };
    let scale = Decimal::whole(scale);
    Some(Number {
        value: count.and_then(|c| Decimal::whole(c).times(scale)),
        decimal: None,
        comma: false,
        scale: Some(scale),
        end: hit.end,
        cut: hit.cut,
        definite: hit.definite,
        digits: false,
    })
}

/// The number word at atom `at`. `وأحد` is and one, although its folded letters are those of one.
fn find(atoms: &Atoms<'_>, at: usize) -> Option<Hit<Word>> {
    if is_and_one(atoms, at) {
        let rest = atoms.form(at).get(2..).unwrap_or_default();
        return WORDS.at(atoms, at, Reading { cut: 2, key: rest, definite: false });
    }
    WORDS.find(atoms, at)
}

/// Whether atom `at` is `وأحد`, which its hamza tells from `واحد`.
fn is_and_one(atoms: &Atoms<'_>, at: usize) -> bool {
    atoms.exact(at) == "وأحد"
}

/// Number words below a thousand; `فاصلة` between two makes a decimal.
fn group(atoms: &Atoms<'_>, start: usize, first: bool) -> Option<Number> {
    let head = find(atoms, start)?;
    let mut number = Number {
        value: None,
        decimal: None,
        comma: false,
        scale: None,
        end: head.end,
        cut: head.cut,
        definite: head.definite,
        digits: false,
    };
    let mut last = head.sense;
    let mut value = match head.sense {
        Word::Unit(n) | Word::Tens(n) | Word::Hundreds(n) => n,
        Word::Ten => 10,
        Word::Hundred => 100,
        Word::Part(part) => return Some(Number { value: Some(part), ..number }),
        Word::Vague => {
            // عشرات الآلاف, and what they count: عشرات الأطنان
            return Some(number);
        }
        _ => return None,
    };
    while number.end < start + LONGEST {
        let (at, glued) = match conjunction(atoms, number.end) {
            (Some(at), glued) if is_and_one(atoms, at) || WORDS.find_bare(atoms, number.end).is_none() => {
                (at, Some(glued))
            }
            _ => (number.end, None),
        };
        let Some(hit) = find(atoms, at) else { break };
        if hit.cut != if glued == Some(true) { 2 } else { 0 } {
            break;
        }
        value = match (last, hit.sense, glued.is_some()) {
            (Word::Unit(_), Word::Ten, false) => value + 10,
            (Word::Unit(n), Word::Hundred, false) => value - n + n * 100,
            (Word::Unit(_), Word::Tens(tens), true) => value + tens,
            (Word::Hundred | Word::Hundreds(_), Word::Unit(n) | Word::Tens(n), true) => value + n,
            (Word::Hundred | Word::Hundreds(_), Word::Ten, true) => value + 10,
            _ => break,
        };
        last = if hit.sense == Word::Hundred { Word::Hundreds(0) } else { hit.sense };
        number.end = hit.end;
    }
    number.value = Some(Decimal::whole(value));
    if first
        && matches!(WORDS.find_bare(atoms, number.end), Some(Hit { sense: Word::Point, .. }))
        && let Some(fraction) = group(atoms, number.end + 1, false).filter(|f| f.cut == 0)
    {
        let digits = fraction.value.map(|v| v.to_string()).unwrap_or_default();
        number.value = Decimal::of(&value.to_string(), &digits);
        number.end = fraction.end;
    }
    Some(number)
}

/// A number in digits, with its decimals and thousands.
fn literal(atoms: &Atoms<'_>, start: usize) -> Option<Number> {
    let whole = atoms.digits(start)?;
    let mut number = Number {
        value: Decimal::of(whole, ""),
        decimal: None,
        comma: false,
        scale: None,
        end: start + 1,
        cut: 0,
        definite: false,
        digits: true,
    };
    let glued_digits = |at: usize| atoms.digits(at).filter(|_| atoms.is_glued(at));
    if let Some(next) = glued_digits(start + 2).filter(|_| atoms.is_glued(start + 1)) {
        let end = start + 3;
        match atoms.form(start + 1) {
            // the agencies' reversed decimals: 5ر10 is 10.5
            "ر" => (number.value, number.end) = (Decimal::of(next, whole), end),
            mark @ ("." | "," | "،") => grouped(atoms, start, mark, &mut number),
            _ => {}
        }
    } else if matches!(WORDS.find_bare(atoms, start + 1), Some(Hit { sense: Word::Point, .. }))
        && let Some(fraction) = atoms.digits(start + 2)
    {
        // 46 فاصل 5
        (number.value, number.end) = (Decimal::of(whole, fraction), start + 3);
    } else if atoms.form(start + 1) == "," && atoms.is_glued(start + 1) {
        // Egyptian papers write 28, 1% and 9, 4 مليار for 28.1% and 9.4
        let fraction = atoms.digits(start + 2).filter(|d| d.len() <= 2);
        let scale = matches!(WORDS.find_bare(atoms, start + 3), Some(Hit { sense: Word::Scale(_), .. }));
        if let Some(fraction) = fraction.filter(|_| scale || atoms.form(start + 3) == "%") {
            (number.value, number.end) = (Decimal::of(whole, fraction), start + 3);
        }
    } else if whole.len() <= 3 && !whole.starts_with('0') {
        // thousands with spaces: 1 500 000
        let mut digits = String::from(whole);
        let mut end = start + 1;
        while let Some(next) = atoms.digits(end).filter(|d| d.len() == 3 && digits.len() < 18) {
            digits.push_str(next);
            end += 1;
        }
        if end > start + 1 && !atoms.is_glued(start + 1) {
            (number.value, number.end) = (Decimal::of(&digits, ""), end);
        }
    }
    Some(number)
}

/// Reads the groups after the `mark` at `start + 1`: thousands, decimals, or one of the two.
fn grouped(atoms: &Atoms<'_>, start: usize, mark: &str, number: &mut Number) {
    let whole = atoms.form(start);
    let group = |at: usize| {
        atoms.digits(at + 1).filter(|_| atoms.is_glued(at) && atoms.is_glued(at + 1)).map(|d| (atoms.form(at), d))
    };
    let mut thousands = String::from(whole);
    let mut at = start + 1;
    while let Some((_, digits)) = group(at).filter(|&(m, d)| m == mark && d.len() == 3 && thousands.len() < 24) {
        thousands.push_str(digits);
        at += 2;
    }
    let groups = (at - start - 1) / 2;
    match (groups, group(at)) {
        // 1.234,5
        (1.., Some((other, fraction))) if other != mark && matches!(other, "." | "," | "،") => {
            (number.value, number.end) = (Decimal::of(&thousands, fraction), at + 2);
        }
        // neither 16.9.2025 nor 1.2.3 is a number
        (0, Some((_, fraction))) if (mark != "،" || fraction.len() <= 3) && group(at + 2).is_none() => {
            (number.value, number.end) = (Decimal::of(whole, fraction), at + 2);
        }
        (1, None) => {
            let fraction = atoms.form(start + 2);
            number.decimal = Decimal::of(whole, fraction);
            number.comma = mark != ".";
            number.value = if whole.starts_with('0') { number.decimal } else { Decimal::of(&thousands, "") };
            number.end = at;
        }
        (2.., None) => (number.value, number.end) = (Decimal::of(&thousands, ""), at),
        _ => {}
    }
}
