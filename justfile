# What is done often; `just` alone lists it. .ci/run needs none of this.

_list:
    @just --list

# the program, as it is released
build:
    cargo build --release --locked

# every test
test:
    cargo test

# format and lints, warnings denied
lint:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings

# instructions by callgrind: no stage takes more than its share of a longer text
linear: build
    tests/linear.sh

# benchmarks, beside a bare server of the same bytes
bench:
    cargo bench

# other crates on annotated words, into docs/peers.md; a project of its own, so that none is among the dependencies
peers data="../shared/data/morphology/news.dev.txt":
    cargo run --release --locked --target-dir target/peers --manifest-path benches/peers/Cargo.toml -- {{data}} \
        >target/peers.md
    mv target/peers.md docs/peers.md

# accuracy on annotated news, into docs/quality.md and what GetCapabilities tells
quality data="../shared/data/news":
    cargo build --release --locked
    python3 docs/make_quality.py {{data}}

# precision of answers that nobody annotated, over those that a reader judged; `sheet` in place of `score` prints a
# sample to judge
judged command="score" data="../shared/data/news/dev.jsonl":
    cargo build --release --locked
    python3 docs/judged.py {{command}} {{data}}

# the model that ships, from the corpora: features, pretraining, fitting, packing; goes on where it was interrupted
train data="../shared/data" work="target/training":
    cargo build --release --locked --features train
    cp target/release/isnad target/isnad-train
    uv run --project training --locked python -m isnad_training {{data}} {{work}} \
        --isnad target/isnad-train --out models/isnad.model --plots docs

# the training on texts of its own: a small model through all stages, in seconds
test-training:
    cargo build --release --locked --features train
    cp target/release/isnad target/isnad-train
    ISNAD="$PWD/target/isnad-train" uv run --project training --locked --group test pytest -q training/tests

# what the same training reaches with labels that may not ship
compare-training data="../shared/data" work="target/training":
    for part in train dev; do target/isnad-train features columns {{data}}/ner/anercorp.$part.tsv \
        {{work}}/anercorp_$part.safetensors; done
    uv run --project training --locked python -m isnad_training.compare {{work}}

# the web page in headless Chromium, and its picture into docs/page.png
page: build
    tests/page/run target/release/isnad target/page
    cp target/page/article-card.png docs/page.png

# the contract's style
proto-lint:
    npx --yes @bufbuild/buf@1.75.0 lint

# the documentation, private rooms included, warnings denied
doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --document-private-items

# licences, bans and sources of the dependencies
deny:
    cargo deny check --hide-inclusion-graph bans licenses sources

# everything that must hold
ci:
    .ci/run
