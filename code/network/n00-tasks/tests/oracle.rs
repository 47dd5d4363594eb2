//! Equal to the naive oracle on fixed, generated, random and hostile logs, and under every fault.

traffic::equals_oracle!(n00_tasks::run);

traffic::reads_anything!();
