//! The Arabic date and time cases of Recognizers-Text (<https://github.com/microsoft/Recognizers-Text>, MIT): a sentence,
//! the time of reading, an expression in it and what that resolves to.
//!
//! Scored are the cases of the end-to-end model and of the parsers that have one result with one value (where the future
//! and the past reading agree, that is one). A case is right where an expression that shares letters with the case's has
//! its TIMEX or covers exactly its resolved range. Conventions of notation are made alike: `T8` is `T08:00`,
//! `(2016-11-04,2016-11-22,P18D)` is `2016-11-04/2016-11-22`, `P1.5Y` is `P18M`; a case that names a time of any day is
//! met by that time of the document's day. What `recognizers.tsv` lists is left out, by reasons that lie in the cases.
//! They were translated from English; of most the suite itself does not compare the resolution (`IgnoreResolution`), so
//! that those are told apart.

use std::{collections::BTreeMap, fs, io, path::Path};

use jiff::{
    Span,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    EvalError,
    gold::{self, Gold, Sample},
    report::{Counted, Counts},
};
use crate::{engine::Answer, numbers::lexicon::rows, span::Span as Place, time::TimeExpression};

/// The files, without `.json`, in the order in which they are read.
const FILES: [&str; 11] = [
    "DateTimeModel",
    "DateParser",
    "DatePeriodParser",
    "DateTimeParser",
    "DateTimePeriodParser",
    "DurationParser",
    "HolidayParser",
    "MergedParser",
    "SetParser",
    "TimeParser",
    "TimePeriodParser",
];

/// File, position from 0, reason.
const EXCLUDED: &str = include_str!("recognizers.tsv");

/// What is left out, by reason.
pub type Excluded = BTreeMap<&'static str, usize>;

