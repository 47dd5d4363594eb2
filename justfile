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

# Before each commit: formatting, and the tests that need no browser, compile nothing and try no schedules by the thousand
quick:
    cargo fmt --all --check
    NO_BROWSER=1 cargo test --workspace --exclude proofs -- \
        --skip published_tests_pass_on_our_channel \
        --skip a_fork_is_made_judged_measured_and_drawn \
        --skip an_exercise_is_begun_judged_and_solved \
        --skip every_judge_knows_right_from_wrong \
        --skip after_preparation_no_run_compiles_anything \
        --skip what_a_program_does_is_seen \
        --skip the_programs_of_the_book_do_what_its_answers_say

# Formatting and lints, as a change must pass them
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings

# Everything that must hold before a change lands
ci:
    .ci/run
