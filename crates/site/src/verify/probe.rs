//! Asks a host for files, and keeps what a browser would not show: all values of a header, bytes after the content, the
//! certificate.

use std::io;
use std::net::ToSocketAddrs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use std::{fmt, fs};

use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{CertificateError, ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use ureq::Agent;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::{
    Buffers, ConnectProxyConnector, ConnectionDetails, Connector, Either, LazyBuffers, NextTimeout, TcpConnector,
    Transport, TransportAdapter,
};

use super::certificate::is_certificate;
use crate::SiteError;

/// The largest file that is read from a host, in bytes. The files of a site are far smaller.
pub(super) const LARGEST: u64 = 32 << 20;

/// As Edge names itself: hosts and proxies treat browsers differently.
const BROWSER: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                       Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0";

/// As whom to ask.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Client {
    /// This program, which takes content as it is.
    Program,
    /// A browser that takes this encoding of the content.
    Browser(&'static str),
}

/// What a host answers.
pub(super) struct Answer {
    pub(super) status: u16,
    /// The headers as they came, their names in lower case.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    /// How many bytes came after the content.
    pub(super) after: usize,
}

impl Answer {
    /// All values of a header.
    pub(super) fn values(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(of, _)| of == name).map(|(_, value)| value.as_str()).collect()
    }
}

/// Why there is no answer.
pub(super) enum Silence {
    /// The host cannot be reached.
    Host(String),
    /// This one answer cannot be read.
    File(String),
}

/// A host that is asked.
pub(super) struct Probe {
    host: String,
    tls: Arc<ClientConfig>,
    deadline: Instant,
    limit: Duration,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    certificate: Option<Vec<u8>>,
}

impl Probe {
    /// Trusts the authorities of the system, or only those in `ca`. All requests together may take the time of `limit`.
    pub(super) fn new(host: String, ca: Option<&Path>, limit: Duration) -> Result<Self, SiteError> {
        let tls = Arc::new(config(ca)?);
        Ok(Self { host, tls, deadline: Instant::now() + limit, limit, seen: Arc::default() })
    }

    /// The certificate that the host showed, in DER.
    pub(super) fn certificate(&self) -> Option<Vec<u8>> {
        self.seen.lock().ok()?.certificate.clone()
    }

    pub(super) fn get(&self, url: &str, client: Client) -> Result<Answer, Silence> {
        let after = Arc::new(Mutex::new(0));
        let connector = ().chain(ConnectProxyConnector::default()).chain(TcpConnector::default()).chain(Tls {
            config: Arc::clone(&self.tls),
            seen: Arc::clone(&self.seen),
            after: Arc::clone(&after),
        });
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // A redirected file is not where the manifest says.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .timeout_global(Some(self.deadline.saturating_duration_since(Instant::now()).max(Duration::from_millis(1))))
            .build();
        let agent = Agent::with_parts(config, connector, DefaultResolver::default());
        let (name, encoding) = match client {
            Client::Program => (concat!("sendvagt/", env!("CARGO_PKG_VERSION")), "identity"),
            Client::Browser(encoding) => (BROWSER, encoding),
        };
        let request = agent.get(url).header("user-agent", name).header("accept-encoding", encoding);
        let mut response = request.call().map_err(|error| self.silence(&error))?;
        let headers = response.headers().iter();
        let headers =
            headers.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
        let (status, headers) = (response.status().as_u16(), headers.collect());
        let body = response.body_mut().with_config().limit(LARGEST).read_to_vec();
        let body = body.map_err(|error| match error {
            ureq::Error::Timeout(_) => Silence::Host(self.too_slow()),
            error => Silence::File(format!("its content cannot be read: {error}")),
        })?;
        drop(response);
        drop(agent);
        let after = after.lock().map(|after| *after).unwrap_or_default();
        Ok(Answer { status, headers, body, after })
    }

    fn too_slow(&self) -> String {
        format!("{} takes longer than {} seconds; --timeout allows more", self.host, self.limit.as_secs())
    }

    fn unknown_name(&self) -> String {
        format!("the name of {} is not known here; is it spelt right, and is it in the DNS of this network?", self.host)
    }

    fn has_address(&self) -> bool {
        let named = if self.host.contains(':') { self.host.clone() } else { format!("{}:443", self.host) };
        named.to_socket_addrs().is_ok_and(|mut addresses| addresses.next().is_some())
    }

    fn silence(&self, error: &ureq::Error) -> Silence {
        let host = &self.host;
        Silence::Host(match error {
            ureq::Error::Timeout(_) => self.too_slow(),
            ureq::Error::HostNotFound => self.unknown_name(),
            ureq::Error::Io(error) => match tls_error(error) {
                Some(error) => format!("{host}: {}", untrusted(error)),
                None if error.kind() == io::ErrorKind::ConnectionRefused => {
                    format!("nothing listens at {host}; is the web server running, and is the port right?")
                }
                // The system's error for this is of no kind of its own.
                None if !self.has_address() => self.unknown_name(),
                None => format!("the connection to {host} fails: {error}"),
            },
            ureq::Error::Protocol(_) => return Silence::File(format!("the host does not answer in HTTP: {error}")),
            _ => format!("{host} cannot be reached: {error}"),
        })
    }
}