/// What a case resolves to.
#[derive(Debug)]
pub(crate) struct Expected {
    file: &'static str,
    /// The expression's bytes; the whole text where it does not stand in it as the case has it.
    span: Place,
    /// TIMEX, and the resolved value in the same notation.
    values: Vec<String>,
    /// The resolved range.
    bounds: Option<(DateTime, DateTime)>,
    /// Whether the suite compares the resolution.
    compared: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Case {
    input: String,
    context: Option<Context>,
    ignore_resolution: Option<Value>,
    results: Vec<CaseResult>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Context {
    reference_date_time: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CaseResult {
    /// Some are numbers.
    text: Value,
    resolution: Option<Value>,
    value: Option<Value>,
}

/// The cases of `folder` that have one value, and how many were left out by reason. The folder is that of the Arabic
/// cases or one that holds it as the suite does.
pub(super) fn read(folder: &Path) -> Result<(Vec<Sample>, Excluded), EvalError> {
    let inner = folder.join("Specs/DateTime/Arabic");
    let folder = if inner.is_dir() { &inner } else { folder };
    let (mut samples, mut excluded) = (Vec::new(), Excluded::new());
    for file in FILES {
        let content = fs::read_to_string(folder.join(file).with_extension("json"))?;
        let cases: Vec<Case> = serde_json::from_str(content.trim_start_matches('\u{feff}')).map_err(io::Error::from)?;
        for (index, case) in cases.into_iter().enumerate() {
            let Some(sample) = sample(file, index, case) else { continue };
            match reason(file, index) {
                Some(reason) => *excluded.entry(reason).or_default() += 1,
                None => samples.push(sample),
            }
        }
    }
    Ok((samples, excluded))
}

/// Why case `index` of `file` is left out.
fn reason(file: &str, index: usize) -> Option<&'static str> {
    rows(EXCLUDED).find(|row| row[0] == file && row[1].parse() == Ok(index)).map(|row| row[2])
}

/// A case with one result that has one value.
fn sample(file: &'static str, index: usize, case: Case) -> Option<Sample> {
    let [result] = &case.results[..] else { return None };
    let (timex, resolved) = match (&result.resolution, &result.value) {
        (Some(values), _) | (None, Some(values)) if values.get("values").is_some() => {
            let [one] = &values["values"].as_array()?[..] else { return None };
            (one["timex"].as_str()?, one.as_object()?)
        }
        (_, Some(value)) if value["FutureResolution"] == value["PastResolution"] => {
            (value["Timex"].as_str()?, value["FutureResolution"].as_object()?)
        }
        _ => return None,
    };
    if timex.is_empty() {
        return None;
    }
    let text = result.text.as_str().unwrap_or_default().trim();
    let span = case.input.find(text).map_or(Place::new(0, case.input.len()), |at| Place::new(at, at + text.len()));
    let named = |names: &[&str]| names.iter().find_map(|&name| resolved.get(name)?.as_str());
    let edges = (named(&["start", "startDate", "startDateTime"]), named(&["end", "endDate", "endDateTime"]));
    let value = named(&["value", "date", "dateTime", "time"]).filter(|v| v.starts_with(|c: char| c.is_ascii_digit()));
    // a time of any day resolves to hours alone
    let value = value.map(|v| if v.contains('-') || !v.contains(':') { v.to_owned() } else { format!("T{v}") });
    let expected = Expected {
        file,
        span,
        values: [Some(timex.to_owned()), value].into_iter().flatten().map(|v| notation(&v)).collect(),
        bounds: edges.0.and_then(civil).zip(edges.1.and_then(civil)).filter(|_| !is_open(resolved)),
        compared: case.ignore_resolution.is_none_or(|flag| flag != "true"),
    };
    let read = case.context.and_then(|context| context.reference_date_time);
    let read = match read {
        Some(at) => Some(at.parse::<DateTime>().ok()?.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp()),
        None => None,
    };
    let gold = Gold { id: format!("{file} {index}"), expected: Some(expected), ..Gold::default() };
    Some(Sample { document: gold::document(gold.id.clone(), case.input, read), gold })
}

/// Whether a range is open on one side: `before`, `since`.
fn is_open(resolved: &Map<String, Value>) -> bool {
    resolved.contains_key("Mod")
}

/// A civil time of the suite: `2016-11-07`, `2016-11-07 16:12:00`. The last second of a day stands for its end.
fn civil(text: &str) -> Option<DateTime> {
    if !text.contains(' ') {
        return Some(text.parse::<Date>().ok()?.at(0, 0, 0, 0));
    }
    let at = text.parse::<DateTime>().ok()?;
    if text.ends_with("23:59:59") { at.checked_add(Span::new().seconds(1)).ok() } else { Some(at) }
}

/// A value in one notation: ranges as `a/b`, times as `T08:00`, durations in months and seconds.
fn notation(value: &str) -> String {
    if let Some(length) = length(value) {
        return length;
    }
    if let Some((from, to)) = value.strip_prefix('(').and_then(|v| v.split_once(',')) {
        let to = to.split(',').next().unwrap_or(to);
        return notation(&format!("{from}/{to}"));
    }
    if let Some((from, to)) = value.split_once('/') {
        return format!("{}/{}", edge(from), edge(to));
    }
    let value = value.replacen(' ', "T", 1);
    let Some((date, time)) = value.split_once('T').filter(|(_, t)| t.starts_with(|c: char| c.is_ascii_digit())) else {
        return value;
    };
    let mut parts: Vec<String> = time.split(':').map(|part| format!("{part:0>2}")).collect();
    parts.resize(3.max(parts.len()), "00".to_owned());
    format!("{date}T{}", parts.join(":"))
}

/// One end of a range: years and months stand for their first day, as the suite has them.
fn edge(value: &str) -> String {
    match value.len() {
        4 if value.parse::<i16>().is_ok() => format!("{value}-01-01"),
        7 if format!("{value}-01").parse::<Date>().is_ok() => format!("{value}-01"),
        _ => notation(value),
    }
}

/// A duration as months and seconds; years are twelve months, weeks seven days, days 24 hours.
fn length(value: &str) -> Option<String> {
    let mut rest = value.strip_prefix('P')?;
    let (mut months, mut seconds, mut timed) = (0.0, 0.0, false);
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            (rest, timed) = (after, true);
            continue;
        }
        let unit = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let count: f64 = rest[..unit].parse().ok()?;
        match (&rest[unit..=unit], timed) {
            ("Y", false) => months += 12.0 * count,
            ("M", false) => months += count,
            ("W", false) => seconds += 7.0 * 86400.0 * count,
            ("D", false) => seconds += 86400.0 * count,
            ("H", true) => seconds += 3600.0 * count,
            ("M", true) => seconds += 60.0 * count,
            ("S", true) => seconds += count,
            _ => return None,
        }
        rest = &rest[unit + 1..];
    }
    Some(format!("P{months}M {seconds}s"))
}

