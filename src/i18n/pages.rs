//! Which texts the pages need, page by page. Each language fills in every field, so that none can be forgotten.
//!
//! A text with a gap is a function: word order differs between languages.

use std::time::Duration;

use crate::platform::clock::Timestamp;

/// Texts of all pages.
#[derive(Debug)]
pub(crate) struct CommonTexts {
    /// The page title while something is wrong, so that it is the first thing a screen reader says.
    pub error_title: fn(&str) -> String,
    /// A span of time, rounded up to a unit that a person thinks in.
    pub duration: fn(Duration) -> String,
    /// A moment in UTC; the script turns it into the visitor's own time where it runs.
    pub moment: fn(Timestamp) -> String,
}

/// The login page.
#[derive(Debug)]
pub(crate) struct LoginTexts {
    /// Heading and title.
    pub title: &'static str,
    /// Where the visitor goes afterwards: a host.
    pub to_continue: fn(&str) -> String,
    /// Label of the name field.
    pub name: &'static str,
    /// Label of the password field.
    pub password: &'static str,
    /// On the button that shows the password.
    pub show: &'static str,
    /// On the same button while the password is shown.
    pub hide: &'static str,
    /// What that button does, for a screen reader.
    pub show_password: &'static str,
    /// The button.
    pub button: &'static str,
    /// Wrong name or password, and everything that must look the same.
    pub wrong: &'static str,
    /// Held back for this long.
    pub wait: fn(&str) -> String,
    /// The sign-in ended before it was complete.
    pub over: &'static str,
    /// After logging out.
    pub signed_out: &'static str,
    /// After logging out, where the store could not be told.
    pub signed_out_unsaved: &'static str,
}

/// The code page.
#[derive(Debug)]
pub(crate) struct CodeTexts {
    /// Heading and title while a code is out.
    pub title: &'static str,
    /// Heading and title while none is.
    pub title_none: &'static str,
    /// Where the SMS went: the masked number.
    pub sent_sms: fn(&str) -> String,
    /// The same to be heard: the last digits.
    pub sent_sms_spoken: fn(&str) -> String,
    /// Where the mail went: the masked address.
    pub sent_email: fn(&str) -> String,
    /// The same to be heard: the first letter.
    pub sent_email_spoken: fn(&str) -> String,
    /// Label of the code field.
    pub code: &'static str,
    /// The shape of a code of digits.
    pub digits: fn(u8) -> String,
    /// The shape of a code of letters and digits.
    pub characters: fn(u8) -> String,
    /// The script sends a complete code by itself.
    pub by_itself: &'static str,
    /// The button.
    pub button: &'static str,
    /// A code was sent on request.
    pub sent: &'static str,
    /// Wrong, expired, spent or somebody else's code.
    pub wrong: &'static str,
    /// No code could be sent, and there is another way.
    pub unsent: &'static str,
    /// No code could be sent, and there is no other way.
    pub unsent_only: &'static str,
    /// The code could not be checked, and there is another way.
    pub unchecked: &'static str,
    /// The code could not be checked, and there is no other way.
    pub unchecked_only: &'static str,
    /// There is no code to type, for a reason that is not an error.
    pub none: &'static str,
    /// Too many guesses: held back for this long.
    pub wait_guess: fn(&str) -> String,
    /// Asked for another code too soon.
    pub wait_send: fn(&str) -> String,
    /// A sending limit is reached for this long.
    pub limit: fn(&str) -> String,
    /// The account has no number or address for the chosen way.
    pub no_destination: &'static str,
    /// Heading over the buttons that send.
    pub again: &'static str,
    /// Button: the same way once more.
    pub send_again: &'static str,
    /// Button: by SMS.
    pub by_sms: &'static str,
    /// Button: by mail.
    pub by_email: &'static str,
    /// Before the time that counts down.
    pub next_in: &'static str,
    /// Said when it has counted down.
    pub ready: &'static str,
    /// Link back to the login page.
    pub start_over: &'static str,
}

/// The page that asks for a factor again.
#[derive(Debug)]
pub(crate) struct ConfirmTexts {
    /// Heading and title.
    pub title: &'static str,
    /// Who asks: a host.
    pub asked_by: fn(&str) -> String,
}

/// The page that asks before a session is handed over to a site.
#[derive(Debug)]
pub(crate) struct ConsentTexts {
    /// Heading and title: the site.
    pub title: fn(&str) -> String,
    /// Why the page asks: the site.
    pub asked_by: fn(&str) -> String,
    /// The button.
    pub button: &'static str,
}

/// The account page.
#[derive(Debug)]
pub(crate) struct AccountTexts {
    /// Heading and title.
    pub title: &'static str,
    /// Before the name.
    pub who: &'static str,
    /// Before the moment of the sign-in.
    pub since: &'static str,
    /// What a code by SMS cannot protect against, in one sentence; names the only host to type a code on.
    pub sms_limits: fn(&str) -> String,
    /// Link to the protected site: a host.
    pub home: fn(&str) -> String,
    /// The button.
    pub log_out: &'static str,
}

/// The page that asks before logging out.
#[derive(Debug)]
pub(crate) struct LogoutTexts {
    /// Heading and title.
    pub title: &'static str,
    /// Who is signed in.
    pub signed_in_as: fn(&str) -> String,
    /// The button.
    pub button: &'static str,
    /// Link that does nothing.
    pub stay: &'static str,
}

/// What happened and what to do about it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ProblemText {
    /// Heading and title.
    pub title: &'static str,
    /// What happened.
    pub happened: &'static str,
    /// What to do.
    pub advice: &'static str,
}

/// One text for each kind of `web::Problem`.
#[derive(Debug)]
pub(crate) struct ProblemTexts {
    /// The request could not be understood.
    pub bad_request: ProblemText,
    /// A form came from elsewhere, without its token, or too late.
    pub forgery: ProblemText,
    /// Somebody is signed in who may not do this.
    pub forbidden: ProblemText,
    /// No such page.
    pub not_found: ProblemText,
    /// The page does not take this method.
    pub method_not_allowed: ProblemText,
    /// The path is longer than any that is judged.
    pub path_too_long: ProblemText,
    /// Too much was sent.
    pub too_large: ProblemText,
    /// Too many or too large header fields, which mostly are cookies.
    pub head_too_large: ProblemText,
    /// Sent in a form that we do not read.
    pub unsupported_media_type: ProblemText,
    /// No site has this host.
    pub unknown_site: ProblemText,
    /// Over plain http.
    pub plain_http: ProblemText,
    /// Held back.
    pub too_many: ProblemText,
    /// Advice while held back: for this long.
    pub too_many_advice: fn(&str) -> String,
    /// The protected site cannot be reached.
    pub upstream_unreachable: ProblemText,
    /// The protected site does not answer.
    pub upstream_timeout: ProblemText,
    /// We cannot answer now.
    pub unavailable: ProblemText,
    /// Our own mistake.
    pub internal: ProblemText,
    /// Link to the login page.
    pub sign_in: &'static str,
    /// Link that loads the page again.
    pub retry: &'static str,
    /// Link to the start page.
    pub home: &'static str,
    /// Before the number by which the operator finds the request in the log.
    pub reference: &'static str,
}
