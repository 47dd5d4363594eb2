//! Mutual TLS: each side proves who it is before a word is said.

use std::path::Path;
use std::sync::Arc;

use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::server::WebPkiClientVerifier;
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio_rustls::client::TlsStream;
use tokio_rustls::{TlsAcceptor, TlsConnector};

use crate::keys::{self, AUTHORITY, RUN, WORKER};

/// Why there is no TLS: one sentence.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

// ANCHOR: tls
/// Proves a run to a worker, and has the worker prove itself.
///
/// # Errors
///
/// If the keys are unusable, or the other side is no worker of theirs.
pub async fn connect<S>(folder: &Path, stream: S) -> Result<TlsStream<S>, Error>
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    let (authority, chain, key) = read(folder, RUN)?;
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(authority)
        .with_client_auth_cert(chain, key)?;
    let name = ServerName::try_from(keys::name(WORKER))?;
    let connector = TlsConnector::from(Arc::new(config));
    Ok(connector.connect(name, stream).await?)
}

/// What makes a worker prove itself, and its runs.
///
/// # Errors
///
/// If the keys are unusable.
pub fn acceptor(folder: &Path) -> Result<TlsAcceptor, Error> {
    let (authority, chain, key) = read(folder, WORKER)?;
    let provider = Arc::new(default_provider());
    let runs = WebPkiClientVerifier::builder_with_provider(authority.into(), provider.clone());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_client_cert_verifier(runs.build()?)
        .with_single_cert(chain, key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
// ANCHOR_END: tls

type Material = (
    RootCertStore,
    Vec<CertificateDer<'static>>,
    PrivateKeyDer<'static>,
);

/// The authority that is trusted, and one side's certificate and key.
fn read(folder: &Path, side: &str) -> Result<Material, Error> {
    let path = |file: &str| folder.join(file);
    let wrong = |file: &str, err: rustls::pki_types::pem::Error| {
        format!("cannot read {}: {err}", path(file).display())
    };
    let mut authority = RootCertStore::empty();
    let certificate = CertificateDer::from_pem_file(path(AUTHORITY));
    authority.add(certificate.map_err(|err| wrong(AUTHORITY, err))?)?;
    let (chain, key) = (format!("{side}.pem"), format!("{side}.key"));
    let certificate = CertificateDer::from_pem_file(path(&chain));
    let certificate = certificate.map_err(|err| wrong(&chain, err))?;
    let private = PrivateKeyDer::from_pem_file(path(&key));
    let private = private.map_err(|err| wrong(&key, err))?;
    Ok((authority, vec![certificate], private))
}
