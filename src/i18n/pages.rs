//! The texts of each page. Each language fills in every field, so that none can be forgotten.
//!
//! A text with a placeholder is a function, because word order differs between languages.

use std::time::Duration;

use crate::platform::clock::Timestamp;

/// Texts of all pages.
#[derive(Debug)]
pub(crate) struct CommonTexts {
    /// The page title on an error, so that a screen reader says it first.
    pub error_title: fn(&str) -> String,
    /// A duration, rounded up to a convenient unit.
    pub duration: fn(Duration) -> String,
    /// A moment in UTC; the page's script converts it to the visitor's local time.
    pub moment: fn(Timestamp) -> String,
}

/// The login page.
#[derive(Debug)]
pub(crate) struct LoginTexts {
    /// Heading and title.
    pub title: &'static str,
    /// Where the visitor continues after signing in. Argument: the host.
    pub to_continue: fn(&str) -> String,
    /// Label of the name field.
    pub name: &'static str,
    /// Label of the password field.
    pub password: &'static str,
    /// The button that shows the password.
    pub show: &'static str,
    /// The same button while the password is shown.
    pub hide: &'static str,
    /// The label of that button for screen readers.
    pub show_password: &'static str,
    /// The button that signs in.
    pub button: &'static str,
    /// Wrong name or password, and every other failure that must look the same.
    pub wrong: &'static str,
    /// Too many attempts. Argument: the remaining time.
    pub wait: fn(&str) -> String,
    /// The sign-in ended before it was complete.
    pub over: &'static str,
    /// After logging out.
    pub signed_out: &'static str,
    /// After logging out, if the store could not save it.
    pub signed_out_unsaved: &'static str,
}

/// The code page.
#[derive(Debug)]
pub(crate) struct CodeTexts {
    /// Heading and title while there is a valid code.
    pub title: &'static str,
    /// Heading and title while there is none.
    pub title_none: &'static str,
    /// Where the SMS was sent. Argument: the masked number.
    pub sent_sms: fn(&str) -> String,
    /// The same for screen readers. Argument: the last digits.
    pub sent_sms_spoken: fn(&str) -> String,
    /// Where the mail was sent. Argument: the masked address.
    pub sent_email: fn(&str) -> String,
    /// The same for screen readers. Argument: the first letter.
    pub sent_email_spoken: fn(&str) -> String,
    /// Label of the code field.
    pub code: &'static str,
    /// The form of a numeric code. Argument: its length.
    pub digits: fn(u8) -> String,
    /// The form of a code of letters and digits. Argument: its length.
    pub characters: fn(u8) -> String,
    /// Hint that the script submits a complete code automatically.
    pub by_itself: &'static str,
    /// The button that submits the code.
    pub button: &'static str,
    /// A code was sent on request.
    pub sent: &'static str,
    /// A wrong, expired or spent code, or another person's.
    pub wrong: &'static str,
    /// No code could be sent, and there is another method.
    pub unsent: &'static str,
    /// No code could be sent, and there is no other method.
    pub unsent_only: &'static str,
    /// The code could not be checked, and there is another method.
    pub unchecked: &'static str,
    /// The code could not be checked, and there is no other method.
    pub unchecked_only: &'static str,
    /// There is no valid code, for a reason that is not an error.
    pub none: &'static str,
    /// Too many guesses. Argument: the remaining time.
    pub wait_guess: fn(&str) -> String,
    /// Another code was requested too soon. Argument: the remaining time.
    pub wait_send: fn(&str) -> String,
    /// A sending limit is reached. Argument: the remaining time.
    pub limit: fn(&str) -> String,
    /// The account has no number or address for the chosen method.
    pub no_destination: &'static str,
    /// Heading above the buttons that send a code.
    pub again: &'static str,
    /// Button: send again by the same method.
    pub send_again: &'static str,
    /// Button: by SMS.
    pub by_sms: &'static str,
    /// Button: by mail.
    pub by_email: &'static str,
    /// Text before the countdown.
    pub next_in: &'static str,
    /// Text after the countdown.
    pub ready: &'static str,
    /// Link back to the login page.
    pub start_over: &'static str,
}

/// The page that asks for a factor again.
#[derive(Debug)]
pub(crate) struct ConfirmTexts {
    /// Heading and title.
    pub title: &'static str,
    /// Why the page asks. Argument: the host of the site.
    pub asked_by: fn(&str) -> String,
}

/// The page that asks before a session is handed over to a site.
#[derive(Debug)]
pub(crate) struct ConsentTexts {
    /// Heading and title. Argument: the site.
    pub title: fn(&str) -> String,
    /// Why the page asks. Argument: the site.
    pub asked_by: fn(&str) -> String,
    /// The button that continues.
    pub button: &'static str,
}

/// The account page.
#[derive(Debug)]
pub(crate) struct AccountTexts {
    /// Heading and title.
    pub title: &'static str,
    /// Label of the name.
    pub who: &'static str,
    /// Label of the time of the sign-in.
    pub since: &'static str,
    /// What a code by SMS cannot protect against. Argument: the only host to type a code on.
    pub sms_limits: fn(&str) -> String,
    /// Link to the protected site. Argument: its host.
    pub home: fn(&str) -> String,
    /// The button that logs out.
    pub log_out: &'static str,
}

/// The page that asks before logging out.
#[derive(Debug)]
pub(crate) struct LogoutTexts {
    /// Heading and title.
    pub title: &'static str,
    /// Who is signed in. Argument: the name.
    pub signed_in_as: fn(&str) -> String,
    /// The button that logs out.
    pub button: &'static str,
    /// Link that leaves the person signed in.
    pub stay: &'static str,
}

/// The texts of one error page.
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
    /// The request is malformed.
    pub bad_request: ProblemText,
    /// A form came from another site, without its token, or too late.
    pub forgery: ProblemText,
    /// The signed-in person has no access.
    pub forbidden: ProblemText,
    /// The page does not exist.
    pub not_found: ProblemText,
    /// The page does not accept this method.
    pub method_not_allowed: ProblemText,
    /// The path is longer than the gateway judges.
    pub path_too_long: ProblemText,
    /// The form is too large.
    pub too_large: ProblemText,
    /// The request head is too large, usually because of cookies.
    pub head_too_large: ProblemText,
    /// The form has an unsupported media type.
    pub unsupported_media_type: ProblemText,
    /// No site has this host.
    pub unknown_site: ProblemText,
    /// The request came over plain http.
    pub plain_http: ProblemText,
    /// Too many attempts.
    pub too_many: ProblemText,
    /// Advice after too many attempts. Argument: the remaining time.
    pub too_many_advice: fn(&str) -> String,
    /// The protected site cannot be reached.
    pub upstream_unreachable: ProblemText,
    /// The protected site does not answer.
    pub upstream_timeout: ProblemText,
    /// The gateway cannot answer at the moment.
    pub unavailable: ProblemText,
    /// An internal error.
    pub internal: ProblemText,
    /// Link to the login page.
    pub sign_in: &'static str,
    /// Link that reloads the page.
    pub retry: &'static str,
    /// Link to the start page.
    pub home: &'static str,
    /// Label of the reference by which the operator finds the request in the log.
    pub reference: &'static str,
}
