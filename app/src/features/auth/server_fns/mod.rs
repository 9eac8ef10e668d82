//! What the pages ask of accounts. Each parses, calls one rule and answers, as a plain form post too. What somebody
//! typed as a password or a code is never kept for a page that comes back.

mod factors;
mod passwords;
mod profile;
mod registration;
mod sessions;
mod sign_in;

pub use factors::*;
pub use passwords::*;
pub use profile::*;
pub use registration::*;
pub use sessions::*;
pub use sign_in::*;
