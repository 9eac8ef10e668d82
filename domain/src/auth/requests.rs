//! Mails that a stranger can ask for by typing an address.
//!
//! Whether there is an account must not show in the answer, nor in the time that it takes. So what was asked for is
//! written down as it is, the same for every address; a job looks afterwards whom it means, and writes the mail.
//!
//! No mailbox is flooded through us, and nobody uses up what its owner may ask for: mails are counted for each network
//! that asks, for all strangers together, and apart from both for the browsers that the owner signed in with before.

use entity::mail_request;
use jiff::SignedDuration;
use sea_orm::Set;

use crate::{
    auth::{device, network::requester_hash, password_reset, repo::requests, sessions::Device, verification},
    db::Tx,
    error::{Error, Result},
    mail,
    services::Services,
    time::to_db,
};

/// Requests answered in one round.
const BATCH: u64 = 50;
/// Mails of one kind to one address that one network, or the owner's own browsers, can cause within the time.
const FOR_ONE: u64 = 5;
/// The same for all strangers together.
const FOR_ALL: u64 = 15;
/// How long requests are remembered for counting.
pub(super) const REMEMBERED: SignedDuration = SignedDuration::from_hours(2);
/// By which requests from a browser of the owner's count together.
const OWNER: &str = "owner";

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    ConfirmAddress,
    ResetPassword,
}

impl Wanted {
    const fn as_str(self) -> &'static str {
        match self {
            Self::ConfirmAddress => "confirm_address",
            Self::ResetPassword => "reset_password",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::ConfirmAddress, Self::ResetPassword].into_iter().find(|wanted| wanted.as_str() == text)
    }

    /// The kinds of the mails that come of it.
    const fn mails(self) -> &'static [&'static str] {
        match self {
            Self::ConfirmAddress => &["confirm_address", "address_in_use"],
            Self::ResetPassword => &["reset_password"],
        }
    }

    /// Within which time mails are counted: as long as a link for a new password works, so that whoever is refused one
    /// more has one that works.
    const fn window(self) -> SignedDuration {
        match self {
            Self::ConfirmAddress => SignedDuration::from_hours(1),
            Self::ResetPassword => password_reset::LINK_TIME,
        }
    }
}

/// Writes down what was asked for. `browser_hash` names the registration that it is about.
pub(super) async fn ask(
    services: &Services,
    tx: &Tx,
    (wanted, email): (Wanted, &str),
    from: &Device,
    browser_hash: Option<String>,
) -> Result<()> {
    let row = mail_request::ActiveModel {
        kind: Set(wanted.as_str().to_owned()),
        email: Set(email.to_owned()),
        requester_hash: Set(requester_hash(services, &from.address)),
        device_hashes: Set(Some(device::hashes(from.known.as_deref()).join(" ")).filter(|hashes| !hashes.is_empty())),
        browser_hash: Set(browser_hash),
        created_at: Set(to_db(services.now())),
        answered_at: Set(None),
        is_mailed: Set(false),
        ..Default::default()
    };
    requests::insert(tx, row).await
}

/// Writes the mails that were asked for and gives how many requests were answered. Several servers may do this at once.
///
/// # Errors
/// When the database is away. A request that cannot be answered holds no other up.
pub async fn answer_requests(services: &Services) -> Result<usize> {
    let mut answered = 0;
    for id in requests::open(services.db().read(), BATCH).await? {
        match services.db().retrying(|| answer(services, id)).await {
            Ok(()) => answered += 1,
            Err(error) => tracing::warn!(request = id, %error, "a mail that was asked for could not be written yet"),
        }
    }
    Ok(answered)
}

async fn answer(services: &Services, id: i64) -> Result<()> {
    let tx = services.db().begin().await?;
    let Some(request) = requests::lock(&tx, services.db().engine(), id).await? else { return Ok(()) };
    let asked = match Wanted::parse(&request.kind) {
        Some(Wanted::ConfirmAddress) => verification::answer(services, &tx, &request).await?,
        Some(Wanted::ResetPassword) => password_reset::answer(services, &tx, &request).await?,
        None => return Err(Error::internal("a stored request is of an unknown kind")),
    };
    let requester = if asked.by_owner { OWNER.to_owned() } else { request.requester_hash };
    requests::answered(&tx, id, requester, asked.is_mailed, services.now()).await?;
    tx.commit().await
}

/// What became of a request.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Answered {
    pub by_owner: bool,
    pub is_mailed: bool,
}

/// Whether one more mail may be written because of this request. What the mail is about is locked before, so that mails
/// to one address are counted one after the other.
pub(super) async fn may_mail(
    services: &Services,
    tx: &Tx,
    request: &mail_request::Model,
    by_owner: bool,
) -> Result<bool> {
    let Some(wanted) = Wanted::parse(&request.kind) else { return Ok(false) };
    let since = services.now() - wanted.window();
    let requester = if by_owner { OWNER } else { &request.requester_hash };
    if requests::mailed(tx, (&request.kind, &request.email, requester), since).await? >= FOR_ONE {
        return Ok(false);
    }
    Ok(by_owner || mail::written_since(tx, &request.email, wanted.mails(), since).await? < FOR_ALL)
}
