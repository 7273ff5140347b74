//! Half-open byte ranges of the original text: the one kind of position inside the engine.

use std::ops::Range;

/// A half-open range `[begin, end)` of UTF-8 bytes of the document as it was sent, on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub begin: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `[begin, end)`. Documents are limited far below 4 GiB, so larger positions saturate.
    pub fn new(begin: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { begin: clamp(begin), end: clamp(end) }
    }

    /// The span as a range for slicing.
    pub fn range(self) -> Range<usize> {
        self.begin as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.begin) as usize
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.begin == self.end
    }

    /// Whether `other` lies inside this span; equal spans do.
    pub fn contains(self, other: Self) -> bool {
        self.begin <= other.begin && other.end <= self.end
    }

    /// Whether the two spans share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.begin < other.end && other.begin < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Self) -> Self {
        Self { begin: self.begin.min(other.begin), end: self.end.max(other.end) }
    }
}
