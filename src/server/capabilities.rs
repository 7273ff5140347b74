//! What `GetCapabilities` answers. Labels and their meanings are read from the comments of the contract, where they are
//! written once.

use prost::Message as _;
use prost_types::{FileDescriptorProto, FileDescriptorSet};

use super::{ServeError, Settings, errors::Failure};
use crate::{
    convert::{answer, labels, validate::Method},
    document::Layer,
    engine::{Engine, Warning},
    morphology::Features,
    pb,
};

/// Where each table comes from.
const RESOURCES: &str = include_str!("../../resources/README.md");

/// What the model was trained on.
const MODELS: &str = include_str!("../../models/README.md");

/// What `just quality` measured.
const MEASUREMENTS: &str = include_str!("../../resources/measurements.tsv");

/// The licence of the project's own tables, which ask for no attribution.
const OWN_LICENSE: &str = "Apache-2.0";

/// A label of this comment is only ever in a request.
const NOT_IN_RESPONSES: &str = "Never in a response";

/// What the service with `engine` and `settings` is and can do.
pub(super) fn of(engine: &Engine, settings: &Settings) -> Result<pb::GetCapabilitiesResponse, ServeError> {
    let descriptors =
        FileDescriptorSet::decode(pb::DESCRIPTORS).map_err(|error| ServeError::Descriptors(error.into()))?;
    let mut inventories: Vec<_> =
        descriptors.file.iter().filter(|file| file.package() == "isnad.v1").flat_map(enums).collect();
    inventories.extend(strings());
    inventories.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(pb::GetCapabilitiesResponse {
        pipeline: Some(answer::pipeline(engine)),
        components: components(),
        default_analyze_layers: numbers(Method::Analyze.layers()),
        default_extract_layers: numbers(Method::Extract.layers()),
        inventories,
        limits: Some(limits(settings)),
        measurements: measurements(),
    })
}

fn numbers(layers: &[Layer]) -> Vec<i32> {
    layers.iter().map(|&layer| pb::Layer::from(layer).into()).collect()
}

fn limits(settings: &Settings) -> pb::Limits {
    let number = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    pb::Limits {
        max_document_code_points: number(settings.max_code_points),
        max_message_bytes: number(settings.max_message_bytes()),
        max_concurrent_documents: number(settings.max_documents),
        stream_window: number(settings.stream_window.get()),
        max_document_millis: i32::try_from(settings.max_document_time.as_millis()).unwrap_or(i32::MAX),
    }
}

/// The enums of one file of the contract.
fn enums(file: &FileDescriptorProto) -> impl Iterator<Item = pb::LabelInventory> {
    // A path is made of field numbers and indices: 5 is `enum_type` of a file, 2 is `value` of an enum.
    let comment = |path: [i32; 4]| {
        let locations = file.source_code_info.iter().flat_map(|info| &info.location);
        let text = locations.filter(|at| at.path == path).map(|at| at.leading_comments()).next();
        text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    (0..).zip(&file.enum_type).map(move |(e, inventory)| {
        let labels = (0..)
            .zip(&inventory.value)
            .map(|(v, value)| pb::Label { name: value.name().to_owned(), description: comment([5, e, 2, v]) });
        pb::LabelInventory {
            name: inventory.name().to_owned(),
            labels: labels.filter(|label| !label.description.contains(NOT_IN_RESPONSES)).collect(),
        }
    })
}

/// The inventories of labels that are strings in the contract.
fn strings() -> [pb::LabelInventory; 4] {
    let feature = |(name, value, meaning)| (format!("{name}={value}"), meaning);
    let upos = |upos| {
        let (name, meaning) = labels::upos(upos);
        (name.to_owned(), meaning)
    };
    [
        // in `google.rpc.ErrorInfo` too
        inventory("StreamError.reason", Failure::reasons().map(|(reason, meaning)| (reason.to_owned(), meaning))),
        inventory("Warning.code", Warning::ALL.into_iter().map(|w| (w.code().to_owned(), w.message()))),
        inventory("Word.features", Features::inventory().map(feature)),
        inventory("Word.upos", labels::UPOS.into_iter().map(upos)),
    ]
}

fn inventory(name: &str, labels: impl Iterator<Item = (String, &'static str)>) -> pb::LabelInventory {
    let labels = labels.map(|(name, meaning)| pb::Label { name, description: meaning.to_owned() });
    pb::LabelInventory { name: name.to_owned(), labels: labels.collect() }
}

/// The tables and the model inside, as their READMEs list them: files, what they are, source, licence.
fn components() -> Vec<pb::Component> {
    let mut components = Vec::new();
    for row in RESOURCES.lines().chain(MODELS.lines()).filter(|line| line.starts_with("| `")) {
        let cells: Vec<_> = row.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect();
        let [files, _what, origin, license, ..] = cells.as_slice() else { continue };
        // what tables were made from is not inside
        for name in files.split(", ").filter(|name| !name.contains("/made_from/")) {
            components.push(pb::Component {
                name: name.to_owned(),
                origin: origin.clone(),
                license: license.clone(),
                // the licences of others ask that their sources be named
                attribution: if license == OWN_LICENSE { String::new() } else { origin.clone() },
            });
        }
    }
    components
}

/// The accuracy reached: layer, measure, value, data, name.
fn measurements() -> Vec<pb::Measurement> {
    let rows = MEASUREMENTS.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        let (value, data, name) = (cells.nth(2)?, cells.next()?, cells.next()?);
        Some(pb::Measurement { name: name.to_owned(), data: data.to_owned(), value: value.parse().ok()? })
    })
    .collect()
}
