//! What words say of time, and a text as a row of such pieces.

use std::sync::LazyLock;

use super::value::Part;
use crate::numbers::{
    atoms::{AtomKind, Atoms},
    lexicon::Lexicon,
    words,
};

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// `ثانية`
    Second,
    /// `دقيقة`
    Minute,
    /// `ساعة`
    Hour,
    /// `ليلة`
    Night,
    /// `يوم`
    Day,
    /// `أسبوع`
    Week,
    /// `شهر`
    Month,
    /// `ربع`, `ثلاثي`
    Quarter,
    /// `نصف`, `سداسي`
    Half,
    /// `موسم`: of sports or school, from August to July.
    Season,
    /// `سنة`, `عام`
    Year,
    /// `عقد`
    Decade,
    /// `قرن`
    Century,
}

/// How many a unit's form says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Singular.
    One,
    /// Dual.
    Two,
    /// Plural.
    Many,
}

/// Before, at or after the present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// `الماضي`
    Past,
    /// `الجاري`
    This,
    /// `المقبل`
    Next,
}

impl Shift {
    /// -1, 0 or 1.
    pub fn sign(self) -> i64 {
        match self {
            Self::Past => -1,
            Self::This => 0,
            Self::Next => 1,
        }
    }
}

/// A preposition that places an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prep {
    /// `منذ`
    Since,
    /// `قبل`
    Before,
    /// `بعد`
    After,
    /// `في`, `خلال`
    In,
    /// `من`
    From,
    /// `إلى`, `حتى`
    To,
    /// `بين`
    Between,
}

/// Which part of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// `بداية`
    Start,
    /// `منتصف`
    Mid,
    /// `نهاية`
    End,
}

/// A calendar or era.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Era {
    /// Of the Hijra.
    Hijri,
    /// Of our era.
    Common,
    /// Before it.
    Before,
}

