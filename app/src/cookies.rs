//! The cookies of SecureMed: two for the session, one for a sign-in that waits for its second step, one for a registration
//! that waits for its address to be confirmed, one by which a browser is known again, one that a refused form belongs to
//! before anybody signed in, one for the page to which somebody comes back who opens an account.
//!
//! Their names and `Secure` follow the scheme of the public address. Over HTTPS they carry the `__Host-` prefix, so
//! that no other host of the domain can plant or read them; browsers refuse that prefix over plain HTTP, which is only
//! served on loopback.
//!
//! The session cookies have no Max-Age: they go when the browser is closed, and the service ends the session by its
//! own clock whatever the browser does.

use http::{HeaderMap, HeaderValue, header};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What a browser forgets at sign-out: cached pages and stored data.
///
/// Not `"cookies"`: that would also take the choice of light or dark, and the cookies of other services on the
/// same domain. Ours are taken one by one with Max-Age=0, which works over plain HTTP too.
pub const CLEAR_SITE_DATA: &str = "\"cache\", \"storage\"";

/// As long as a refused form is kept.
const FORM_SECONDS: u32 = 600;
/// As long as the second step of a sign-in may take; the service has the last word.
const TICKET_SECONDS: u32 = 1_200;
/// A day: as long as a registration waits.
const REGISTRATION_SECONDS: u32 = 86_400;
/// A day: as long as the mailed link works.
const NEXT_SECONDS: u32 = 86_400;
/// A year: as long as a browser stays known.
const DEVICE_SECONDS: u32 = 31_536_000;

/// The cookies of an installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionCookies {
    is_secure: bool,
}

impl SessionCookies {
    #[must_use]
    pub fn for_public_url(public_url: &str) -> Self {
        let is_plain = public_url.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http://"));
        Self { is_secure: !is_plain }
    }

    #[must_use]
    pub const fn access_name(self) -> &'static str {
        if self.is_secure { "__Host-securemed_access" } else { "securemed_access" }
    }

    #[must_use]
    pub const fn refresh_name(self) -> &'static str {
        if self.is_secure { "__Host-securemed_refresh" } else { "securemed_refresh" }
    }

    #[must_use]
    pub const fn form_name(self) -> &'static str {
        if self.is_secure { "__Host-securemed_form" } else { "securemed_form" }
    }

    #[must_use]
    pub const fn ticket_name(self) -> &'static str {
        if self.is_secure { "__Host-securemed_ticket" } else { "securemed_ticket" }
    }

    #[must_use]
    pub const fn registration_name(self) -> &'static str {
        if self.is_secure { "__Host-securemed_registration" } else { "securemed_registration" }
    }

    #[must_use]
    pub const fn device_name(self) -> &'static str {
        if self.is_secure { "__Host-securemed_device" } else { "securemed_device" }
    }

    #[must_use]
    pub const fn next_name(self) -> &'static str {
        if self.is_secure { "__Host-securemed_next" } else { "securemed_next" }
    }

    /// Where somebody was going who opens an account.
    #[must_use]
    pub fn next(self, headers: &HeaderMap) -> Option<String> {
        let value = percent_decode_str(read(headers, self.next_name())?).decode_utf8().ok()?;
        Some(value.into_owned())
    }

    /// The `Set-Cookie` value that keeps it as long as a mailed link works, or takes it away.
    #[must_use]
    pub fn next_cookie(self, next: Option<&str>) -> Option<HeaderValue> {
        let value = utf8_percent_encode(next.unwrap_or_default(), NON_ALPHANUMERIC).to_string();
        self.write(self.next_name(), &value, Some(if next.is_some() { NEXT_SECONDS } else { 0 }))
    }

    /// The proof of the first step of a sign-in.
    #[must_use]
    pub fn ticket(self, headers: &HeaderMap) -> Option<&str> {
        read(headers, self.ticket_name())
    }

    /// By which the browser is known that registered.
    #[must_use]
    pub fn registration(self, headers: &HeaderMap) -> Option<&str> {
        read(headers, self.registration_name())
    }

    /// By which the browser is known.
    #[must_use]
    pub fn device(self, headers: &HeaderMap) -> Option<&str> {
        read(headers, self.device_name())
    }

    /// The access token that came with a request.
    #[must_use]
    pub fn access(self, headers: &HeaderMap) -> Option<&str> {
        read(headers, self.access_name())
    }

    /// The refresh token that came with a request.
    #[must_use]
    pub fn refresh(self, headers: &HeaderMap) -> Option<&str> {
        read(headers, self.refresh_name())
    }

    /// Whether a request came from a browser that somebody signed in with, valid or not.
    #[must_use]
    pub fn has_session(self, headers: &HeaderMap) -> bool {
        self.access(headers).is_some() || self.refresh(headers).is_some()
    }

    /// Whose form it is, when nobody is signed in.
    #[must_use]
    pub fn form(self, headers: &HeaderMap) -> Option<&str> {
        read(headers, self.form_name())
    }

    /// `Set-Cookie` values for a session: at sign-in, and at each refresh.
    #[must_use]
    pub fn pair(self, access: &str, refresh: &str) -> Vec<HeaderValue> {
        let access = self.write(self.access_name(), access, None);
        let refresh = self.write(self.refresh_name(), refresh, None);
        access.into_iter().chain(refresh).collect()
    }

    /// The `Set-Cookie` value that keeps a sign-in until its second step.
    #[must_use]
    pub fn ticket_cookie(self, value: &str) -> Option<HeaderValue> {
        self.write(self.ticket_name(), value, Some(TICKET_SECONDS))
    }

    /// The `Set-Cookie` value that takes it away.
    #[must_use]
    pub fn ticket_cleared(self) -> Option<HeaderValue> {
        self.write(self.ticket_name(), "", Some(0))
    }

    /// The `Set-Cookie` value by which the browser is known that registered: it alone replaces or confirms by code what
    /// it sent.
    #[must_use]
    pub fn registration_cookie(self, value: &str) -> Option<HeaderValue> {
        self.write(self.registration_name(), value, Some(REGISTRATION_SECONDS))
    }

    /// The `Set-Cookie` value that takes it away.
    #[must_use]
    pub fn registration_cleared(self) -> Option<HeaderValue> {
        self.write(self.registration_name(), "", Some(0))
    }

    /// The `Set-Cookie` value by which the browser is known from now on. It opens nothing, and outlives the session.
    #[must_use]
    pub fn device_cookie(self, value: &str) -> Option<HeaderValue> {
        self.write(self.device_name(), value, Some(DEVICE_SECONDS))
    }

    /// `Set-Cookie` values that take the session and the form cookie away.
    #[must_use]
    pub fn cleared(self) -> Vec<HeaderValue> {
        let names = [self.access_name(), self.refresh_name(), self.form_name()];
        names.into_iter().filter_map(|name| self.write(name, "", Some(0))).collect()
    }

    /// The `Set-Cookie` value that binds a refused form to this browser.
    #[must_use]
    pub fn form_cookie(self, value: &str) -> Option<HeaderValue> {
        self.write(self.form_name(), value, Some(FORM_SECONDS))
    }

    fn write(self, name: &str, value: &str, max_age: Option<u32>) -> Option<HeaderValue> {
        let secure = if self.is_secure { "; Secure" } else { "" };
        let age = max_age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        HeaderValue::try_from(format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")).ok()
    }
}

