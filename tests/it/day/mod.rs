//! The ordinary day of a visitor: tabs, deep links, closed browsers, pasted messages, pages that say what happened.

mod apps;
mod branding;
mod codes;
mod cookies;
mod denied;
mod in_chromium;
mod languages;
mod overtaken;
mod remembered;
mod remembered_elsewhere;
mod remembered_log_out;
mod rounds;
mod streams;
mod tabs;
mod without_session;
