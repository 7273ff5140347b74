//! Names that are known: the tables of `resources/`, compiled by `build.rs`, and a deployment's own.

use std::ops::Range;

use crate::text::Text;

/// What an entry names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// A public person's name, full or well known by itself.
    Person,
    /// A given name.
    GivenName,
    /// A family name.
    FamilyName,
    /// An organisation.
    Organization,
    /// A country.
    Country,
    /// A province or town.
    Place,
    /// A continent, region, sea, river or mountain.
    Location,
    /// A facility.
    Facility,
    /// An event.
    Event,
    /// A product.
    Product,
    /// A work.
    Work,
    /// A law or treaty.
    Law,
    /// A nationality or religious group, in one of its forms.
    Nationality,
}

/// One entry; strings live in the compiled tables.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'g> {
    /// What it names.
    pub class: Class,
    /// The canonical Arabic name; for a nationality its masculine singular.
    pub name: &'g str,
    /// The established Latin name, or empty.
    pub latin_name: &'g str,
    /// ISO 3166-1 alpha-2 code of its country, or empty.
    pub country: &'g str,
    /// Public identifiers as `register:identifier`, separated by spaces, or empty.
    pub ids: &'g str,
    /// Whether the form that matched is also an everyday word or shared by several, and needs context.
    pub ambiguous: bool,
    /// Whether the deployment added it.
    pub deployment: bool,
}

/// Where a known name stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The tokens that hold it.
    pub tokens: Range<usize>,
    /// Where it begins in the normalized form of the first token: after the clitics.
    pub host_begin: usize,
    /// Whether the name's article lost its alef after ل.
    pub article_restored: bool,
    /// The entry, for [`Gazetteer::entry`].
    pub entry: u32,
}

/// The compiled tables.
#[derive(Debug, Default)]
pub struct Gazetteer {}

impl Gazetteer {
    /// Appends every known name that begins in token `token`, at each of its cuts, longest first.
    pub fn hits_at(&self, _text: &Text<'_>, _token: usize, _hits: &mut Vec<Hit>) {}

    /// The entry of a hit.
    pub fn entry(&self, _id: u32) -> Option<Entry<'_>> {
        None
    }
}
