# Thin recipes over cargo: `just` lists them. Each can as well be typed out.

_default:
    @just --list

# Build the book and serve it, rebuilding on change
serve *ARGS:
    cargo run --release -- serve {{ARGS}}

# Prepare for a talk: build all that runs live on slides and pages, then serve
talk *ARGS:
    cargo run --release -- serve --prepare {{ARGS}}

# Print the talk's running order: `just order --cut 45`
order *ARGS:
    cargo run --release -- list --talk {{ARGS}}

# Build the static site into target/book
build *ARGS:
    cargo run --release -- build {{ARGS}}

# Run one program of the book: `just run s01-cache --lines 10k`
run NAME *ARGS:
    cargo run --release -- run {{NAME}} -- {{ARGS}}

# Copy a step into my-work to change it: `just fork s01-cache my-cache`
fork STEP NAME:
    cargo run --release -- fork {{STEP}} {{NAME}}

# Begin and judge an exercise, or judge a fork: `just check lost-update`
check *ARGS:
    cargo run --release -- check {{ARGS}}

# Measure on this machine, beside the book's numbers: `just bench evolution --quick`
bench *ARGS:
    cargo run --release -- bench {{ARGS}}

# Check what the book promises about itself
verify *ARGS:
    cargo run --release -- verify {{ARGS}}

# Install a Go toolchain for this project alone, in target/go: the Go twins are then built, tested and measured, too
go:
    .ci/go target/go

# Run all tests
test:
    cargo test --workspace

# Before each commit, in a minute once all is built: formatting, the tests in the sources, the house, and each step against the oracle
quick:
    cargo fmt --all --check
    cargo test --workspace --lib --bins --test house --test copies -- --skip every_judge_knows_right_from_wrong
    cargo test --workspace --test oracle -- neighbours real_lines

# Formatting and lints, as a change must pass them
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings

# Everything that must hold before a change lands
ci:
    .ci/run
