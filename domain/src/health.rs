//! Whether SecureMed can serve.

use entity::visit_type;
use sea_orm::{EntityTrait, PaginatorTrait};

use crate::{error::Result, services::Services};

/// Answers when the database does and its schema is there.
///
/// # Errors
/// When it does not.
pub async fn check(services: &Services) -> Result<()> {
    visit_type::Entity::find().count(services.db().read()).await?;
    Ok(())
}
