//! Where log lines go and how they look.

use tracing_subscriber::EnvFilter;

use crate::config::LogFormat;

/// Quiet dependencies: what they say at these levels is about every file and every query.
const DEFAULT_FILTER: &str = "info,memory_serve=warn,sea_orm=warn,sea_orm_migration=warn,sqlx=warn";

/// Writes log lines to standard error. `RUST_LOG` chooses the levels.
pub fn start(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(DEFAULT_FILTER));
    let is_terminal = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(is_terminal);
    // A second start in one process (tests) keeps the first.
    let _ = match format {
        LogFormat::Text => lines.with_target(false).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init(),
    };
}
