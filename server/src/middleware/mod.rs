//! The layers in front of every handler, one file each. [`crate::door`] puts them in their order.

pub mod authenticate;
pub mod compress;
pub mod limits;
pub mod paths;
pub mod request_id;
pub mod same_origin;
pub mod security_headers;
pub mod tell;
