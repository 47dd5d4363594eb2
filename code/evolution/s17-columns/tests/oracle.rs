//! Equal to the naive oracle on fixed, generated, random and hostile logs, and under every fault.

traffic::equals_oracle!(s17_columns::run);

traffic::reads_anything!();