/// The value of a cookie that came with a request; browsers may send several `Cookie` headers.
#[must_use]
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, value)| *found == name && !value.is_empty())
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[&'static str]) -> HeaderMap {
        lines.iter().map(|line| (header::COOKIE, HeaderValue::from_static(line))).collect()
    }

    #[test]
    fn over_https_the_cookies_belong_to_this_host_alone() {
        let values = SessionCookies::for_public_url("https://clinic.example").pair("a.b.c", "r");
        assert_eq!(values[0], "__Host-securemed_access=a.b.c; Path=/; HttpOnly; SameSite=Lax; Secure");
        assert_eq!(values[1], "__Host-securemed_refresh=r; Path=/; HttpOnly; SameSite=Lax; Secure");
    }

    #[test]
    fn over_plain_http_on_loopback_they_work_without_the_prefix() {
        let values = SessionCookies::for_public_url("http://127.0.0.1:3000").pair("a", "r");
        assert_eq!(values[0], "securemed_access=a; Path=/; HttpOnly; SameSite=Lax");
    }

    #[test]
    fn the_page_to_come_back_to_survives_as_it_was() {
        let cookies = SessionCookies::for_public_url("http://localhost:3000");
        let page = "/appointments/book?doctor=3&date=2026-12-01&time=09:30;x";
        let set = cookies.next_cookie(Some(page)).unwrap();
        let pair = set.to_str().unwrap().split(';').next().unwrap().to_owned();
        let sent = HeaderMap::from_iter([(header::COOKIE, HeaderValue::try_from(pair).unwrap())]);
        assert_eq!(cookies.next(&sent).as_deref(), Some(page));
        assert!(cookies.next_cookie(None).unwrap().to_str().unwrap().contains("Max-Age=0"));
    }

    #[test]
    fn signing_out_takes_every_cookie_that_was_given() {
        let cookies = SessionCookies::for_public_url("https://clinic.example");
        let cleared = cookies.cleared();
        assert_eq!(cleared.len(), 3);
        assert!(cleared.iter().all(|value| value.to_str().unwrap().ends_with("Secure; Max-Age=0")));
    }

    #[test]
    fn a_cookie_is_found_by_its_whole_name_in_any_header() {
        let cookies = SessionCookies::for_public_url("http://localhost:3000");
        let sent = headers(&["theme=dark; not_securemed_access=x", "securemed_access=a=b ;securemed_refresh="]);
        assert_eq!(cookies.access(&sent), Some("a=b"));
        assert_eq!(cookies.refresh(&sent), None);
        assert_eq!(cookies.form(&sent), None);
    }
}
