//! Equal to the naive oracle on fixed, generated, random and hostile logs, and under every fault: as it is chosen here,
//! and with each way to make masks.

traffic::equals_oracle!(s17_columns::run);

traffic::reads_anything!();

/// The same with the masks of one name; skipped where the processor does not have them.
macro_rules! with_masks {
    ($name:ident) => {
        mod $name {
            use s17_columns::masks::Masks;
            use traffic::{Directory, Error, Input, Meter, Plan, Report};

            fn run(
                input: &Input,
                directory: &Directory,
                plan: &Plan,
                meter: &Meter,
            ) -> Result<Report, Error> {
                let masks = Masks::named(stringify!($name)).expect("it was asked whether it is there");
                s17_columns::run_with(masks, input, directory, plan, meter)
            }

            fn is_there(test: &str) -> bool {
                let is_there = Masks::named(stringify!($name)).is_some();
                if !is_there {
                    eprintln!("{test} is skipped: this processor has no {}", stringify!($name));
                }
                is_there
            }

            traffic::equals_oracle!(run, if is_there);
        }
    };
}

with_masks!(plain);
with_masks!(avx2);
with_masks!(avx512);
