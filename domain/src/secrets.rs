//! The master key and the keys that are derived from it, random tokens and their hashes.

use std::{fmt, fs, io::Write, path::Path};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hkdf::Hkdf;
use rand::Rng;
use sha2::{Digest, Sha256};
use zeroize::{ZeroizeOnDrop, Zeroizing};

use crate::error::{Error, Result};

/// The one secret of an installation, 256 bits. Everything else is derived from it, each use under its own label.
#[derive(Clone, ZeroizeOnDrop)]
pub struct MasterKey([u8; 32]);

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(…)")
    }
}

impl MasterKey {
    /// Reads 64 hexadecimal digits or 43 characters of unpadded base64url: 32 bytes.
    ///
    /// # Errors
    /// A sentence for whoever configures SecureMed; never the text itself.
    pub fn from_text(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        let bytes = HEXLOWER
            .decode(text.to_ascii_lowercase().as_bytes())
            .or_else(|_| BASE64URL_NOPAD.decode(text.trim_end_matches('=').as_bytes()))
            .map(Zeroizing::new)
            .map_err(|_| "must be 64 hexadecimal digits or 32 bytes in base64url")?;
        let key: [u8; 32] = bytes.as_slice().try_into().map_err(|_| "must be exactly 32 bytes long")?;
        Ok(Self(key))
    }

    /// A new key.
    #[must_use]
    pub fn generate() -> Self {
        Self(random_bytes())
    }

    /// The form that [`MasterKey::from_text`] reads.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(HEXLOWER.encode(&self.0))
    }

    /// For development: reads the key from a file that only its owner can read, and makes the file on first start.
    ///
    /// # Errors
    /// When the file cannot be read or made, or holds no key.
    pub fn load_or_create(path: &Path) -> std::io::Result<Self> {
        let unusable = |why: &str| std::io::Error::new(std::io::ErrorKind::InvalidData, why.to_owned());
        match fs::read_to_string(path) {
            Ok(text) => Self::from_text(&Zeroizing::new(text)).map_err(unusable),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let key = Self::generate();
                let mut options = fs::OpenOptions::new();
                options.write(true).create_new(true);
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                writeln!(options.open(path)?, "{}", key.to_text().as_str())?;
                Ok(key)
            }
            Err(error) => Err(error),
        }
    }

    /// A key for one use, by HKDF-SHA-256 (RFC 5869) with the use as its label.
    ///
    /// # Errors
    /// Never for 32 bytes; the library's signature says so.
    pub(crate) fn derive(&self, label: &str) -> Result<Zeroizing<[u8; 32]>> {
        let mut key = Zeroizing::new([0; 32]);
        Hkdf::<Sha256>::new(None, &self.0)
            .expand(label.as_bytes(), key.as_mut())
            .map_err(|_| Error::internal("a key could not be derived"))?;
        Ok(key)
    }
}

/// Seals short texts with XChaCha20-Poly1305 under one derived key.
pub(crate) struct Sealer(XChaCha20Poly1305);

impl Sealer {
    pub(crate) fn new(master: &MasterKey, label: &str) -> Result<Self> {
        let key = master.derive(label)?;
        Ok(Self(XChaCha20Poly1305::new((&*key).into())))
    }

    /// Nonce and ciphertext; `context` must be the same when it is opened.
    pub(crate) fn seal(&self, context: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let nonce: [u8; 24] = random_bytes();
        let payload = Payload { msg: plain, aad: context.as_bytes() };
        let sealed =
            self.0.encrypt(&XNonce::from(nonce), payload).map_err(|_| Error::internal("a text could not be sealed"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// `None` when anything was changed, swapped or sealed under another key.
    pub(crate) fn open(&self, context: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, cipher) = sealed.split_at_checked(24)?;
        let nonce: [u8; 24] = nonce.try_into().ok()?;
        let payload = Payload { msg: cipher, aad: context.as_bytes() };
        self.0.decrypt(&XNonce::from(nonce), payload).ok().map(Zeroizing::new)
    }
}

/// Bytes from the operating system's generator, by way of a reseeding CSPRNG.
pub(crate) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

/// 64 random bits, for references.
pub(crate) fn random_bits() -> u64 {
    u64::from_le_bytes(random_bytes())
}

/// 256 random bits as text: an opaque token.
#[must_use]
pub fn random_token() -> String {
    BASE64URL_NOPAD.encode(&random_bytes::<32>())
}

/// How tokens are stored: SHA-256 is enough for 256 random bits.
#[must_use]
pub(crate) fn token_hash(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_from_its_text_and_is_never_printed() {
        let key = MasterKey::generate();
        assert_eq!(MasterKey::from_text(&key.to_text()).unwrap().0, key.0);
        assert_eq!(format!("{key:?}"), "MasterKey(…)");
        assert!(MasterKey::from_text("short").is_err());
        assert!(MasterKey::from_text("").is_err());
    }

    #[test]
    fn what_was_sealed_opens_only_unchanged_and_in_its_context() {
        let sealer = Sealer::new(&MasterKey::generate(), "test").unwrap();
        let sealed = sealer.seal("row 1", b"chest pain").unwrap();
        assert_eq!(sealer.open("row 1", &sealed).unwrap().as_slice(), b"chest pain");
        assert!(sealer.open("row 2", &sealed).is_none());
        let mut flipped = sealed.clone();
        *flipped.last_mut().unwrap() ^= 1;
        assert!(sealer.open("row 1", &flipped).is_none());
        assert!(sealer.open("row 1", &sealed[..10]).is_none());
        assert!(Sealer::new(&MasterKey::generate(), "test").unwrap().open("row 1", &sealed).is_none());
    }

    #[test]
    fn the_key_file_is_readable_by_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let made = MasterKey::load_or_create(&path).unwrap();
        assert_eq!(MasterKey::load_or_create(&path).unwrap().0, made.0);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