/// What a piece says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sense {
    /// A weekday, Monday is 1.
    Weekday(i8),
    /// A Gregorian month; weak where the word is common otherwise (`مارس`).
    Month { month: i8, weak: bool },
    /// A Hijri month.
    Hijri(i8),
    /// A day counted from the publication.
    Day(i64),
    /// The night of such a day.
    Night(i64),
    /// A unit of time.
    Unit(Unit, Count),
    /// The construct dual of a unit: `يومي 3 و4`.
    Pair(Unit),
    /// A part of the day.
    Part(Part),
    /// Early or late hours of what follows.
    Late,
    /// Noon or midnight.
    Noon(i8),
    /// Before, at or after the present.
    Shift(Shift),
    /// `هذا`
    This,
    /// `نفس`
    Same,
    /// A day counted from the one last spoken of.
    Follow(i64),
    /// Beginning, middle or end.
    Edge(Edge),
    /// A season.
    Season(&'static str),
    /// `فصل`
    SeasonWord,
    /// What a season or year is of: `الرياضي`.
    Kind,
    /// A vague reference.
    Vague(&'static str),
    /// A recurrence.
    Set(&'static str),
    /// `كل`
    Every,
    /// A preposition.
    Prep(Prep),
    /// `عدة`, `قليلة`
    Few,
    /// `كامل`, `واحد`
    Whole,
    /// A time zone, or `local`.
    Zone(&'static str),
    /// A calendar.
    Era(Era),
    /// A word that makes a number of years an age.
    Age,
    /// `الثمانينات`
    Decade(i16),
    /// `فترة`
    Period,
    /// The same period of another year.
    SamePeriod,
    /// The year last spoken of.
    SameYear,
    /// First, second.
    Ordinal(u8),
    /// `آخر` before a number of units
    Last,
    /// `بقية`
    Rest,
    /// `حوالي`, `أكثر من`
    Approx,
    /// `على التوالي`
    Row,
    /// A number word.
    Cardinal,
    /// Digits.
    Digits,
    /// The article before digits.
    Article,
    /// `و` on its own.
    And,
    /// A mark.
    Mark(char),
    /// The end of a sentence.
    Break,
    /// Anything else.
    Other,
}

static WORDS: LazyLock<Lexicon<Sense>> =
    LazyLock::new(|| Lexicon::read(include_str!("../../resources/time/words.tsv"), sense));

fn sense(row: &[&'static str]) -> Option<Sense> {
    let [name, argument] = *row else { return None };
    Some(match name {
        "weekday" => Sense::Weekday(argument.parse().ok()?),
        "month" => Sense::Month { month: argument.parse().ok()?, weak: false },
        "weak_month" => Sense::Month { month: argument.parse().ok()?, weak: true },
        "hijri" => Sense::Hijri(argument.parse().ok()?),
        "day" => Sense::Day(argument.parse().ok()?),
        "night" => Sense::Night(argument.parse().ok()?),
        "unit" => {
            let (code, count) = argument.split_at(1);
            let count = match count {
                "1" => Count::One,
                "2" => Count::Two,
                "n" => Count::Many,
                _ => return None,
            };
            Sense::Unit(unit(code)?, count)
        }
        "pair" => Sense::Pair(unit(argument)?),
        "part" => Sense::Part(match argument {
            "DN" => Part::Dawn,
            "MO" => Part::Morning,
            "MI" => Part::Midday,
            "AF" => Part::Afternoon,
            "EV" => Part::Evening,
            "NI" => Part::Night,
            _ => return None,
        }),
        "late" => Sense::Late,
        "noon" => Sense::Noon(argument.parse().ok()?),
        "shift" => Sense::Shift(match argument {
            "past" => Shift::Past,
            "this" => Shift::This,
            "next" => Shift::Next,
            _ => return None,
        }),
        "this" => Sense::This,
        "same" => Sense::Same,
        "follow" => Sense::Follow(argument.parse().ok()?),
        "edge" => Sense::Edge(match argument {
            "start" => Edge::Start,
            "mid" => Edge::Mid,
            "end" => Edge::End,
            _ => return None,
        }),
        "season" => Sense::Season(argument),
        "season_word" => Sense::SeasonWord,
        "kind" => Sense::Kind,
        "vague" => Sense::Vague(argument),
        "set" => Sense::Set(argument),
        "every" => Sense::Every,
        "prep" => Sense::Prep(match argument {
            "since" => Prep::Since,
            "before" => Prep::Before,
            "after" => Prep::After,
            "in" => Prep::In,
            "from" => Prep::From,
            "to" => Prep::To,
            "between" => Prep::Between,
            _ => return None,
        }),
        "few" => Sense::Few,
        "whole" => Sense::Whole,
        "zone" => Sense::Zone(argument),
        "era" => Sense::Era(match argument {
            "hijri" => Era::Hijri,
            "common" => Era::Common,
            "bc" => Era::Before,
            _ => return None,
        }),
        "last" => Sense::Last,
        "rest" => Sense::Rest,
        "approx" => Sense::Approx,
        "row" => Sense::Row,
        "age" => Sense::Age,
        "other" => Sense::Other,
        "decade" => Sense::Decade(argument.parse().ok()?),
        "period" => Sense::Period,
        "sameperiod" => Sense::SamePeriod,
        "sameyear" => Sense::SameYear,
        "ordinal" => Sense::Ordinal(argument.parse().ok()?),
        _ => return None,
    })
}

fn unit(code: &str) -> Option<Unit> {
    Some(match code {
        "s" => Unit::Second,
        "m" => Unit::Minute,
        "H" => Unit::Hour,
        "N" => Unit::Night,
        "D" => Unit::Day,
        "W" => Unit::Week,
        "M" => Unit::Month,
        "Q" => Unit::Quarter,
        "h" => Unit::Half,
        "S" => Unit::Season,
        "Y" => Unit::Year,
        "E" => Unit::Decade,
        "C" => Unit::Century,
        _ => return None,
    })
}

/// One or more atoms with what they say.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// What it says.
    pub sense: Sense,
    /// Its first atom.
    pub first: usize,
    /// One past its last atom.
    pub end: usize,
    /// Bytes of proclitics at its beginning.
    pub cut: usize,
    /// Whether its form has an article that its entry has not.
    pub definite: bool,
}

/// A text as pieces.
#[derive(Debug)]
pub struct Pieces<'a> {
    /// The atoms that the pieces cover, without gaps.
    pub atoms: &'a Atoms<'a>,
    pieces: Vec<Piece>,
    /// For each atom the piece that holds it.
    holders: Vec<u32>,
}

/// What stands past the end.
const NOTHING: Piece = Piece { sense: Sense::Break, first: usize::MAX, end: usize::MAX, cut: 0, definite: false };

impl<'a> Pieces<'a> {
    /// Looks the atoms up, in linear time.
    pub fn of(atoms: &'a Atoms<'a>) -> Self {
        let mut pieces = Vec::with_capacity(atoms.len());
        let mut holders = Vec::with_capacity(atoms.len());
        let mut at = 0;
        while let Some(atom) = atoms.get(at) {
            let single = |sense| Piece { sense, first: at, end: at + 1, cut: 0, definite: false };
            let piece = match atom.kind {
                AtomKind::Break => single(Sense::Break),
                AtomKind::Opaque => single(Sense::Other),
                AtomKind::Digits => single(Sense::Digits),
                AtomKind::Mark => single(Sense::Mark(atoms.form(at).chars().next().unwrap_or(' '))),
                AtomKind::Letters => word(atoms, at),
            };
            holders.extend((piece.first..piece.end).map(|_| u32::try_from(pieces.len()).unwrap_or(u32::MAX)));
            at = piece.end;
            pieces.push(piece);
        }
        Self { atoms, pieces, holders }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Piece `i`; past the end the break after the last sentence.
    pub fn get(&self, i: usize) -> Piece {
        self.pieces.get(i).copied().unwrap_or(NOTHING)
    }

    /// What piece `i` says.
    pub fn sense(&self, i: usize) -> Sense {
        self.get(i).sense
    }

    /// What the piece before `i` says.
    pub fn before(&self, i: usize) -> Sense {
        i.checked_sub(1).map_or(Sense::Break, |i| self.sense(i))
    }

    /// The piece that begins at or holds `atom`.
    pub fn at_atom(&self, atom: usize) -> usize {
        self.holders.get(atom).map_or(self.pieces.len(), |&i| i as usize)
    }

    /// The folded letters of the first atom of piece `i`.
    pub fn form(&self, i: usize) -> &str {
        self.pieces.get(i).map_or("", |p| self.atoms.form(p.first))
    }

    /// The digits of piece `i` with how many they are.
    pub fn digits(&self, i: usize) -> Option<(i16, usize)> {
        let digits = self.atoms.digits(self.pieces.get(i)?.first)?;
        Some((digits.parse().ok()?, digits.len()))
    }

    /// Whether piece `i` is joined to what is before by a و of its own or written to it; where the joined begins, and
    /// the cut that the و makes.
    pub fn joined(&self, i: usize) -> Option<usize> {
        match self.get(i) {
            Piece { sense: Sense::And, .. } => Some(i + 1),
            Piece { cut: 2, .. } if self.form(i).starts_with('و') => Some(i),
            _ => None,
        }
    }
}

/// The piece of letters at atom `at`.
fn word(atoms: &Atoms<'_>, at: usize) -> Piece {
    let piece = |sense, end, cut, definite| Piece { sense, first: at, end, cut, definite };
    match atoms.form(at) {
        "و" => return piece(Sense::And, at + 1, 0, false),
        "ال" | "لل" | "بال" | "وال" if atoms.digits(at + 1).is_some() => {
            return piece(Sense::Article, at + 1, 0, true);
        }
        _ => {}
    }
    let time = WORDS.find(atoms, at).filter(|hit| {
        // باول أمس begins with a name, الأول أمس with an ordinal
        let before_yesterday = hit.sense == Sense::Day(-2) && (hit.cut > 0 || hit.definite);
        // الصفر is nil
        let nil = matches!(hit.sense, Sense::Hijri(_)) && hit.definite;
        !before_yesterday && !nil && is_meant(atoms.exact(at), hit.sense, hit.cut)
    });
    // الثاني عشر is an ordinal although الثانية is in both tables
    let ordinal = words::ordinal(atoms, at).filter(|o| time.is_none_or(|t| o.end > t.end));
    if let Some(hit) = ordinal {
        return piece(Sense::Ordinal(hit.sense), hit.end, hit.cut, hit.definite);
    }
    if let Some(hit) = time {
        return piece(hit.sense, hit.end, hit.cut, hit.definite);
    }
    match words::number(atoms, at) {
        Some(number) => piece(Sense::Cardinal, number.end, number.cut, number.definite),
        None => piece(Sense::Other, at + 1, 0, false),
    }
}

/// The weekday that `form` names without its article, as in `كل يوم سبت`.
pub fn bare_weekday(form: &str) -> Option<i8> {
    match WORDS.word(&format!("ال{form}")) {
        Some(Sense::Weekday(day)) => Some(day),
        _ => None,
    }
}

/// Whether `exact`, a word with its hamzas, can have the sense that its folded letters have: `آب` is a month, `أب` and
/// `باب` are none; `ألان` is a name.
fn is_meant(exact: &str, sense: Sense, cut: usize) -> bool {
    let host = &exact[cut..];
    let like = exact[..cut].ends_with('ك');
    !like
        && match sense {
            Sense::Month { month: 8, weak: true } => host == "آب",
            Sense::Last => host == "آخر",
            Sense::Vague(_) => !(host.starts_with("آلا") || host.starts_with("ألا")),
            _ => true,
        }
}

/// The rows of the words of time, for the test that reads them all.
#[cfg(test)]
pub fn unread() -> Vec<Vec<&'static str>> {
    crate::numbers::lexicon::rows(include_str!("../../resources/time/words.tsv"))
        .filter(|row| sense(&row[1..]).is_none())
        .collect()
}
