//! The layers in front of every handler, one file each. [`crate::door`] puts them in their order.

pub mod authenticate;
pub mod client_address;
pub mod compress;
pub mod drawn_for;
pub mod leads_away;
pub mod limits;
pub mod paths;
pub mod rate_limit;
pub mod request_id;
pub mod same_origin;
pub mod security_headers;
pub mod tell;
