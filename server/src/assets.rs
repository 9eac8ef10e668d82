//! The built site: wasm, script, styles, fonts. Inside the binary in a release and in what the tests start, read from disk
//! in another debug build.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use app::shell::Assets;
use axum::{Router, extract::Request, middleware, middleware::Next, response::Response};
use http::{HeaderValue, header};
use memory_serve::{CacheControl, Manifest};

/// For files whose name never means anything else: fonts, which the stylesheet names without a hash.
const FONT_CACHING: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Whether the files are inside the binary.
const IS_EMBEDDED: bool = cfg!(any(not(debug_assertions), feature = "embed"));

/// Files whose names carry no hash are asked for again after an hour in a release, and at once while developing.
const PLAIN_CACHING: CacheControl =
    if IS_EMBEDDED { CacheControl::Custom("public, max-age=3600") } else { CacheControl::NoCache };

/// The files and where they are served.
#[derive(Clone)]
pub struct Site {
    routes: Router,
    manifest: Arc<Manifest>,
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Site").field("files", &self.manifest.len()).finish()
    }
}

impl Site {
    /// The site of this binary. Made once: the files stay in memory for the life of the process.
    #[must_use]
    pub fn get() -> Self {
        static SITE: OnceLock<Site> = OnceLock::new();
        SITE.get_or_init(Self::load).clone()
    }

    fn load() -> Self {
        let files = memory_serve::load!().index_file(None).cache_control(PLAIN_CACHING).enable_hashed_routes(true);
        let files = files.enable_brotli(IS_EMBEDDED).enable_gzip(IS_EMBEDDED);
        let manifest = Arc::new(files.manifest());
        Self { routes: files.into_router().layer(middleware::from_fn(keep_fonts)), manifest }
    }

    /// The routes of all files, each under its plain and its hashed name.
    pub fn routes(&self) -> Router {
        self.routes.clone()
    }

    /// What the pages ask for the hashed name of a file.
    #[must_use]
    pub fn names(&self) -> Assets {
        let manifest = Arc::clone(&self.manifest);
        Assets(Arc::new(move |path| manifest.get(path).unwrap_or(path).to_owned()))
    }
}

async fn keep_fonts(request: Request, next: Next) -> Response {
    let is_font = request.uri().path().ends_with(".woff2");
    let mut response = next.run(request).await;
    if is_font && response.status().is_success() {
        response.headers_mut().insert(header::CACHE_CONTROL, FONT_CACHING);
    }
    response
}
