//! Years: `سنة 2016`, `في 2016`, `العام الماضي`, `سنتي 2012 و2013`, `2015/2016`, `عام 1446 هـ`.

use super::{
    Granularity, Neighbour, TimeType,
    calendar::Year,
    grammar::{Found, Grammar},
    hijri,
    lexicon::{Count, Edge, Era, Prep, Sense, Unit},
    value::Value,
};

impl Grammar<'_> {
    /// `سنة 2016`, `مطلع عام 2016`, `في 2016`, `سنتي 2012 و2013`, `من 2010 إلى 2015`, `2015/2016`, `عام 1446 هـ`.
    pub(super) fn year(&self, i: usize) -> Option<Found> {
        let mut at = i;
        let edge = if let Sense::Edge(edge) = self.sense(at) { Some(edge) } else { None };
        at += usize::from(edge.is_some());
        // العام الدراسي 2014-2015
        let of_school = self.sense(at) == Sense::Unit(Unit::Year, Count::One) && self.sense(at + 1) == Sense::Kind;
        let period = of_school || matches!(self.sense(at), Sense::Period | Sense::Unit(Unit::Season, Count::One));
        if period {
            at += 1;
            at += usize::from(self.sense(at) == Sense::Kind);
            at += usize::from(matches!(self.sense(at), Sense::Shift(_)));
        }
        let opened = period && self.sense(at) == Sense::Mark('(');
        at += usize::from(opened);
        let lead = self.sense(at);
        let between = Sense::Prep(Prep::Between);
        if lead == between && !period || lead == Sense::Prep(Prep::From) && period {
            return None;
        }
        let ranged = lead == between || lead == Sense::Prep(Prep::From) || self.pieces.before(i) == between;
        at += usize::from(matches!(lead, Sense::Prep(_)) && ranged);
        let several = matches!(self.sense(at), Sense::Pair(Unit::Year) | Sense::Unit(Unit::Year, Count::Many));
        at += usize::from(several);
        let named = self.sense(at) == Sense::Unit(Unit::Year, Count::One);
        at += usize::from(named);
        if at > i && self.pieces.get(at).cut > 0 {
            return None;
        }
        if let Some((first, second, end)) = self.year_pair(at, ranged || several || period) {
            let end = if opened { (self.sense(end) == Sense::Mark(')')).then_some(end + 1)? } else { end };
            let value = Value::years(first, second, Granularity::Year)?;
            return Some(Found { first: i, end, value });
        }
        if at > i && ranged || several || period {
            return None;
        }
        let (year, end) = self.year_digits(at, false).or_else(|| self.early_year(at, named))?;
        let end = end + usize::from(year < 1000 && self.sense(end) == Sense::Era(Era::Common));
        if let Sense::Era(era @ (Era::Hijri | Era::Before)) = self.sense(end) {
            return self.other_era(i, year, era, end + 1);
        }
        let said = named || edge.is_some() || self.stands_as_year(at, year, end);
        if !said {
            return None;
        }
        let value = match edge {
            Some(Edge::Start) => Value::month(year, 1)?,
            Some(Edge::End) => Value::month(year, 12)?,
            _ => Value::year(year)?,
        };
        Some(Found { first: i, end, value })
    }

    /// A year below 1000 that an era or the word for year marks: `عام 63 هجرية`.
    fn early_year(&self, at: usize, named: bool) -> Option<(i16, usize)> {
        let (year, end) = match self.sense(at) {
            Sense::Digits => (self.pieces.digits(at)?.0, at + 1),
            Sense::Cardinal => {
                let number = crate::numbers::words::number(self.pieces.atoms, self.pieces.get(at).first)?;
                (i16::try_from(number.integer()?).ok()?, self.pieces.at_atom(number.end))
            }
            _ => return None,
        };
        let marked = named && (matches!(self.sense(end), Sense::Era(_)) || (100..1000).contains(&year));
        (marked && year > 0).then_some((year, end))
    }

    fn other_era(&self, i: usize, year: i16, era: Era, end: usize) -> Option<Found> {
        let value = match era {
            Era::Hijri => {
                let (begin, _) = hijri::month(year, 1)?;
                let (_, finish) = hijri::month(year, 12)?;
                let mut value = Value::days(begin, finish);
                value.text = format!("{:04}/{:04}", begin.year(), finish.year());
                value.granularity = Granularity::Year;
                value
            }
            _ => Value::plain(TimeType::Date, format!("BC{year:04}"), Granularity::Year),
        };
        Some(Found { first: i, end, value })
    }

    /// Two years: `2015/2016`, `2010 و2015`, `2010 إلى 2015`, `2010-11`; marked ones by و as well.
    fn year_pair(&self, at: usize, marked: bool) -> Option<(i16, i16, usize)> {
        let (first, end) = self.year_digits(at, false)?;
        let glued = |i: usize| self.pieces.atoms.is_glued(self.pieces.get(i).first);
        let mut at = match self.sense(end) {
            Sense::Mark('-' | '/' | '–') => end + 1,
            // منذ عام 2003 حتى سنة 2011 are two
            Sense::Prep(Prep::To) if marked || self.pieces.before(at) != Sense::Unit(Unit::Year, Count::One) => end + 1,
            _ if marked => self.pieces.joined(end)?,
            _ => return None,
        };
        at += usize::from(self.sense(at) == Sense::Unit(Unit::Year, Count::One));
        let (mut second, mut stop) = match self.pieces.digits(at).unwrap_or_default() {
            (short, 2) if matches!(self.sense(end), Sense::Mark(_)) && glued(at) => {
                (first - first % 100 + short, at + 1)
            }
            _ => self.year_digits(at, false)?,
        };
        // أعوام 2011 و2012 و2013
        while let Some((next, end)) =
            self.pieces.joined(stop).filter(|_| marked).and_then(|j| self.year_digits(j, false))
        {
            (second, stop) = (next, end);
        }
        // (2020/2016) is written from right to left
        let (first, second) = if second < first { (second, first) } else { (first, second) };
        let era = self.pieces.before(stop) != Sense::Digits;
        let oldest = if era || marked { 1000 } else { 1500 };
        let counted = crate::numbers::unit_follows(self.pieces.atoms, self.pieces.get(stop - 1).end);
        let plausible = (oldest..=2200).contains(&first) && (first..=first + 400).contains(&second) && !counted;
        (plausible && self.sense(stop) != Sense::Mark('/')).then_some((first, second, stop))
    }

    /// Whether the word before piece `at` names something that happens in a year: `انتخابات 2014`, `مونديال 2022`.
    fn is_of_event(&self, at: usize) -> bool {
        self.has_neighbour(at, Neighbour::Year)
    }

    /// Whether four digits that nothing names a year are one by their place: after a preposition or in brackets, and
    /// with nothing after that they count.
    fn stands_as_year(&self, at: usize, year: i16, end: usize) -> bool {
        if self.sense(at) == Sense::Cardinal {
            // في ألف وسبعمائة وتسعة وثمانين
            let closed = matches!(self.sense(end), Sense::Break | Sense::Mark('.' | '،' | ')'));
            return closed && year % 100 != 0 && self.pieces.before(at) == Sense::Prep(Prep::In);
        }
        if !(1800..=2100).contains(&year) || self.sense(at) != Sense::Digits {
            return false;
        }
        let atom = self.pieces.get(at).first;
        let before = self.pieces.before(at);
        // a clitic or mark written to it: و2015 is one, 3.2015 and 10:2015 are none
        let free = !self.pieces.atoms.is_glued(atom) || matches!(before, Sense::Mark('(' | '،') | Sense::And);
        let placed = matches!(before, Sense::Prep(_) | Sense::Edge(_))
            || self.is_of_event(at)
            || before == Sense::Mark('(') && self.sense(end) == Sense::Mark(')');
        let counted = matches!(self.sense(end), Sense::Unit(..) | Sense::Cardinal | Sense::Mark('%' | '$' | '.' | ':'))
            && !matches!(self.sense(end), Sense::Mark('.')) // a full stop may follow
            || crate::numbers::unit_follows(self.pieces.atoms, self.pieces.get(at).end)
            || self.pieces.atoms.is_glued(self.pieces.get(end).first) && self.pieces.digits(end + 1).is_some();
        // في 2000 غارة counts, في 2000 بدأ does not: a round number needs more
        let after = self.sense(end);
        let closed =
            matches!(after, Sense::Mark(_) | Sense::Break | Sense::Prep(_)) || self.pieces.form(end).starts_with("ال");
        free && placed && !counted && (year % 100 != 0 || closed)
    }

    /// A year that is named as one: `سنة 2016`, `العام الماضي`, `هذه السنة`, `نفس السنة`.
    pub(super) fn year_ref(&self, at: usize, hijri: bool) -> Option<(Year, usize)> {
        match self.sense(at) {
            Sense::Unit(Unit::Year, Count::One) => {
                if let Some((year, end)) = self.year_digits(at + 1, hijri) {
                    return Some((Year::Given(year), end));
                }
                match self.sense(at + 1) {
                    Sense::Shift(shift) if self.pieces.get(at).definite => Some((Year::Relative(shift.sign()), at + 2)),
                    _ => None,
                }
            }
            Sense::This if self.sense(at + 1) == Sense::Unit(Unit::Year, Count::One) => {
                Some((Year::Relative(0), at + 2))
            }
            Sense::SameYear if self.last_year().is_some() => Some((Year::Same, at + 1)),
            _ => None,
        }
    }

    /// The year last spoken of.
    pub(super) fn last_year(&self) -> Option<i16> {
        self.months.map(|m| m.0.year()).or(self.last.map(|last| last.date.year()))
    }

    /// The Gregorian year that `year` is.
    pub(super) fn place_year(&self, year: Year) -> Option<i16> {
        match year {
            Year::Given(year) => Some(year),
            Year::Relative(years) => self.today().year().checked_add(i16::try_from(years).ok()?),
            Year::Same => self.last_year(),
            _ => None,
        }
    }

    /// Digits or number words that are a year, with the era after them.
    pub(super) fn year_digits(&self, at: usize, hijri: bool) -> Option<(i16, usize)> {
        let (year, end) = match self.sense(at) {
            Sense::Digits => {
                let (year, len) = self.pieces.digits(at)?;
                let plausible = if hijri { (1..=1600).contains(&year) } else { (1000..=2999).contains(&year) };
                // 16.9.2025 begins no year, nor does 2016:30
                (plausible && (hijri || len == 4)).then_some((year, at + 1))?
            }
            Sense::Cardinal => {
                let piece = self.pieces.get(at);
                let number = crate::numbers::words::number(self.pieces.atoms, piece.first)?;
                let year = i16::try_from(number.integer()?).ok().filter(|y| (1000..=2999).contains(y))?;
                (year, self.pieces.at_atom(number.end))
            }
            _ => return None,
        };
        let era = match self.sense(end) {
            Sense::Era(Era::Common) => !hijri,
            Sense::Era(Era::Hijri) => hijri,
            _ => false,
        };
        Some((year, end + usize::from(era)))
    }
}
