//! `/account/profile`

use domain_types::auth::ProfileView;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    components::{
        Alert, Described, DescriptionList, Form, FormErrors, Page, Submit, TextField, TextareaField, Tone, Width,
    },
    features::{
        auth::{
            person_fields::{NameFields, OptionalFields, Typed},
            server_fns::{ChangeProfile, get_profile},
        },
        loaded, query,
    },
    forms::{Flash, take_flash},
};

const CONTROLS: &[&str] = &[
    "first_name",
    "last_name",
    "date_of_birth",
    "gender",
    "phone",
    "address",
    "emergency_contact_name",
    "emergency_contact_phone",
];

/// What the clinic knows of a patient beside the record, to be read and changed by them.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let token = query("flash");
    let is_saved = query("saved").is_some();
    let load = async move { Ok((get_profile().await?, take_flash(token).await)) };
    loaded(load, move |(profile, flash): (ProfileView, Flash)| {
        let fields = Fields { profile, flash };
        let is_saved = is_saved && fields.flash.problem().is_none();
        view! {
            <Page
                title="Profile"
                lead="The clinic uses this to identify you and contact you. The doctors who treat you see it in your \
                    chart. The clinic’s administrators see your name and e-mail address in their list of accounts, and \
                    can look for you by date of birth and phone. Who opened your chart is in your access log."
                width=Width::Narrow
                back=("/account", "Account")
            >
                <FormErrors problem=fields.flash.problem().cloned() controls=CONTROLS/>
                <div class="stack-lg">
                    {is_saved
                        .then(|| view! { <Alert tone=Tone::Success><p>"Your profile is saved."</p></Alert> })}
                    {kept(&fields.profile)}
                    <Form action=ChangeProfile::PATH class="form">
                        {you(&fields)} {contact(&fields)}
                        <div class="form-actions">
                            <Submit label="Save profile" busy="Saving…"/>
                        </div>
                    </Form>
                </div>
            </Page>
        }
    })
}

/// What stands in the form: what was typed before it was refused, otherwise what is stored.
struct Fields {
    profile: ProfileView,
    flash: Flash,
}

impl Fields {
    fn value(&self, name: &str) -> String {
        if !self.flash.is_empty() {
            return self.flash.value(name);
        }
        let profile = &self.profile;
        let optional = match name {
            "first_name" => return profile.first_name.clone(),
            "last_name" => return profile.last_name.clone(),
            "gender" => return profile.gender.map(|gender| gender.as_str().to_owned()).unwrap_or_default(),
            "date_of_birth" => &profile.date_of_birth,
            "phone" => &profile.phone,
            "address" => &profile.address,
            "emergency_contact_name" => &profile.emergency_contact_name,
            "emergency_contact_phone" => &profile.emergency_contact_phone,
            _ => &None,
        };
        optional.clone().unwrap_or_default()
    }

    fn error(&self, name: &str) -> Option<String> {
        self.flash.error(name)
    }

    fn typed(&self, name: &str) -> Typed {
        (self.value(name), self.error(name))
    }
}

/// What is shown and not changed here.
fn kept(profile: &ProfileView) -> impl IntoView + use<> {
    let (reference, username, email) = (profile.reference.clone(), profile.username.clone(), profile.email.clone());
    view! {
        <DescriptionList>
            <Described term="Patient number">{reference}</Described>
            <Described term="User name">{username}</Described>
            <Described term="E-mail">{email}</Described>
        </DescriptionList>
    }
}

/// Who they are and how the clinic reaches them.
fn you(fields: &Fields) -> impl IntoView + use<> {
    view! {
        <NameFields first=fields.typed("first_name") last=fields.typed("last_name")/>
        <OptionalFields
            born=fields.typed("date_of_birth")
            gender=fields.typed("gender")
            phone=fields.typed("phone")
        />
        <TextareaField
            name="address"
            label="Address"
            hint="At most 300 characters."
            value=fields.value("address")
            error=fields.error("address")
            rows=3
            autocomplete="street-address"
        />
    }
}

/// Somebody else: what the browser knows of its owner is not offered.
fn contact(fields: &Fields) -> impl IntoView + use<> {
    view! {
        <h2 class="section-title">"Emergency contact"</h2>
        <TextField
            name="emergency_contact_name"
            label="Emergency contact name"
            hint="Their name and relationship to you."
            value=fields.value("emergency_contact_name")
            error=fields.error("emergency_contact_name")
            autocomplete="off"
        />
        <TextField
            name="emergency_contact_phone"
            kind="tel"
            label="Emergency contact phone"
            value=fields.value("emergency_contact_phone")
            error=fields.error("emergency_contact_phone")
            autocomplete="off"
        />
    }
}