/// Whether the case is right, by file and by whether the suite compares it.
pub(super) fn score(answer: &Answer<'_>, gold: &Gold, errors: &mut dyn FnMut(&str)) -> Counted {
    let Some(expected) = &gold.expected else { return Counted::new() };
    let near = |time: &&TimeExpression| time.span.begin < expected.span.end && expected.span.begin < time.span.end;
    let right = answer.times.iter().filter(near).any(|time| expected.is_met(time));
    if !right {
        let found: Vec<String> =
            answer.times.iter().map(|t| format!("{} = {}", answer.text.slice(t.span), t.value)).collect();
        let (wanted, text) = (expected.values.join(" or "), answer.text.original());
        errors(&format!("{}\t{text}\twanted {wanted}\tgot {}", gold.id, found.join("; ")));
    }
    let judged = Counts::of(usize::from(right), 1, 1);
    let compared = if expected.compared { "resolution compared" } else { "resolution not compared" };
    let measures = ["all", compared, expected.file];
    measures.into_iter().map(|measure| (format!("{measure} (accuracy)"), judged)).collect()
}

impl Expected {
    fn is_met(&self, time: &TimeExpression) -> bool {
        let found = notation(&time.value);
        let any_day = self.values.iter().any(|v| v.starts_with('T'));
        let met = self.values.contains(&found) || any_day && self.values.contains(&without_days(&found));
        met || self.bounds.is_some() && self.bounds == covered(time)
    }
}

/// A time or range of times without its days.
fn without_days(value: &str) -> String {
    let bare = |v: &str| v.find('T').map_or_else(|| v.to_owned(), |at| v[at..].to_owned());
    value.split('/').map(bare).collect::<Vec<_>>().join("/")
}

/// What an expression covers, in civil time of the documents' zone.
fn covered(time: &TimeExpression) -> Option<(DateTime, DateTime)> {
    let (begin, end) = time.interval?;
    let civil = |at: jiff::Timestamp| TimeZone::UTC.to_datetime(at);
    Some((civil(begin), civil(end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notations_are_made_alike() {
        let cases = [
            ("T8", "T08:00"),
            ("2016-11-08T08", "2016-11-08 08:00:00"),
            ("(2016-11-04,2016-11-22,P18D)", "2016-11-04/2016-11-22"),
            ("(2014-01-01,2018-01-01,P4Y)", "2014/2018"),
            ("(T17,T18,PT1H)", "T17:00/T18:00"),
            ("P1.5Y", "P1Y6M"),
            ("PT24H", "P1D"),
            ("P3W", "P21D"),
        ];
        for (one, other) in cases {
            assert_eq!(notation(one), notation(other));
        }
        for (one, other) in [("P1M", "PT1M"), ("2016-11-07TEV", "2016-11-07TNI"), ("PXD", "P3D")] {
            assert_ne!(notation(one), notation(other));
        }
        assert_eq!(without_days(&notation("2016-11-07T17:00/2016-11-07T18:00")), notation("T17/T18"));
    }

    #[test]
    fn what_is_left_out_has_a_file_a_position_and_a_reason() {
        for row in rows(EXCLUDED) {
            assert_eq!(row.len(), 3, "{row:?}");
            assert!(FILES.contains(&row[0]) && row[1].parse::<usize>().is_ok(), "{row:?}");
        }
    }

    #[test]
    fn cases_with_one_value_are_read() {
        let one = r#"{"Input": "عاد غدا", "Context": {"ReferenceDateTime": "2020-05-01T00:00:00"}, "Results": [
            {"Text": "غدا", "Value": {"Timex": "2020-05-02", "FutureResolution": {"date": "2020-05-02"},
            "PastResolution": {"date": "2020-05-02"}}}]}"#;
        let parse = |json: &str| sample("DateParser", 0, serde_json::from_str(json).unwrap());
        let expected = parse(one).unwrap().gold.expected.unwrap();
        assert_eq!(expected.values, ["2020-05-02", "2020-05-02"]);
        assert!(expected.compared);
        assert_eq!(expected.span, Place::new("عاد ".len(), "عاد غدا".len()));
        let two = one.replace(r#""PastResolution": {"date": "2020-05-02"}"#, r#""PastResolution": {"date": "2019"}"#);
        assert!(parse(&two).is_none());
    }
}
