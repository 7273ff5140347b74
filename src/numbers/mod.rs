//! Amounts: money, percentages and measured quantities, with numbers in digits and in words.
//!
//! [`atoms`] cuts the tokens into letters, digits and marks; [`words`] reads numbers from them; [`money`] knows the
//! currencies and units. An amount is a number with its unit beside it: bare numbers are none.

pub mod atoms;
pub mod decimal;
pub mod lexicon;
mod money;
pub mod words;

#[cfg(test)]
mod tests;

use atoms::{AtomKind, Atoms};
use decimal::Decimal;
use lexicon::Hit;
use money::{Home, Unit};
use words::{Number, number};

use jiff::tz::TimeZone;

use crate::{morphology::Source, span::Span};

/// What an amount counts; the contract's `AmountType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountType {
    /// Money.
    Money,
    /// A percentage.
    Percent,
    /// A number with a unit of measure.
    Quantity,
}

/// An amount with its value.
#[derive(Clone, Debug)]
pub struct Amount {
    /// Its bytes in the original, unit included.
    pub span: Span,
    /// What it counts.
    pub kind: AmountType,
    /// Plain decimal, `20-25` for a range, or empty where it cannot be told.
    pub value: String,
    /// ISO 4217 code, `%`, or the unit's symbol; empty where it cannot be told.
    pub unit: String,
    /// How it was found.
    pub source: Source,
}

/// The amounts of the text that `atoms` were cut from, in order, in linear time. The currency of a bare `دينار` is that
/// of the country that the text names most, with the country of `zone` named twice already.
pub fn extract(atoms: &Atoms<'_>, zone: &TimeZone) -> Vec<Amount> {
    let mut reader = Reader { atoms, home: Home::of(zone) };
    let mut amounts = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        at = match reader.amount(at) {
            Step::Found(amount, end) => {
                amounts.push(amount);
                end
            }
            Step::Nothing(end) => end.max(at + 1),
        };
    }
    amounts
}

/// Whether a unit of measure or a currency stands at atom `at`, so that digits before it are no year.
pub fn unit_follows(atoms: &Atoms<'_>, at: usize) -> bool {
    money::unit(atoms, at).is_some()
}

/// A degree of whatever the text speaks of.
const DEGREE: &str = "degree";

/// Below this many dinars, three digits after a point are millimes: `2.860 دينار`.
const MOST_DINARS: u64 = 100;

/// What a Tunisian milliard counts, in millimes.
const MILLIARD: u64 = 1_000_000_000;

/// How far before a bare milliard a word of money may stand, in atoms.
const MONEY_WINDOW: usize = 4;

/// How far before a degree the word for heat may stand, in atoms.
const HEAT_WINDOW: usize = 20;

/// What stands at an atom.
enum Step {
    Found(Amount, usize),
    Nothing(usize),
}

struct Reader<'a> {
    atoms: &'a Atoms<'a>,
    home: Home,
}

/// One number, or two as a range.
struct Value {
    from: Number,
    to: Option<Number>,
    end: usize,
}

