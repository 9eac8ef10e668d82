//! `/account/security`

use domain_types::auth::SecurityView;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    components::{
        Alert, Badge, Card, Form, FormErrors, LinkButton, Page, PasswordField, Submit, Tone, Variant, WhenText, Width,
    },
    features::{
        auth::{
            APP, APP_OFF, RECOVERY_CODES,
            server_fns::{ChangePassword, get_security},
        },
        loaded, query,
    },
    forms::{Flash, take_flash},
};

/// So few codes are soon used up.
const FEW: u32 = 3;

/// Password, authenticator app and recovery codes.
#[component]
pub fn SecurityPage() -> impl IntoView {
    let token = query("flash");
    let done = done();
    let load = async move { Ok((get_security().await?, take_flash(token).await)) };
    loaded(load, move |(security, flash): (SecurityView, Flash)| {
        let done = done.filter(|_| flash.problem().is_none());
        let has_app = security.app_since.is_some();
        let left = security.recovery_codes_left;
        let problem = flash.problem().cloned();
        view! {
            <Page title="Security" width=Width::Narrow back=("/account", "Account")>
                <FormErrors problem controls=&["current_password", "password"]/>
                <div class="stack-lg">
                    {done.map(|words| view! { <Alert tone=Tone::Success><p>{words}</p></Alert> })}
                    {app_card(&security)}
                    {has_app.then(|| codes_card(left))}
                    {password_card(&security, flash)}
                </div>
            </Page>
        }
    })
}

/// What was just done, when something was.
fn done() -> Option<&'static str> {
    let all = [
        ("changed", "Password changed. All your other devices are signed out."),
        ("app", "Your authenticator app is on. You now sign in with your password and a code from the app."),
        ("app_off", "Your authenticator app is off. You now sign in with your password only."),
        ("codes", "Your new recovery codes are ready. The old ones no longer work."),
    ];
    all.into_iter().find(|(name, _)| query(name).is_some()).map(|(_, words)| words)
}

fn app_card(security: &SecurityView) -> impl IntoView + use<> {
    let is_required = security.is_app_required;
    let since = security.app_since.clone();
    let is_on = since.is_some();
    let state = move || match is_on {
        true => view! { <Badge tone=Tone::Success>"On"</Badge> },
        false => view! { <Badge>"Off"</Badge> },
    };
    let body = match since {
        Some(since) => view! {
            <p>
                "On since " <WhenText when=since/>
                ". Signing in needs a code from your phone as well as the password."
            </p>
            <div class="row">
                <LinkButton href=APP variant=Variant::Secondary>"Replace it"</LinkButton>
                {(!is_required)
                    .then(|| view! { <LinkButton href=APP_OFF variant=Variant::Quiet>"Turn off"</LinkButton> })}
            </div>
            {is_required
                .then(|| {
                    view! { <p class="text-muted">"Staff cannot turn it off. Replace it when you change your phone."</p> }
                })}
        }
        .into_any(),
        None => view! {
            <p>
                "An app on your phone that shows a new code every 30 seconds. It protects your account even if someone \
                 learns your password."
            </p>
            <div class="row"><LinkButton href=APP variant=Variant::Secondary>"Set up"</LinkButton></div>
        }
        .into_any(),
    };
    view! { <Card title="Authenticator app" actions=state><div class="stack">{body}</div></Card> }
}

fn codes_card(left: u32) -> impl IntoView {
    let words = match left {
        0 => "You have none left. Create new ones so that you can sign in without your phone.".to_owned(),
        1 => "You have one left. Create new ones soon.".to_owned(),
        left if left < FEW => format!("You have {left} left. Create new ones soon."),
        left => format!("You have {left} left. Use one to sign in when you do not have your phone."),
    };
    view! {
        <Card title="Recovery codes">
            <div class="stack">
                <p>{words}</p>
                <div class="row">
                    <LinkButton href=RECOVERY_CODES variant=Variant::Secondary>"Create new codes"</LinkButton>
                </div>
            </div>
        </Card>
    }
}

fn password_card(security: &SecurityView, flash: Flash) -> impl IntoView + use<> {
    let security = security.clone();
    let (username, email) = (security.username.clone(), security.email.clone());
    view! {
        <Card title="Change password">
            <Form action=ChangePassword::PATH class="form">
                // For password managers, and for judging the new one; not sent on.
                <input type="text" id="field-username" value=username autocomplete="username" readonly hidden/>
                <input type="text" id="field-email" value=email readonly hidden/>
                <PasswordField
                    name="current_password"
                    label="Current password"
                    autocomplete="current-password"
                    error=flash.error("current_password")
                />
                <PasswordField
                    name="password"
                    label="New password"
                    hint="At least 12 characters. Three or four unrelated words are easy to remember."
                    autocomplete="new-password"
                    error=flash.error("password")
                    judged=true
                />
                <p class="text-muted">"This signs out all your other devices."</p>
                <div class="form-actions">
                    <Submit label="Change password" busy="Changing…"/>
                </div>
            </Form>
        </Card>
    }
}
