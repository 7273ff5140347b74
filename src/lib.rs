//! Isnad reads Arabic news: who is named, who said what, when, where, and how the words are built.
//!
//! The folders follow the pipeline: [`text`] → [`morphology`] → [`entities`] → [`time`] and [`numbers`] →
//! [`quotations`] → [`relations`], run in that order by the [`engine`]. [`convert`] stands between the domain and the
//! protobuf contract ([`pb`]); [`model`] runs what was learned; [`server`] and [`cli`] are the two ways in.
//! ARCHITECTURE.md states what holds.

pub mod cli;
pub mod config;
pub mod convert;
pub mod document;
pub mod engine;
pub mod entities;
pub mod eval;
pub mod model;
pub mod morphology;
pub mod numbers;
pub mod pb;
pub mod quotations;
pub mod relations;
pub mod server;
pub mod span;
pub mod text;
pub mod time;
#[cfg(feature = "train")]
pub mod train;
