//! Which texts the pages need, page by page. Each is written in `static/locales/<language>/pages.ftl` under its group and
//! name: `login`, `signed_out` → `login-signed-out`.

use std::time::Duration;

use crate::i18n::text_group::{page_text, texts};
use crate::platform::clock::Timestamp;

texts! {
    /// Texts of all pages.
    CommonTexts = "common" {
        /// The page title while something is wrong, so that it is the first thing a screen reader says.
        error_title(title: &str);
        language();
        seconds(count: u64);
        minutes(count: u64);
        hours(count: u64);
        /// A moment in UTC; the script turns it into the visitor's own time where it runs.
        moment(day: u64, month: u64, year: &str, time: &str);
    }
}

texts! {
    /// The login page.
    LoginTexts = "login" {
        /// Heading and title.
        title();
        /// Where the visitor goes afterwards: a host.
        to_continue(host: &str);
        /// Label of the name field.
        name();
        /// Label of the password field.
        password();
        /// On the button that shows the password.
        show();
        /// On the same button while the password is shown.
        hide();
        /// What that button does, for a screen reader.
        show_password();
        /// The button.
        button();
        /// Wrong name or password, and everything that must look the same.
        wrong();
        /// Held back for this long.
        wait(time: &str);
        /// The sign-in ended before it was complete.
        over();
        /// The last of the allowed guesses was wrong.
        guesses_used();
        /// The form belongs to an earlier sign-in of this browser.
        stale();
        /// The form came without the sign-in cookie.
        no_cookie();
        /// The return target was dropped because of its length.
        target_too_long();
        /// After logging out.
        signed_out();
        /// After logging out, where the store could not be told.
        signed_out_unsaved();
    }
}

texts! {
    /// The code page.
    CodeTexts = "code" {
        /// Heading and title while a code is out.
        title();
        /// Heading and title while none is.
        title_none();
        /// Where the SMS went: the masked number.
        sent_sms(masked: &str);
        /// The same to be heard: the last digits.
        sent_sms_spoken(digits: &str);
        /// Where the mail went: the masked address.
        sent_email(masked: &str);
        /// The same to be heard: the first letter.
        sent_email_spoken(letter: &str);
        /// Label of the code field.
        code();
        /// The shape of a code of digits.
        digits(count: u64);
        /// The shape of a code of letters and digits.
        characters(count: u64);
        /// How long the newest code can be used.
        valid_for(time: &str);
        /// Said by the script when the newest code is nearly over.
        expires_soon();
        /// Said by the script when it is over.
        expired();
        /// The script sends a complete code by itself.
        by_itself();
        /// The box: no code is asked for in this browser for so many days.
        remember_days(count: u64);
        /// The same in hours.
        remember_hours(count: u64);
        /// The button.
        button();
        /// A code was sent on request.
        sent();
        /// Wrong, expired, spent or somebody else's code.
        wrong();
        /// How many wrong codes are still allowed.
        guesses_left(count: u64);
        /// No code could be sent, and there is another way.
        unsent();
        /// No code could be sent, and there is no other way.
        unsent_only();
        /// The code could not be checked, and there is another way.
        unchecked();
        /// The code could not be checked, and there is no other way.
        unchecked_only();
        /// There is no code to type, for a reason that is not an error.
        none();
        /// Too many guesses: held back for this long.
        wait_guess(time: &str);
        /// Asked for another code too soon.
        wait_send(time: &str);
        /// A sending limit is reached for this long.
        limit(time: &str);
        /// The account has no number or address for the chosen way.
        no_destination();
        /// The account has no number or address that a configured provider reaches.
        no_way();
        /// Which of several messages to use.
        newest();
        /// Heading over the buttons that send.
        again();
        /// Button: the same way once more.
        send_again();
        /// Button: by SMS.
        by_sms();
        /// Button: by mail.
        by_email();
        /// Before the time that counts down.
        next_in();
        /// Said when it has counted down.
        ready();
        /// Link back to the login page.
        start_over();
    }
}

texts! {
    /// The page that asks a signed-in person for a factor again.
    ConfirmTexts = "confirm" {
        /// Heading and title.
        title();
        /// Who asks: a host.
        asked_by(host: &str);
    }
}

texts! {
    /// The account page.
    AccountTexts = "account" {
        /// Heading and title.
        title();
        /// Before the name.
        who();
        /// Before the moment of the sign-in.
        since();
        /// What a code by SMS cannot protect against, in one sentence; names the only host to type a code on.
        sms_limits(host: &str);
        /// Link to the protected site: a host.
        home(host: &str);
        /// Before the moment until which no code is asked for in this browser.
        no_code_until();
        /// In how many other browsers no code is asked for.
        other_browsers(count: u64);
        /// Button: this browser is no longer remembered.
        forget_this();
        /// Button: no browser is remembered any more.
        forget_all();
        /// After one of these buttons.
        forgotten();
        /// The button.
        log_out();
        /// Heading over the links to the sites.
        apps();
    }
}

