//! Keys and certificates, for workers on other machines.
//!
//! An authority of our own signs two certificates, one for runs and one for workers, and its key is thrown
//! away: it can never sign a third. Each side accepts only the other's certificate, so that a worker's key,
//! if it is stolen, is no run's.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::time::{Duration, SystemTime};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose,
};

/// The authority's certificate: both sides need it.
pub const AUTHORITY: &str = "authority.pem";

/// What runs, or waits for runs: the names of both sides' files, and of both sides.
pub const RUN: &str = "run";

/// See [`RUN`].
pub const WORKER: &str = "worker";

/// How long the keys are good for: long enough to use them, short enough that lost ones expire.
pub const VALID_DAYS: u64 = 90;

/// Why there are no new keys.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be made; one that is there already is not overwritten.
    #[error("cannot write {0}: {1}")]
    Write(String, io::Error),
    /// A certificate could not be made.
    #[error("cannot make a certificate: {0}")]
    Certificate(#[from] rcgen::Error),
}

/// The name that a side's certificate is for. It is in no directory: what counts is who has the key.
pub(crate) fn name(side: &str) -> String {
    format!("{side}.{}.invalid", env!("CARGO_PKG_NAME"))
}

/// Makes all keys and certificates in a folder, which may be new. A worker's machine gets `authority.pem`,
/// `worker.pem` and `worker.key`.
///
/// # Errors
///
/// If there are keys in the folder already, or it cannot be written to.
pub fn make(folder: &Path) -> Result<(), Error> {
    let wrong = |path: &Path, err| Error::Write(path.display().to_string(), err);
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder.create(folder).map_err(|err| wrong(folder, err))?;
    let write = |file: &str, text: &str| {
        let path = folder.join(file);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true).mode(0o600);
        let written = options
            .open(&path)
            .and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(|err| wrong(&path, err))
    };
    let mut params = params("authority", Vec::new())?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate()?)?;
    write(AUTHORITY, &authority.pem())?;
    for (side, purpose) in [
        (RUN, ExtendedKeyUsagePurpose::ClientAuth),
        (WORKER, ExtendedKeyUsagePurpose::ServerAuth),
    ] {
        let key = KeyPair::generate()?;
        let mut params = self::params(side, vec![name(side)])?;
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![purpose];
        let certificate = params.signed_by(&key, &authority)?;
        write(&format!("{side}.pem"), &certificate.pem())?;
        write(&format!("{side}.key"), &key.serialize_pem())?;
    }
    Ok(())
}

fn params(side: &str, names: Vec<String>) -> Result<CertificateParams, rcgen::Error> {
    /// Clocks of two machines differ.
    const BEFORE: Duration = Duration::from_secs(60 * 60);
    let now = SystemTime::now();
    let mut params = CertificateParams::new(names)?;
    params.not_before = (now - BEFORE).into();
    params.not_after = (now + Duration::from_secs(VALID_DAYS * 24 * 60 * 60)).into();
    let common_name = format!("{} {side}", env!("CARGO_PKG_NAME"));
    params
        .distinguished_name
        .push(DnType::CommonName, common_name);
    Ok(params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_for_their_owner_alone_and_never_overwritten() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("keys");
        make(&folder).expect("a new folder");
        for file in [
            "authority.pem",
            "run.pem",
            "run.key",
            "worker.pem",
            "worker.key",
        ] {
            let metadata = folder.join(file).metadata().expect(file);
            assert_eq!(metadata.permissions().mode() & 0o777, 0o600, "{file}");
        }
        let before = std::fs::read(folder.join("run.key")).expect("a key");
        assert!(make(&folder).is_err());
        assert_eq!(
            std::fs::read(folder.join("run.key")).expect("a key"),
            before
        );
    }
}