fn tls_error(error: &io::Error) -> Option<&rustls::Error> {
    error.get_ref()?.downcast_ref()
}

/// What is wrong with a secure connection, and what to do.
fn untrusted(error: &rustls::Error) -> String {
    use rustls::Error::{InvalidCertificate, InvalidMessage};
    match error {
        InvalidCertificate(CertificateError::Expired | CertificateError::ExpiredContext { .. }) => {
            "its certificate has expired; renew it".into()
        }
        InvalidCertificate(CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. }) => {
            "its certificate is for another name; get one for this name".into()
        }
        InvalidCertificate(why) => format!(
            "its certificate is not trusted here ({why}); if an authority of your own network has issued it, name the \
             certificate of that authority with --ca"
        ),
        InvalidMessage(_) => "it does not answer in TLS; is it http on this port?".into(),
        error => format!("no secure connection can be made: {error}"),
    }
}

/// The settings of TLS.
fn config(ca: Option<&Path>) -> Result<ClientConfig, SiteError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let failed = |error: rustls::Error| SiteError::new(format!("no secure connection can be made: {error}"));
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider));
    let builder = builder.with_safe_default_protocol_versions().map_err(failed)?;
    let builder = match ca {
        Some(path) => builder.with_root_certificates(authorities(path)?),
        None => {
            let verifier: Arc<dyn ServerCertVerifier> =
                Arc::new(rustls_platform_verifier::Verifier::new(provider).map_err(failed)?);
            // "Dangerous" is any verifier but the one inside rustls. This one asks the system.
            builder.dangerous().with_custom_certificate_verifier(verifier)
        }
    };
    Ok(builder.with_no_client_auth())
}

/// The certificates in a file: one or more in PEM, or one in DER, as Windows exports it when nobody chooses.
fn authorities(path: &Path) -> Result<RootCertStore, SiteError> {
    let shown = path.display();
    let bytes = fs::read(path).map_err(|error| SiteError::new(format!("--ca {shown} cannot be read: {error}")))?;
    let none = || SiteError::new(format!("--ca {shown} holds no certificate; export it as DER or as Base-64 (PEM)"));
    let certificates = if is_certificate(&bytes) {
        vec![CertificateDer::from(bytes)]
    } else {
        CertificateDer::pem_slice_iter(&bytes).collect::<Result<Vec<_>, _>>().map_err(|_| none())?
    };
    let mut store = RootCertStore::empty();
    match store.add_parsable_certificates(certificates) {
        (0, _) => Err(none()),
        _ => Ok(store),
    }
}

/// Wraps a connection in TLS, as ureq's own connector does, and keeps what it saw.
struct Tls {
    config: Arc<ClientConfig>,
    seen: Arc<Mutex<Seen>>,
    after: Arc<Mutex<usize>>,
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tls")
    }
}

impl<In: Transport> Connector<In> for Tls {
    type Out = Either<In, TlsTransport>;

    fn connect(&self, details: &ConnectionDetails<'_>, chained: Option<In>) -> Result<Option<Self::Out>, ureq::Error> {
        let Some(transport) = chained else { return Ok(None) };
        // A proxy is spoken to without TLS, and the host through it.
        if !details.needs_tls() || transport.is_tls() {
            return Ok(Some(Either::A(transport)));
        }
        let host = details.uri.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let name = ServerName::try_from(host).map_err(io::Error::other)?;
        let mut connection = ClientConnection::new(Arc::clone(&self.config), name).map_err(io::Error::other)?;
        let boxed: Box<dyn Transport> = Box::new(transport);
        let mut socket = TransportAdapter::new(boxed, Arc::clone(&details.current_time));
        socket.set_timeout(details.timeout);
        connection.complete_io(&mut socket)?;
        let shown = connection.peer_certificates().and_then(|chain| chain.first());
        if let (Some(shown), Ok(mut seen)) = (shown, self.seen.lock()) {
            seen.certificate = Some(shown.to_vec());
        }
        Ok(Some(Either::B(TlsTransport {
            buffers: LazyBuffers::new(details.config.input_buffer_size(), details.config.output_buffer_size()),
            stream: StreamOwned::new(connection, socket),
            after: Arc::clone(&self.after),
        })))
    }
}

struct TlsTransport {
    buffers: LazyBuffers,
    stream: StreamOwned<ClientConnection, TransportAdapter>,
    after: Arc<Mutex<usize>>,
}

impl fmt::Debug for TlsTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TlsTransport")
    }
}

impl Transport for TlsTransport {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        self.stream.get_mut().set_timeout(timeout);
        let output = self.buffers.output().get(..amount).unwrap_or_default();
        Ok(io::Write::write_all(&mut self.stream, output)?)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.stream.get_mut().set_timeout(timeout);
        let amount = io::Read::read(&mut self.stream, self.buffers.input_append_buf())?;
        self.buffers.input_appended(amount);
        Ok(amount > 0)
    }

    fn is_open(&mut self) -> bool {
        self.stream.get_mut().get_mut().is_open()
    }

    fn is_tls(&self) -> bool {
        true
    }
}

impl Drop for TlsTransport {
    /// What is left over belongs to no answer.
    fn drop(&mut self) {
        if let Ok(mut after) = self.after.lock() {
            *after = self.buffers.input().len();
        }
    }
}
