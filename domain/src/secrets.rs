//! The master key and the keys that are derived from it, random tokens and their hashes.

use std::{fmt, fs, io::Write, path::Path};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hkdf::Hkdf;
use rand::{Rng, RngExt};
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
        derive(&self.0, label)
    }
}

/// A key for one use of a secret, by HKDF-SHA-256 (RFC 5869) with the use as its label.
///
/// # Errors
/// Never for 32 bytes; the library's signature says so.
pub(crate) fn derive(secret: &[u8], label: &str) -> Result<Zeroizing<[u8; 32]>> {
    let mut key = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(None, secret)
        .expand(label.as_bytes(), key.as_mut())
        .map_err(|_| Error::internal("a key could not be derived"))?;
    Ok(key)
}

/// The master key in use, and those before it, which open what was sealed under them until it is sealed anew.
#[derive(Clone, Debug)]
pub struct MasterKeys {
    pub current: MasterKey,
    pub previous: Vec<MasterKey>,
}

impl From<MasterKey> for MasterKeys {
    fn from(current: MasterKey) -> Self {
        Self { current, previous: Vec::new() }
    }
}

/// Bytes of the id of the key that sealed something.
const KEY_ID: usize = 4;
const NONCE: usize = 24;

/// Seals short texts under one key with XChaCha20-Poly1305: a random nonce, then the ciphertext.
pub(crate) struct Cipher(XChaCha20Poly1305);

