//! What a measurement was made on, as far as the system tells.

use std::process::Command;

use serde::{Deserialize, Serialize};

/// The machine of a measurement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// A short name, the second part of the file name.
    pub name: String,
    /// The processor's model.
    pub cpu: String,
    /// Logical processors.
    pub cores: usize,
    /// Memory in bytes.
    pub memory_bytes: u64,
    /// The operating system and its version.
    pub os: String,
    /// The kernel's version.
    pub kernel: String,
}

impl Machine {
    /// This machine.
    pub fn this() -> Machine {
        let cpu = cpu();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Machine {
            name: format!("{}-{cores}", slug(&cpu)),
            cpu,
            cores,
            memory_bytes: memory_bytes(),
            os: os(),
            kernel: said("uname", &["-sr"]),
        }
    }
}

/// What a program prints, or nothing where it cannot be run.
pub fn said(program: &str, arguments: &[&str]) -> String {
    Command::new(program)
        .args(arguments)
        .output()
        .ok()
        .filter(|output| output.status.success())
        .map_or_else(String::new, |output| {
            String::from_utf8_lossy(&output.stdout).trim().to_owned()
        })
}

/// The load average over one minute, or 0 where the system does not tell.
pub fn load_average() -> f64 {
    let text = std::fs::read_to_string("/proc/loadavg")
        .unwrap_or_else(|_| said("sysctl", &["-n", "vm.loadavg"]));
    text.split_whitespace()
        .find_map(|word| word.parse().ok())
        .unwrap_or(0.0)
}

fn cpu() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = field(&info, "model name")
        .unwrap_or_else(|| said("sysctl", &["-n", "machdep.cpu.brand_string"]));
    if model.is_empty() {
        std::env::consts::ARCH.to_owned()
    } else {
        model
    }
}

fn memory_bytes() -> u64 {
    let info = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    match field(&info, "MemTotal").and_then(|text| text.split(' ').next()?.parse::<u64>().ok()) {
        Some(kib) => kib * 1024,
        None => said("sysctl", &["-n", "hw.memsize"]).parse().unwrap_or(0),
    }
}

fn os() -> String {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    release
        .lines()
        .find_map(|line| {
            Some(
                line.strip_prefix("PRETTY_NAME=")?
                    .trim_matches('"')
                    .to_owned(),
            )
        })
        .unwrap_or_else(|| format!("macOS {}", said("sw_vers", &["-productVersion"])))
}

/// The value of the first `name : value` line.
fn field(info: &str, name: &str) -> Option<String> {
    info.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == name).then(|| value.trim().to_owned())
    })
}

/// `Intel(R) Xeon(R) Processor` as `intel-xeon-processor`.
fn slug(text: &str) -> String {
    let text = text.replace("(R)", "").replace("(TM)", "").to_lowercase();
    let words = text
        .split(|char: char| !char.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_processor_becomes_a_file_name() {
        assert_eq!(
            slug("Intel(R) Xeon(R) Processor @ 2.30GHz"),
            "intel-xeon-processor-2-30ghz"
        );
    }

    #[test]
    fn this_machine_is_known() {
        let machine = Machine::this();
        assert!(machine.cores > 0 && machine.memory_bytes > 0, "{machine:?}");
        assert!(
            !machine.name.contains('/') && !machine.kernel.is_empty(),
            "{machine:?}"
        );
    }
}
