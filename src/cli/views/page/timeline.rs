//! When: the times of a document in the order of the calendar.

use std::io::{self, Write};

use super::{Page, arabic, escape};
use crate::pb;

impl Page<'_> {
    /// Times in the order of the calendar, those of the same value together; then those without a place in it.
    pub fn timeline(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.answer.times.is_empty() {
            return Ok(());
        }
        self.heading(out, "times", "الأوقات")?;
        let times = (1..).zip(&self.answer.times);
        let (mut dated, undated): (Vec<_>, Vec<_>) = times.partition(|(_, time)| begin_of(time).is_some());
        dated.sort_by(|(_, one), (_, other)| {
            begin_of(one)
                .cmp(&begin_of(other))
                .then_with(|| end_of(other).cmp(&end_of(one)))
                .then_with(|| one.value.cmp(&other.value))
        });
        let published = self.show.published.and_then(|date| {
            let begin = self.zone.to_timestamp(date.at(0, 0, 0, 0)).ok()?;
            Some((begin.as_second(), date))
        });
        let mut published = published.filter(|_| !dated.is_empty());
        if !dated.is_empty() {
            out.write_all(b"<ol class=\"timeline\">\n")?;
        }
        for same in dated.chunk_by(|(_, one), (_, other)| one.value == other.value && one.interval == other.interval) {
            let Some(&(_, first)) = same.first() else { continue };
            if let Some((at, date)) = published
                && begin_of(first).is_some_and(|begin| begin >= at)
            {
                publication(out, date)?;
                published = None;
            }
            let interval = first.interval.as_ref().and_then(|interval| arabic::interval(interval, self.zone));
            let long = if first.granularity() == pb::Granularity::Day { "" } else { r#" class="long""# };
            let value = escape(&first.value);
            write!(
                out,
                r#"<li{long}><time>{}</time> <bdi class="code" dir="ltr">{value}</bdi><br>"#,
                interval.unwrap_or_default()
            )?;
            self.time_places(out, same)?;
            out.write_all(b"</li>\n")?;
        }
        if let Some((_, date)) = published {
            publication(out, date)?;
        }
        if !dated.is_empty() {
            out.write_all(b"</ol>\n")?;
        }
        if undated.is_empty() {
            return Ok(());
        }
        writeln!(out, "<h3>بلا موضع في التقويم</h3>\n<ul class=\"rows\">")?;
        for time in &undated {
            out.write_all(b"<li>")?;
            self.time_places(out, std::slice::from_ref(time))?;
            // what the others stand for is said in words
            let value = if time.1.value.ends_with("_REF") { "" } else { &time.1.value };
            let value = escape(value);
            writeln!(
                out,
                r#" <span class="value">{} <bdi class="code" dir="ltr">{value}</bdi></span></li>"#,
                arabic::undated(time.1)
            )?;
        }
        out.write_all(b"</ul>\n")
    }

    fn time_places(&self, out: &mut dyn Write, times: &[(usize, &pb::TimeExpression)]) -> io::Result<()> {
        let id = &self.id;
        for (number, time) in times {
            write!(out, r##"<a id="{id}t{number}i" href="#{id}t{number}">{}</a> "##, escape(&time.text))?;
        }
        Ok(())
    }
}

fn begin_of(time: &pb::TimeExpression) -> Option<i64> {
    Some(time.interval.as_ref()?.begin?.seconds)
}

fn end_of(time: &pb::TimeExpression) -> Option<i64> {
    Some(time.interval.as_ref()?.end?.seconds)
}

fn publication(out: &mut dyn Write, date: jiff::civil::Date) -> io::Result<()> {
    writeln!(out, r#"<li class="published"><time datetime="{date}">{}</time><br>تاريخ النشر</li>"#, arabic::day(date))
}
