//! `isnad pack`: trained weights to the model that the program reads.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use super::{Failure, Status, chain};
use crate::{
    config::PackFlags,
    model::{
        Model, features,
        pack::{self, PackError, Site},
        reference::Weights,
    },
};

/// Sentences that calibrate.
const SENTENCES: usize = 2000;

/// Sentences on which the packed model is compared with the weights.
const COMPARED: usize = 200;

/// Packs a model, and prints its size and how far it is from the weights.
pub fn run(flags: &PackFlags) -> Result<(), Failure> {
    let file = read(&flags.weights)?;
    let weights = Weights::read(&file).map_err(|error| wrong(&flags.weights, &error))?;
    let features = read(&flags.calibration)?;
    let of_features = |limit| features::read(&features, limit).map_err(|error| wrong(&flags.calibration, &error));
    let calibration = [of_features(SENTENCES)?];
    let sites = pack::calibrate(&weights, &calibration).map_err(|error| wrong(&flags.calibration, &error))?;
    let packed = pack::quantize(&weights, &sites).map_err(|error| wrong(&flags.weights, &error))?;
    fs::write(&flags.out, &packed).map_err(|error| Failure::writing(&flags.out.display().to_string(), &error))?;

    let size = packed.len();
    let model = Model::from_bytes(packed).map_err(|error| wrong(&flags.weights, &PackError::from(error)))?;
    let deviations = pack::compare(&weights, &model, &of_features(COMPARED)?);
    let mut out = anstream::stdout().lock();
    let written = (|| -> io::Result<()> {
        writeln!(out, "weights {} bytes, model {size} bytes, rows {}", file.len(), model.rows())?;
        writeln!(out, "calibrated on {} tokens; digest {}", calibration[0].tokens(), model.digest())?;
        for Site { name, scale, clipped } in &sites {
            writeln!(out, "{name}: a byte is worth {scale:.5}, {:.4} % clipped", clipped * 100.0)?;
        }
        for (name, deviation) in model.manifest().heads.iter().zip(&deviations) {
            let (relative, largest) = (deviation.relative * 100.0, deviation.largest);
            writeln!(out, "head {name}: {relative:.2} % from f32 (root mean square), {largest:.3} at most")?;
        }
        Ok(())
    })();
    written.map_err(|error| Failure::writing("standard output", &error))
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(file).map_err(|error| Failure::new(Status::NoInput, format!("{}: {error}", file.display())))
}

fn wrong(file: &Path, error: &dyn std::error::Error) -> Failure {
    Failure::new(Status::Data, format!("{}: {}", file.display(), chain(error)))
}