impl Reader<'_> {
    fn amount(&mut self, at: usize) -> Step {
        let atoms = self.atoms;
        match atoms.get(at).map(|a| a.kind) {
            Some(AtomKind::Mark) => return self.sign_first(at),
            Some(AtomKind::Letters | AtomKind::Digits) => {}
            _ => return Step::Nothing(at + 1),
        }
        let Some(value) = self.value(at) else { return self.without_number(at) };
        // the digits of a name: F16
        let latin = |form: &str| form.starts_with(|c: char| c.is_ascii_alphabetic());
        let named = value.from.digits && at > 0 && atoms.is_glued(at) && latin(atoms.form(at - 1));
        let unit = money::unit(atoms, value.end).or_else(|| self.of_money(&value));
        let unit = unit.or_else(|| self.short_dinar(at, &value)).or_else(|| self.millimes(at, &value));
        let Some(hit) = unit.filter(|_| !named) else {
            return match self.without_number(at) {
                Step::Nothing(_) => Step::Nothing(value.from.end),
                found => found,
            };
        };
        if value.from.value.is_none() && !hit.definite && !hit.sense.money {
            return Step::Nothing(value.from.end);
        }
        self.found(at, &value, hit)
    }

    /// A number, or two with إلى, و or a dash between them.
    fn value(&self, at: usize) -> Option<Value> {
        let atoms = self.atoms;
        let from = number(atoms, at)?;
        let single = Value { from, to: None, end: from.end };
        let mut next = from.end;
        let mut cut = 0;
        match atoms.form(next) {
            "الي" | "و" | "-" | "–" | "حتي" | "او" => next += 1,
            form if form.starts_with('و') => cut = 2,
            _ => return Some(single),
        }
        let to = number(atoms, next).filter(|to| to.cut == cut && from.digits && to.value.is_some());
        // في 2016 إلى 4.2 %: a year is no beginning of a range
        let year = from.integer().is_some_and(|n| (1900..=2100).contains(&n));
        let rises = to.is_some_and(|to| match (from.value, to.decimal.or(to.value)) {
            (Some(from), Some(to)) => from.less(to),
            _ => false,
        });
        let Some(to) = to.filter(|to| !year && rises && money::unit(atoms, to.end).is_some()) else {
            return Some(single);
        };
        Some(Value { from, to: Some(to), end: to.end })
    }

    /// `$500`, `%51.7`.
    fn sign_first(&mut self, at: usize) -> Step {
        let atoms = self.atoms;
        if !matches!(atoms.form(at), "$" | "€" | "£" | "%") || !atoms.is_glued(at + 1) {
            return Step::Nothing(at + 1);
        }
        let (Some(from), Some(hit)) = (number(atoms, at + 1), money::unit(atoms, at)) else {
            return Step::Nothing(at + 1);
        };
        // $ومليون: the sign belongs to something before the conjunction
        if from.cut > 0 {
            return Step::Nothing(at + 1);
        }
        let value = Value { from, to: None, end: from.end };
        self.found(at, &value, Hit { end: from.end, ..hit })
    }

    /// `من الدولارات` after a vague number: `عشرات المليارات من الدولارات`.
    fn of_money(&self, value: &Value) -> Option<Hit<Unit>> {
        let vague = value.from.value.is_none() && self.atoms.form(value.end) == "من";
        let hit = if vague { money::unit(self.atoms, value.end + 1) } else { None };
        hit.filter(|hit| hit.definite && hit.sense.money)
    }

    /// `د` for the dinar, after decimals or written to the digits: `10.350 د`, `50د`. It is no doctor: `5 د. أحمد`.
    fn short_dinar(&mut self, at: usize, value: &Value) -> Option<Hit<Unit>> {
        let (atoms, end) = (self.atoms, value.end);
        let stopped = atoms.get(end + 2).is_none_or(|next| next.kind == AtomKind::Break);
        let doctor = atoms.is_mark(end + 1, '.') && atoms.is_glued(end + 1) && !stopped;
        let said = atoms.form(end) == "د" && !doctor;
        let sure = atoms.is_glued(end) || end > at + 1;
        let code = self.home.code(atoms, "dinar");
        let sense = Unit { name: code, factor: None, dual: false, money: true };
        (said && sure && value.from.digits && !code.is_empty()).then_some(Hit {
            sense,
            end: end + 1,
            cut: 0,
            definite: false,
        })
    }

    /// A bare milliard where Tunisians speak of money: a milliard of millimes, a million of dinars. `بقيمة 3 مليارات`.
    fn millimes(&mut self, at: usize, value: &Value) -> Option<Hit<Unit>> {
        let atoms = self.atoms;
        let milliards = value.to.is_none() && value.from.scale == Some(Decimal::whole(MILLIARD));
        let spoken = || (at.saturating_sub(MONEY_WINDOW)..at).any(|i| money::is_spoken_of(atoms, i));
        // مليارا, in the accusative, counts nothing that follows
        let set_aside = money::is_spoken_of(atoms, value.end);
        let closed = money::ends_amount(atoms, value.end) || atoms.form(value.end - 1) == "مليارا";
        if !milliards || !(set_aside || closed && spoken()) || self.home.code(atoms, "dinar") != "TND" {
            return None;
        }
        let sense = Unit { name: "TND", factor: Decimal::parse("0.001"), dual: false, money: true };
        Some(Hit { sense, end: value.end, cut: 0, definite: false })
    }

    /// A dual, `طنين`, and a unit with the word for one, `متر واحد`.
    fn without_number(&mut self, at: usize) -> Step {
        let atoms = self.atoms;
        let form = atoms.form(at);
        let Some(hit) = atoms::readings(form).find_map(|r| money::reading(atoms, at, r)) else {
            return Step::Nothing(at + 1);
        };
        let one = !hit.definite && words::is_one(atoms, hit.end);
        if !(hit.sense.dual || one) {
            return Step::Nothing(hit.end);
        }
        let count = if hit.sense.dual { 2 } else { 1 };
        let end = hit.end + usize::from(one);
        let from = Number {
            value: Some(Decimal::whole(count)),
            decimal: None,
            comma: false,
            scale: None,
            end,
            cut: hit.cut,
            definite: false,
            digits: false,
        };
        self.found(at, &Value { from, to: None, end }, Hit { end, ..hit })
    }

    fn found(&mut self, at: usize, value: &Value, hit: Hit<Unit>) -> Step {
        let atoms = self.atoms;
        let Unit { name, factor, money, .. } = hit.sense;
        let (mut unit, mut end, mut kind) = (name, hit.end, AmountType::Quantity);
        if money {
            kind = AmountType::Money;
            match money::nationality(atoms, end, name) {
                Some(code) => (unit, end) = (code, end + 1),
                None => unit = self.home.code(atoms, name),
            }
        } else if name == "%" {
            kind = AmountType::Percent;
        }
        let plain = |n: Number| -> Option<Decimal> {
            // three digits after a mark: of a percentage always decimals, of a Tunisian dinar after a comma, and after a
            // point where what stands before it is small and they are no round thousand
            let millimes = || {
                let (Some(decimals), Some(whole)) = (n.decimal, n.value.and_then(Decimal::integer)) else {
                    return false;
                };
                decimals.less(Decimal::whole(MOST_DINARS)) && whole % 1000 != 0
            };
            let decimals = kind == AmountType::Percent || unit == "TND" && factor.is_none() && (n.comma || millimes());
            n.decimal.filter(|_| decimals).or(n.value)
        };
        let mut from = plain(value.from);
        let mut to = value.to.and_then(plain);
        if let (None, Some(scale)) = (value.from.scale, value.to.and_then(|t| t.scale)) {
            // 20 و30 مليار: both are billions
            from = from.and_then(|f| f.times(scale));
        }
        if let Some(factor) = factor {
            from = from.and_then(|f| f.times(factor));
            to = to.and_then(|t| t.times(factor));
        }
        let written = match (from, value.to.is_some(), to) {
            (Some(from), false, _) => from.to_string(),
            (Some(from), true, Some(to)) => format!("{from}-{to}"),
            _ => String::new(),
        };
        let written = match unit.strip_prefix('-') {
            Some(below_zero) => {
                unit = below_zero;
                format!("-{written}")
            }
            None => written,
        };
        if unit == DEGREE {
            if !(at.saturating_sub(HEAT_WINDOW)..at).any(|i| atoms.form(i).ends_with("حرارة")) {
                return Step::Nothing(end);
            }
            unit = "Cel";
        }
        let span = atoms.span(at, end, value.from.cut);
        Step::Found(Amount { span, kind, value: written, unit: unit.to_owned(), source: Source::Rule }, end)
    }
}
