//! From one time of day to another: `من الثامنة صباحا إلى الرابعة`, `بين الساعة 5 و6 مساء`, `1-3 مساء`.

use jiff::civil::{Date, Time};

use super::{
    Granularity, TimeType,
    clock::said,
    dial::{Written, is_hour_word},
    grammar::{Found, Grammar, Said},
    lexicon::{Prep, Sense},
    value::{Part, Value, iso},
};

/// One end of the range.
struct End {
    time: Written,
    named: bool,
    part: Option<Part>,
    /// Whether the part of the day is an adverb alone.
    bare: bool,
    day: Option<Said>,
    end: usize,
}

impl End {
    /// Whether it is a time beyond doubt.
    fn is_told(&self) -> bool {
        self.named || self.part.is_some() || self.time.minute.is_some()
    }

    /// Minutes since midnight in `part`.
    fn minutes(&self, part: Option<Part>) -> i16 {
        let (hour, minute, _) = self.time.within(part);
        i16::from(hour) * 60 + i16::from(minute)
    }
}

/// Minutes of half a day.
const HALF: i16 = 12 * 60;

impl Grammar<'_> {
    /// Two times of day; where one alone says its half of the day, the other is in the half that makes the range short.
    pub(super) fn clock_range(&self, i: usize) -> Option<Found> {
        let between = self.pieces.before(i) == Sense::Prep(Prep::Between);
        let from = self.sense(i) == Sense::Prep(Prep::From);
        let first = self.range_end(i + usize::from(from))?;
        let marked = matches!(self.sense(first.end), Sense::Mark('-' | '–'));
        let next = match self.sense(first.end) {
            Sense::Prep(Prep::To) if !between && self.pieces.get(first.end).cut == 0 => first.end + 1,
            Sense::Mark('-' | '–') => first.end + 1,
            _ if between => self.pieces.joined(first.end)?,
            _ => return None,
        };
        let second = self.range_end(next)?;
        let words = (from || between) && first.time.word && second.time.word;
        let told = first.is_told() || second.is_told();
        // 4 - 1 مساء السبت is a score
        let rises = first.named || second.bare && first.time.hour < second.time.hour || first.bare;
        let sure = if marked { rises } else { told || words };
        if !sure {
            return None;
        }
        let (begin, finish) = match (first.part, second.part) {
            (None, Some(part)) => {
                let finish = second.minutes(Some(part));
                let begin = first.minutes(Some(part));
                (if begin < finish { begin } else { first.minutes(None) }, finish)
            }
            (part, None) => {
                let (begin, finish) = (first.minutes(part), second.minutes(part));
                (begin, if finish > begin || finish >= HALF { finish } else { finish + HALF })
            }
            (one, other) => (first.minutes(one), second.minutes(other)),
        };
        let date = self.day_after(second.end).or(second.day).or(first.day).or(self.last);
        let date = date.or(self.dated.then(|| Said { date: self.today(), relative: true }));
        let mut dates = [first.day.or(date), second.day.or(date)].map(|said| said.map(|said| said.date));
        if finish <= begin && dates[0] == dates[1] {
            dates[1] = dates[1].and_then(|date| date.tomorrow().ok());
        }
        let open = first.time.is_open() && second.time.is_open() && first.part.or(second.part).is_none();
        let mut value = span([(dates[0], begin), (dates[1], finish)])?;
        value.relative = date.is_some_and(|said| said.relative);
        if open {
            value.bounds = None;
        }
        Some(Found { first: i, end: second.end, value })
    }

    /// One end at piece `at`: `الساعة 5`, `السابعة صباحا`, `3:30`, `5`.
    fn range_end(&self, at: usize) -> Option<End> {
        let named = is_hour_word(self.sense(at));
        let time = self.dial(at + usize::from(named), named)?;
        let after = self.part_after(time.end);
        let end = after.as_ref().map_or(time.end, |after| after.end);
        let part = after.as_ref().map(|after| after.part);
        let bare = after.as_ref().is_some_and(|after| after.bare);
        Some(End { time, named, part, bare, day: after.and_then(|a| a.day).as_ref().and_then(said), end })
    }
}

/// The range between two times, each on a day where it is known, in minutes since midnight.
fn span(ends: [(Option<Date>, i16); 2]) -> Option<Value> {
    let mut texts = [String::new(), String::new()];
    let mut times = [None, None];
    for (n, (date, minutes)) in ends.into_iter().enumerate() {
        let time = Time::new(i8::try_from(minutes / 60).ok()?, i8::try_from(minutes % 60).ok()?, 0, 0).ok()?;
        texts[n] = format!("{}T{:02}:{:02}", date.map(iso).unwrap_or_default(), time.hour(), time.minute());
        times[n] = date.map(|date| date.to_datetime(time));
    }
    let value = Value::plain(TimeType::Time, texts.join("/"), Granularity::Minute);
    Some(Value { bounds: times[0].zip(times[1]), ..value })
}
