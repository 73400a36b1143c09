//! The English texts.

use std::time::Duration;

use crate::i18n::pages::{
    AccountTexts, CodeTexts, CommonTexts, ConfirmTexts, ConsentTexts, LoginTexts, LogoutTexts, ProblemText,
    ProblemTexts,
};
use crate::i18n::texts::{MessageTexts, Texts};
use crate::platform::clock::Timestamp;

/// Every text in English.
pub(super) const ENGLISH: Texts = Texts {
    tag: "en",
    common: CommonTexts { error_title: |title| format!("Error: {title}"), duration, moment },
    login: LOGIN,
    code: CODE,
    confirm: CONFIRM,
    account: ACCOUNT,
    consent: CONTINUE,
    logout: LOGOUT,
    problem: PROBLEM,
    message: MESSAGE,
};

const LOGIN: LoginTexts = LoginTexts {
    title: "Sign in",
    to_continue: |host| format!("to continue to {host}"),
    name: "E-mail or user name",
    password: "Password",
    show: "Show",
    hide: "Hide",
    show_password: "Show password",
    button: "Sign in",
    wrong: "Invalid credentials. Please try again.",
    wait: |time| format!("Too many attempts. Please wait {time}, then try again."),
    over: "Your sign-in has ended. Please start again.",
    signed_out: "You are signed out.",
    signed_out_unsaved: "You are signed out, but the server could not save this yet. Contact the site owner.",
};

const CODE: CodeTexts = CodeTexts {
    title: "Enter your code",
    title_none: "Get a code",
    sent_sms: |masked| format!("A text message with your code was sent to {masked}."),
    sent_sms_spoken: |digits| format!("A text message with your code was sent to the number that ends in {digits}."),
    sent_email: |masked| format!("An e-mail with your code was sent to {masked}."),
    sent_email_spoken: |letter| format!("An e-mail with your code was sent to the address that starts with {letter}."),
    code: "Code",
    digits: |count| format!("{count} digits"),
    characters: |count| format!("{count} letters or digits"),
    by_itself: "This page continues automatically when the code is complete.",
    button: "Continue",
    sent: "Verification code sent.",
    wrong: "Code invalid or expired",
    unsent: "We could not send the code. Please try again or use another method.",
    unsent_only: "We could not send the code. Please try again in a moment.",
    unchecked: "We could not check the code. Nothing is lost: please try again or use another method.",
    unchecked_only: "We could not check the code. Nothing is lost: please try again in a moment.",
    none: "There is no valid code: it has expired, or none was sent. Please request a new one.",
    wait_guess: |time| format!("Too many attempts. Please wait {time}, then try again."),
    wait_send: |time| format!("You can request another code in {time}."),
    limit: |time| format!("Too many codes requested. Try again in {time} or use another method."),
    no_destination: "This method is not set up for your account. Please use another one.",
    again: "Didn't get a code?",
    send_again: "Send again",
    by_sms: "Send a text message",
    by_email: "Send an e-mail",
    next_in: "You can request another code in",
    ready: "You can request another code now.",
    start_over: "Start over",
};

const CONFIRM: ConfirmTexts =
    ConfirmTexts { title: "Confirm your identity", asked_by: |host| format!("The page on {host} needs a new code.") };

const ACCOUNT: AccountTexts = AccountTexts {
    title: "You are signed in",
    who: "Account",
    since: "Since",
    sms_limits: |host| {
        format!(
            "A code by SMS cannot protect you from a fake page that passes it on, or from someone who takes over your \
             telephone number: type codes only on {host}, and never tell them to anyone."
        )
    },
    home: |host| format!("Go to {host}"),
    log_out: "Log out",
};

const CONTINUE: ConsentTexts = ConsentTexts {
    title: |site| format!("Continue to {site}?"),
    asked_by: |site| {
        format!("A link on another website wants to open {site} as you. Continue only if you expected this.")
    },
    button: "Continue",
};

const LOGOUT: LogoutTexts = LogoutTexts {
    title: "Log out?",
    signed_in_as: |name| format!("You are signed in as {name}."),
    button: "Log out",
    stay: "Stay signed in",
};

