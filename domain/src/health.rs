//! Whether SecureMed can serve.

use entity::visit_type;
use sea_orm::{EntityTrait, PaginatorTrait};

use crate::{error::Result, services::Services};

/// Answers when the database does, its schema is there, and what is written is kept: its file is where it was opened, and
/// there was room.
///
/// # Errors
/// When it does not.
pub async fn check(services: &Services) -> Result<()> {
    services.db().can_keep()?;
    visit_type::Entity::find().count(services.db().read()).await?;
    Ok(())
}
