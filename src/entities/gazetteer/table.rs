//! A compiled table, read in place: nothing is built when it is loaded.

use std::borrow::Cow;

use fst::{
    Map,
    raw::{Fst, Node, Output},
};

use super::{Class, Classes, Entry, compile::Sections};

/// Bytes that are embedded or were compiled for a deployment.
type Bytes = Cow<'static, [u8]>;

/// One compiled table; the layout is told in [`super::compile`].
#[derive(Debug)]
pub(super) struct Table {
    keys: Map<Bytes>,
    ranks: Bytes,
    postings: Bytes,
    entries: Bytes,
    strings: Bytes,
    deployment: bool,
}

macro_rules! section {
    ($name:literal) => {
        Bytes::Borrowed(include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.", $name)))
    };
}

impl Table {
    /// The tables of `resources/`.
    pub(super) fn built_in() -> Result<Self, fst::Error> {
        Ok(Self {
            keys: Map::new(section!("keys"))?,
            ranks: section!("ranks"),
            postings: section!("postings"),
            entries: section!("entries"),
            strings: section!("strings"),
            deployment: false,
        })
    }

    /// A deployment's own.
    pub(super) fn of_deployment(sections: Sections) -> Result<Self, fst::Error> {
        Ok(Self {
            keys: Map::new(sections.keys.into())?,
            ranks: sections.ranks.into(),
            postings: sections.postings.into(),
            entries: sections.entries.into(),
            strings: sections.strings.into(),
            deployment: true,
        })
    }

    /// The entry `index`.
    pub(super) fn entry(&self, index: u32) -> Option<Entry<'_>> {
        let at = index as usize * 16;
        let record = self.entries.get(at..at + 16)?;
        let country = &record[14..16];
        Some(Entry {
            class: Class::ALL.get(usize::from(record[12])).copied()?,
            name: self.string(record, 0),
            latin_name: self.string(record, 4),
            ids: self.string(record, 8),
            country: if country == [0, 0] { "" } else { std::str::from_utf8(country).unwrap_or_default() },
            deployment: self.deployment,
        })
    }

    /// The string that the offset at byte `at` of `record` points to.
    fn string(&self, record: &[u8], at: usize) -> &str {
        let offset = u32_at(record, at) as usize;
        let bytes =
            self.strings.get(offset).and_then(|&len| self.strings.get(offset + 1..offset + 1 + usize::from(len)));
        bytes.and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default()
    }

    /// The entries of the key of `rank`, and whether its form is ambiguous for each.
    pub(super) fn postings(&self, rank: u64) -> impl Iterator<Item = (u32, bool)> {
        let at = usize::try_from(rank).unwrap_or_default() * 8;
        let (first, end) = (u32_at(&self.ranks, at), u32_at(&self.ranks, at + 8));
        (first..end).map(|p| u32_at(&self.postings, p as usize * 4)).map(|p| (p >> 1, p & 1 == 1))
    }

    /// What the key of `rank` may name.
    pub(super) fn classes(&self, rank: u64) -> Classes {
        let both = u32_at(&self.ranks, usize::try_from(rank).unwrap_or_default() * 8 + 4).to_le_bytes();
        Classes { any: u16::from_le_bytes([both[0], both[1]]), sure: u16::from_le_bytes([both[2], both[3]]) }
    }

    /// The rank of `key`.
    pub(super) fn rank(&self, key: &str) -> Option<u64> {
        self.keys.get(key)
    }

    /// A walk that stands before the first letter of every key.
    pub(super) fn walk(&self) -> Walk<'_> {
        let keys = self.keys.as_fst();
        Walk { keys, node: keys.root(), output: Output::zero() }
    }
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..at + 4).and_then(|b| b.try_into().ok());
    four.map_or(0, u32::from_le_bytes)
}

/// A place in the keys, reached by the letters fed so far.
pub(super) struct Walk<'t> {
    keys: &'t Fst<Bytes>,
    node: Node<'t>,
    output: Output,
}

impl Walk<'_> {
    /// Goes on along `letters`; `None` where no key goes on so.
    pub(super) fn feed(mut self, letters: &str) -> Option<Self> {
        for byte in letters.bytes() {
            let transition = self.node.transition(self.node.find_input(byte)?);
            self.output = self.output.cat(transition.out);
            self.node = self.keys.node(transition.addr);
        }
        Some(self)
    }

    /// The rank of the key that ends here, if one does.
    pub(super) fn rank(&self) -> Option<u64> {
        self.node.is_final().then(|| self.output.cat(self.node.final_output()).value())
    }
}
