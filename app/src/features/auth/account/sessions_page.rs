//! `/account/sessions`

use domain_types::{auth::SessionRow, page::Page as PageOf};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    address::address,
    components::{
        Alert, Badge, Button, Cell, DataTable, FormErrors, LinkButton, Page, Pagination, Row, Size, Submit, TextLink,
        Tone, Variant, WhenText, Width,
    },
    features::{
        auth::{
            SECURITY, SESSIONS,
            server_fns::{EndOtherSessions, EndSession, SignOut, list_sessions},
        },
        loaded, query,
    },
    forms::{Flash, take_flash},
};

/// What in the address asks to sign this device out.
const LEAVE: &str = "leave";

/// Where somebody is signed in, with a way out of each: another device is one press away, this one asks first.
#[component]
pub fn SessionsPage() -> impl IntoView {
    if query(LEAVE).is_some() {
        return leaving().into_any();
    }
    let (page, token) = (query("page"), query("flash"));
    let done = done();
    let load = async move { Ok((list_sessions(page).await?, take_flash(token).await)) };
    loaded(load, move |(sessions, flash): (PageOf<SessionRow>, Flash)| {
        let done = done.filter(|_| flash.problem().is_none());
        let (page, pages, has_others) = (sessions.page, sessions.pages(), sessions.count > 1);
        let rows = sessions.results.into_iter().map(row).collect_view();
        view! {
            <Page
                title="Where you are signed in"
                lead="If you do not recognise a device, sign it out and change your password."
                back=("/account", "Account")
            >
                <FormErrors problem=flash.problem().cloned()/>
                <div class="stack-lg">
                    {done.map(|words| view! { <Alert tone=Tone::Success><p>{words}</p></Alert> })}
                    <DataTable
                        caption="Devices that are signed in to your account"
                        hide_caption=true
                        head=vec!["Device", "Network address", "Signed in", "Last used", ""]
                    >
                        {rows}
                    </DataTable>
                    <Pagination page pages base=SESSIONS.to_owned()/>
                    {has_others
                        .then(|| {
                            view! {
                                <div class="row">
                                    <Form action=EndOtherSessions::PATH>
                                        <Submit
                                            label="Sign out everywhere else"
                                            busy="Signing out…"
                                            variant=Variant::Secondary
                                        />
                                    </Form>
                                    <TextLink href=SECURITY>"Change password"</TextLink>
                                </div>
                            }
                        })}
                </div>
            </Page>
        }
    })
    .into_any()
}

/// Asks before this device is signed out.
fn leaving() -> impl IntoView {
    view! {
        <Page title="Sign out of this device?" width=Width::Narrow back=(SESSIONS, "Where you are signed in")>
            <Form action=SignOut::PATH class="form">
                <p>"You will need to sign in again here."</p>
                <div class="form-actions">
                    <Submit label="Sign out" busy="Signing out…" variant=Variant::Danger/>
                    <LinkButton href=SESSIONS variant=Variant::Secondary>"Stay signed in"</LinkButton>
                </div>
            </Form>
        </Page>
    }
}

/// What was just done, when something was.
fn done() -> Option<&'static str> {
    let all = [("ended", "That device is signed out."), ("others_ended", "You are signed out everywhere else.")];
    all.into_iter().find(|(name, _)| query(name).is_some()).map(|(_, words)| words)
}

fn row(session: SessionRow) -> impl IntoView {
    let SessionRow { id, device, address: network, created, last_used, is_current } = session;
    let which = format!(" {device}, {}", created.label);
    let way_out = if is_current {
        let href = address(SESSIONS, &[(LEAVE, "1")]);
        view! { <TextLink href>"Sign out" <span class="visually-hidden">{which}</span></TextLink> }.into_any()
    } else {
        view! {
            <Form action=EndSession::PATH>
                <input type="hidden" name="id" value=id.to_string()/>
                <Button variant=Variant::Secondary size=Size::Small>
                    "Sign out" <span class="visually-hidden">{which}</span>
                </Button>
            </Form>
        }
        .into_any()
    };
    view! {
        <Row>
            <Cell label="Device" main=true>
                {device} " "
                {is_current.then(|| view! { <Badge tone=Tone::Info>"This device"</Badge> })}
            </Cell>
            <Cell label="Network address"><span class="tnum">{network}</span></Cell>
            <Cell label="Signed in"><WhenText when=created/></Cell>
            <Cell label="Last used"><WhenText when=last_used/></Cell>
            <Cell label="" actions=true>{way_out}</Cell>
        </Row>
    }
}
