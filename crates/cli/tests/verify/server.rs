//! A host for the tests: speaks TLS with a certificate of its own, and answers what the test says, byte by byte.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A host that answers until the test ends.
pub(crate) struct Server {
    pub(crate) port: u16,
    /// The certificate, which is its own authority.
    pub(crate) certificate: Vec<u8>,
}

/// What a client asks for.
pub(crate) struct Request {
    pub(crate) path: String,
    /// The header lines in lower case.
    pub(crate) headers: String,
}

impl Server {
    /// Answers each request by `answer`, with a certificate for `name` until `until`, as `20990101000000Z`.
    pub(crate) fn start(name: &str, until: &str, answer: impl Fn(&Request) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let (certificate, key) = certificate(name, until);
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("the versions are known")
            .with_no_client_auth()
            .with_single_cert(vec![CertificateDer::from(certificate.clone())], PrivatePkcs8KeyDer::from(key).into())
            .expect("the key is that of the certificate");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it has a port").port();
        let (config, answer) = (Arc::new(config), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (config, answer) = (Arc::clone(&config), Arc::clone(&answer));
                thread::spawn(move || serve(stream, config, answer.as_ref()));
            }
        });
        Self { port, certificate }
    }

    pub(crate) fn certificate_in_pem(&self) -> String {
        const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = "-----BEGIN CERTIFICATE-----\n".to_owned();
        for line in self.certificate.chunks(48) {
            for part in line.chunks(3) {
                let bits =
                    part.iter().enumerate().fold(0, |bits, (at, byte)| bits | usize::from(*byte) << (16 - 8 * at));
                for digit in 0..4 {
                    let character = if digit <= part.len() { DIGITS[bits >> (18 - 6 * digit) & 63] } else { b'=' };
                    text.push(char::from(character));
                }
            }
            text.push('\n');
        }
        text.push_str("-----END CERTIFICATE-----\n");
        text
    }
}

/// A client that goes away in the middle is no fault of the server's.
fn serve(stream: TcpStream, config: Arc<ServerConfig>, answer: &dyn Fn(&Request) -> Vec<u8>) {
    let Ok(connection) = ServerConnection::new(config) else { return };
    let mut stream = StreamOwned::new(connection, stream);
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(count) if count > 0 => head.extend_from_slice(&buffer[..count]),
            _ => return,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let _ = stream.write_all(&answer(&Request { path, headers: head.to_lowercase() }));
    stream.conn.send_close_notify();
    let _ = stream.flush();
}

/// A certificate that has signed itself (RFC 5280), and its key in PKCS #8.
fn certificate(name: &str, until: &str) -> (Vec<u8>, Vec<u8>) {
    let random = SystemRandom::new();
    let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).expect("a key is made");
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, key.as_ref(), &random).expect("it reads");
    let ecdsa_with_sha256 = sequence(&[of(6, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2])]);
    let common_name = of(6, &[0x55, 4, 3]);
    let subject = sequence(&[of(0x31, &sequence(&[common_name, of(0x0c, name.as_bytes())]))]);
    let public_key = sequence(&[
        sequence(&[of(6, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1]), of(6, &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7])]),
        of(3, &[&[0], pair.public_key().as_ref()].concat()),
    ]);
    let names = sequence(&[of(6, &[0x55, 0x1d, 0x11]), of(4, &sequence(&[of(0x82, name.as_bytes())]))]);
    let content = sequence(&[
        of(0xa0, &of(2, &[2])),
        of(2, &[7]),
        ecdsa_with_sha256.clone(),
        subject.clone(),
        sequence(&[of(0x18, b"20200101000000Z"), of(0x18, until.as_bytes())]),
        subject,
        public_key,
        of(0xa3, &sequence(&[names])),
    ]);
    let signature = pair.sign(&random, &content).expect("it signs");
    let signature = of(3, &[&[0], signature.as_ref()].concat());
    (sequence(&[content, ecdsa_with_sha256, signature]), key.as_ref().to_vec())
}

fn sequence(values: &[Vec<u8>]) -> Vec<u8> {
    of(0x30, &values.concat())
}

/// A value in DER.
fn of(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).expect("it is short").to_be_bytes();
    let head = match length {
        [0, short @ ..0x80] => vec![tag, short],
        [0, long] => vec![tag, 0x81, long],
        [high, low] => vec![tag, 0x82, high, low],
    };
    [head.as_slice(), content].concat()
}