texts! {
    /// The page that asks before a session is handed over to a site.
    ConsentTexts = "consent" {
        /// Heading and title: the site.
        title(site: &str);
        /// Why the page asks: the site.
        asked_by(site: &str);
        /// The button.
        button();
    }
}

texts! {
    /// The page that asks before logging out.
    LogoutTexts = "logout" {
        /// Heading and title.
        title();
        /// Who is signed in.
        signed_in_as(name: &str);
        /// The box: this browser is no longer remembered either.
        forget();
        /// The button.
        button();
        /// Link that does nothing.
        stay();
        /// Link to the same page, on the page about a denial.
        switch();
    }
}

texts! {
    /// The page after a sign-in that interrupted a form.
    UnsentTexts = "unsent" {
        title();
        happened(host: &str);
        advice();
        /// Link to the form.
        back();
    }
}

texts! {
    /// The page in place of a sign-in inside a frame.
    FramedTexts = "framed" {
        title();
        happened();
        button();
        advice();
    }
}

texts! {
    /// The pages that say what went wrong.
    ProblemTexts = "problem" {
        /// In place of `happened` where the person is known: their name.
        no_access_happened(name: &str);
        wait_advice(time: &str);
        /// Link to the login page.
        sign_in();
        /// Link that loads the page again.
        retry();
        /// Link to the start page.
        home();
        /// Before the number by which the operator finds the request in the log.
        reference();
    }
}

/// What happened and what to do about it.
#[derive(Debug, Clone)]
pub(crate) struct ProblemText {
    /// Heading and title.
    pub title: String,
    /// What happened.
    pub happened: String,
    /// What to do.
    pub advice: String,
}

/// The problems that have a [`ProblemText`]: the middle of their keys, `problem-<name>-title` and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProblemKind {
    BadRequest,
    Forgery,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    PathTooLong,
    TooLarge,
    HeadTooLarge,
    UnsupportedMediaType,
    UnknownSite,
    PlainHttp,
    TooMany,
    UpstreamUnreachable,
    UpstreamTimeout,
    Unavailable,
    Loop,
    Internal,
}

impl ProblemKind {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 17] = [
        Self::BadRequest,
        Self::Forgery,
        Self::Forbidden,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::PathTooLong,
        Self::TooLarge,
        Self::HeadTooLarge,
        Self::UnsupportedMediaType,
        Self::UnknownSite,
        Self::PlainHttp,
        Self::TooMany,
        Self::UpstreamUnreachable,
        Self::UpstreamTimeout,
        Self::Unavailable,
        Self::Loop,
        Self::Internal,
    ];

    /// The keys of its texts.
    #[cfg(test)]
    pub(crate) fn keys(self) -> [String; 3] {
        ["title", "happened", "advice"].map(|part| format!("problem-{}-{part}", self.name()))
    }

    const fn name(self) -> &'static str {
        match self {
            Self::BadRequest => "bad-request",
            Self::Forgery => "forgery",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::PathTooLong => "path-too-long",
            Self::TooLarge => "too-large",
            Self::HeadTooLarge => "head-too-large",
            Self::UnsupportedMediaType => "unsupported-media-type",
            Self::UnknownSite => "unknown-site",
            Self::PlainHttp => "plain-http",
            Self::TooMany => "too-many",
            Self::UpstreamUnreachable => "upstream-unreachable",
            Self::UpstreamTimeout => "upstream-timeout",
            Self::Unavailable => "unavailable",
            Self::Loop => "loop",
            Self::Internal => "internal",
        }
    }
}

impl ProblemTexts {
    /// What the page about a problem says.
    pub(crate) fn about(self, kind: ProblemKind) -> ProblemText {
        let text = |part: &str| page_text(self.0, "problem", &format!("{}-{part}", kind.name()), &[]);
        ProblemText { title: text("title"), happened: text("happened"), advice: text("advice") }
    }
}

impl CommonTexts {
    /// A duration, rounded up, so that a visitor who waits for this time is not refused again.
    pub(crate) fn duration(self, span: Duration) -> String {
        let seconds = u64::try_from(span.as_millis().div_ceil(1000)).unwrap_or(u64::MAX).max(1);
        let minutes = seconds.div_ceil(60);
        match (seconds, minutes) {
            (0..=90, _) => self.seconds(seconds),
            (_, 0..=90) => self.minutes(minutes),
            _ => self.hours(minutes.div_ceil(60)),
        }
    }

    /// A moment in UTC; the script turns it into the visitor's own time where it runs.
    pub(crate) fn moment_of(self, moment: Timestamp) -> String {
        match jiff::Timestamp::from_millisecond(moment.millis()) {
            Ok(time) => {
                let time = time.to_zoned(jiff::tz::TimeZone::UTC);
                let part = |number: i8| u64::from(number.unsigned_abs());
                let year = time.year().to_string();
                self.moment(part(time.day()), part(time.month()), &year, &time.strftime("%H:%M").to_string())
            }
            // Outside the range of the calendar: the exact timestamp is better than nothing.
            Err(_) => moment.to_string(),
        }
    }
}