impl Cipher {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(key.into()))
    }

    /// `context` must be the same when it is opened.
    ///
    /// # Errors
    /// Never in practice; the library's signature says so.
    pub(crate) fn seal(&self, context: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let nonce: [u8; NONCE] = random_bytes();
        let payload = Payload { msg: plain, aad: context.as_bytes() };
        let sealed =
            self.0.encrypt(&XNonce::from(nonce), payload).map_err(|_| Error::internal("a text could not be sealed"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// `None` when anything was changed, swapped, cut off or sealed under another key.
    pub(crate) fn open(&self, context: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, text) = sealed.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        let payload = Payload { msg: text, aad: context.as_bytes() };
        self.0.decrypt(&XNonce::from(nonce), payload).ok().map(Zeroizing::new)
    }
}

/// Seals short texts with XChaCha20-Poly1305 under a derived key of their own. What it makes begins with the id of that
/// key, so that several master keys can stand beside each other while one replaces another.
pub(crate) struct Sealer {
    keys: Vec<([u8; KEY_ID], Cipher)>,
}

impl Sealer {
    pub(crate) fn new(masters: &MasterKeys, label: &str) -> Result<Self> {
        let all = std::iter::once(&masters.current).chain(&masters.previous);
        let keys = all.map(|master| {
            let key = master.derive(label)?;
            let mut id = [0; KEY_ID];
            id.copy_from_slice(&Sha256::digest([b"key id ".as_slice(), key.as_slice()].concat())[..KEY_ID]);
            Ok((id, Cipher::new(&key)))
        });
        Ok(Self { keys: keys.collect::<Result<_>>()? })
    }

    /// Key id, nonce and ciphertext; `context` must be the same when it is opened.
    pub(crate) fn seal(&self, context: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let (id, cipher) = self.keys.first().ok_or_else(|| Error::internal("there is no key to seal with"))?;
        Ok([id.as_slice(), &cipher.seal(context, plain)?].concat())
    }

    /// `None` when anything was changed, swapped or sealed under a key that nobody has.
    pub(crate) fn open(&self, context: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (id, rest) = sealed.split_at_checked(KEY_ID)?;
        let (_, cipher) = self.keys.iter().find(|(known, _)| known == id)?;
        cipher.open(context, rest)
    }

    /// Whether it was sealed under an earlier master key.
    pub(crate) fn is_outdated(&self, sealed: &[u8]) -> bool {
        self.keys.first().is_none_or(|(id, _)| !sealed.starts_with(id))
    }
}

/// Hashes short secrets and names with a derived key (HMAC-SHA-256): six digits, or an address, could be guessed from a
/// plain hash.
pub(crate) struct KeyedHash(Zeroizing<[u8; 32]>);

impl KeyedHash {
    pub(crate) fn new(masters: &MasterKeys, label: &str) -> Result<Self> {
        Ok(Self(masters.current.derive(label)?))
    }

    /// Under a key that was derived already.
    pub(crate) const fn under(key: Zeroizing<[u8; 32]>) -> Self {
        Self(key)
    }

    /// 64 hexadecimal digits.
    pub(crate) fn of(&self, text: impl AsRef<[u8]>) -> String {
        // HKDF's first step is HMAC of the text under the key (RFC 5869, 2.2).
        let (hash, _) = Hkdf::<Sha256>::extract(Some(self.0.as_slice()), text.as_ref());
        HEXLOWER.encode(&hash)
    }

    /// The same 256 bits in the form of [`random_token`]: a token that only this installation can make, and makes again.
    pub(crate) fn token(&self, text: &str) -> String {
        let (hash, _) = Hkdf::<Sha256>::extract(Some(self.0.as_slice()), text.as_bytes());
        BASE64URL_NOPAD.encode(&hash)
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

/// Six random digits, for a mail.
pub(crate) fn random_digits() -> String {
    format!("{:06}", rand::rng().random_range(0..1_000_000_u32))
}

/// 256 random bits as text: an opaque token.
#[must_use]
pub fn random_token() -> String {
    BASE64URL_NOPAD.encode(&random_bytes::<32>())
}

/// How tokens are stored: SHA-256 is enough for 256 random bits.
#[must_use]
/// Whether something has the form of a token of ours.
pub(crate) fn is_token(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

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

    fn sealer(current: &MasterKey, previous: &[&MasterKey]) -> Sealer {
        let previous = previous.iter().map(|key| (*key).clone()).collect();
        Sealer::new(&MasterKeys { current: current.clone(), previous }, "test").unwrap()
    }

    #[test]
    fn what_was_sealed_opens_only_unchanged_and_in_its_context() {
        let sealer = sealer(&MasterKey::generate(), &[]);
        let sealed = sealer.seal("row 1", b"chest pain").unwrap();
        assert_eq!(sealer.open("row 1", &sealed).unwrap().as_slice(), b"chest pain");
        assert!(sealer.open("row 2", &sealed).is_none());
        for place in 0..sealed.len() {
            let mut flipped = sealed.clone();
            flipped[place] ^= 1;
            assert!(sealer.open("row 1", &flipped).is_none(), "byte {place}");
        }
        assert!(sealer.open("row 1", &sealed[..10]).is_none());
        assert!(self::sealer(&MasterKey::generate(), &[]).open("row 1", &sealed).is_none());
    }

    #[test]
    fn an_earlier_key_still_opens_and_the_present_one_seals() {
        let (old, new) = (MasterKey::generate(), MasterKey::generate());
        let sealed = sealer(&old, &[]).seal("row 1", b"chest pain").unwrap();
        let both = sealer(&new, &[&old]);
        assert_eq!(both.open("row 1", &sealed).unwrap().as_slice(), b"chest pain");
        assert!(both.is_outdated(&sealed));
        let anew = both.seal("row 1", b"chest pain").unwrap();
        assert!(!both.is_outdated(&anew));
        assert!(sealer(&new, &[]).open("row 1", &anew).is_some());
    }

    #[test]
    fn a_keyed_hash_is_hmac_and_another_key_makes_another() {
        let masters = MasterKeys::from(MasterKey::generate());
        let hash = KeyedHash::new(&masters, "codes").unwrap();
        assert_eq!(hash.of("123456"), hash.of("123456"));
        assert_ne!(hash.of("123456"), KeyedHash::new(&masters, "other").unwrap().of("123456"));
        // RFC 4231, test case 2.
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let known = KeyedHash(Zeroizing::new(key)).of("what do ya want for nothing?");
        assert_eq!(known, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    #[test]
    fn six_digits_are_six_digits() {
        for _ in 0..100 {
            let digits = random_digits();
            assert!(digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit()), "{digits}");
        }
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
