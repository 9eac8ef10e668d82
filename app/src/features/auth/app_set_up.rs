//! What somebody does to set up an authenticator app: the same in the middle of a sign-in and afterwards.

use domain_types::auth::NewFactor;
use leptos::prelude::*;

use crate::components::{CodeField, Form, QrCode, Submit, TextLink};

/// The steps: scan, or type the secret, then prove it with a code.
#[component]
pub fn AppSetUp(
    factor: NewFactor,
    /// The server function that takes the code.
    action: &'static str,
    /// The words of the button.
    verb: &'static str,
    #[prop(optional_no_strip)] next: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
) -> impl IntoView {
    let NewFactor { secret, provisioning_uri } = factor;
    view! {
        <ol class="set-up">
            <li>
                <h2 class="set-up-title">"Install an authenticator app"</h2>
                <p>
                    "Any app for one-time codes works, such as your phone’s own password app, Aegis, 2FAS or Google \
                     Authenticator."
                </p>
            </li>
            <li>
                <h2 class="set-up-title">"Add SecureMed to it"</h2>
                <p>"Choose “Add” in the app and point the camera at this QR code."</p>
                <QrCode
                    text=provisioning_uri.clone()
                    label="QR code for your authenticator app. The same key is below as text."
                />
                <p>
                    "Is the app on this device? " <TextLink href=provisioning_uri>"Open it in the app"</TextLink>
                    ". Or type this key into the app:"
                </p>
                <p class="secret"><code>{in_fours(&secret)}</code></p>
            </li>
            <li>
                <h2 class="set-up-title">"Enter the code from the app"</h2>
                <Form action=action class="form">
                    {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
                    <CodeField name="otp" label="Six digits" hint="The code changes every 30 seconds." error/>
                    <div class="form-actions">
                        <Submit label=verb busy="Checking…" wide=true/>
                    </div>
                </Form>
            </li>
        </ol>
    }
}

/// "GEZD GNBV GY3T …": easier to type.
fn in_fours(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_shown_in_groups_that_can_be_typed() {
        assert_eq!(in_fours("GEZDGNBVGY3"), "GEZD GNBV GY3");
        assert_eq!(in_fours(""), "");
    }
}