const PROBLEM: ProblemTexts = ProblemTexts {
    bad_request: ProblemText {
        title: "Bad request",
        happened: "Your browser sent a request that we cannot read.",
        advice: "Go back and try again, or go to the start page.",
    },
    forgery: ProblemText {
        title: "This form is no longer valid",
        happened: "The page was open for too long, or the form came from another site.",
        advice: "Open the sign-in page and try again. If this keeps happening, allow cookies for this site.",
    },
    forbidden: ProblemText {
        title: "You don't have access",
        happened: "You are signed in, but your account has no access to this page.",
        advice: "Go to the start page. If you think you should have access, contact the site owner.",
    },
    not_found: ProblemText {
        title: "Page not found",
        happened: "There is no page at this address.",
        advice: "Check the address, or go to the start page.",
    },
    method_not_allowed: ProblemText {
        title: "Method not allowed",
        happened: "This page does not accept this kind of request.",
        advice: "Go back and try again, or go to the start page.",
    },
    path_too_long: ProblemText {
        title: "The address is too long",
        happened: "The path of this address is longer than the gateway accepts.",
        advice: "Check the link, or go to the start page.",
    },
    too_large: ProblemText {
        title: "Too much data",
        happened: "The form is larger than this page accepts.",
        advice: "Go back and send less data.",
    },
    head_too_large: ProblemText {
        title: "Your browser sent too many cookies",
        happened: "The cookies and other fields of this request are larger than this site accepts.",
        advice: "Delete the cookies of this site in your browser and try again. If this happens again, contact the site owner.",
    },
    unsupported_media_type: ProblemText {
        title: "This form cannot be read",
        happened: "The form was sent in a format that this page does not accept.",
        advice: "Open the sign-in page and use the form there.",
    },
    unknown_site: ProblemText {
        title: "Site not found",
        happened: "No site is configured for this address.",
        advice: "Check the address. If it is right, contact the site owner.",
    },
    plain_http: ProblemText {
        title: "Secure connection required",
        happened: "This site is available over https only.",
        advice: "Open the address again with https:// in front of it.",
    },
    too_many: ProblemText {
        title: "Too many attempts",
        happened: "There were too many attempts from your network in a short time.",
        advice: "Please wait a little, then try again.",
    },
    too_many_advice: |time| format!("Please wait {time}, then try again."),
    upstream_unreachable: ProblemText {
        title: "The site cannot be reached",
        happened: "This is not your fault: the site behind this page is not answering.",
        advice: "Try again in a moment. If the problem persists, contact the site owner.",
    },
    upstream_timeout: ProblemText {
        title: "The site took too long",
        happened: "This is not your fault: the site behind this page did not answer in time.",
        advice: "Try again in a moment. If the problem persists, contact the site owner.",
    },
    unavailable: ProblemText {
        title: "Temporarily unavailable",
        happened: "This is not your fault: the service is unavailable at the moment.",
        advice: "Try again in a moment. If the problem persists, contact the site owner.",
    },
    internal: ProblemText {
        title: "Something went wrong",
        happened: "This is not your fault: something failed on our side.",
        advice: "Try again. If it happens again, contact the site owner and quote the reference below.",
    },
    sign_in: "Go to sign-in",
    retry: "Try again",
    home: "Go to the start page",
    reference: "Reference",
};

const MESSAGE: MessageTexts = MessageTexts {
    sms_origin: |product| format!("{product} sign-in code. Do not share it."),
    sms_plain: |product, code| format!("Your {product} sign-in code is {code}"),
    email_subject: |product| format!("Your {product} sign-in code"),
    email_intro: |product| format!("Your sign-in code for {product} is:"),
    email_only_on: |host| format!("Type it only on {host}."),
    email_warning: "It works once and only for a few minutes. Do not share it.\n\
                    If you are not signing in right now, someone else knows your password: change it.",
};

/// Rounded up, so that a visitor who waits for this time is not refused again.
fn duration(span: Duration) -> String {
    let seconds = span.as_millis().div_ceil(1000).max(1);
    let minutes = seconds.div_ceil(60);
    let hours = minutes.div_ceil(60);
    let (count, unit) = match (seconds, minutes) {
        (0..=90, _) => (seconds, "second"),
        (_, 0..=90) => (minutes, "minute"),
        _ => (hours, "hour"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

fn moment(moment: Timestamp) -> String {
    match jiff::Timestamp::from_millisecond(moment.millis()) {
        Ok(time) => time.strftime("%-d %B %Y, %H:%M UTC").to_string(),
        // Outside the range of the calendar: the exact timestamp is better than nothing.
        Err(_) => moment.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_rounded_up_to_a_unit_that_people_think_in() {
        let said = |millis| duration(Duration::from_millis(millis));
        assert_eq!(said(0), "1 second");
        assert_eq!(said(1001), "2 seconds");
        assert_eq!(said(90_000), "90 seconds");
        assert_eq!(said(90_001), "2 minutes");
        assert_eq!(said(900_000), "15 minutes");
        assert_eq!(said(86_400_000), "24 hours");
    }

    #[test]
    fn a_moment_is_written_in_words_and_in_utc() {
        assert_eq!(moment(Timestamp::from_millis(1_795_412_052_000)), "23 November 2026, 05:34 UTC");
    }
}
