//! Whose role may never do something is told so first, and reads nothing about what they sent.

use domain::access::Actor;
pub use domain::access::For;

use crate::api::error::ApiError;

/// Reads what came. Where it cannot be read, whoever's role may never do this is told that instead.
///
/// # Errors
/// 403, or what `read` found wrong.
pub fn read_for<T>(whom: For, actor: &Actor, read: impl FnOnce() -> Result<T, ApiError>) -> Result<T, ApiError> {
    read().map_err(|wrong| whom.admits(actor).err().map_or(wrong, ApiError::from))
}
