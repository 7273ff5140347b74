#![allow(clippy::unwrap_used, clippy::print_stdout)]
//! Until the command line has it: `cargo run --example eval LAYER DATA [errors]`.
fn main() {
    let mut args = std::env::args().skip(1);
    let layer = args.next().unwrap().parse().unwrap();
    let data = std::io::BufReader::new(std::fs::File::open(args.next().unwrap()).unwrap());
    let show = args.next().is_some();
    let engine = std::sync::Arc::new(isnad::engine::Engine::default());
    let report = isnad::eval::evaluate(&engine, layer, data, &mut |e| {
        if show {
            println!("{e}");
        }
    });
    println!("{}", report.unwrap());
}
