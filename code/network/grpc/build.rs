//! Makes the Rust of the interface. The usual compiler for it, `protoc`, would have to be installed; this one is
//! a crate.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=proto/directory.proto");
    let files = protox::compile(["directory.proto"], ["proto"])?;
    tonic_prost_build::configure().compile_fds(files)?;
    Ok(())
}
