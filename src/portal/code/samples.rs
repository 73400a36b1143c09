//! Samples and tests of the code page in every state.

use super::*;
use crate::domain::return_target::ReturnTarget;
use crate::login::RememberChoice;
use crate::portal::tests::{Sample, context, reader, settings};

const SMS: (CodeMethod, &str) = (CodeMethod::Sms, "•••• 74");
const EMAIL: (CodeMethod, &str) = (CodeMethod::Email, "a••••@•••.com");

/// A state as `login` returns it.
pub(crate) fn state(methods: &[(CodeMethod, &str)], sent: CodeState, resend_in: u64) -> ChallengeState {
    ChallengeState {
        methods: methods.iter().map(|(method, masked)| (*method, (*masked).to_owned())).collect(),
        current: methods[0].0,
        held: Vec::new(),
        first: methods[0].0.into(),
        proofs_left: 2,
        sent,
        valid: ValidCodes::Newest,
        guesses_left: 2,
        expires_in: Duration::from_mins(5),
        resend_in: Duration::from_secs(resend_in),
        code_length: 6,
        alphabet: Alphabet::Numeric,
    }
}

/// The rendered page.
pub(crate) fn rendered(state: &ChallengeState, message: CodeMessage) -> String {
    template(state, Shown::anew(message), None).render().unwrap()
}

fn template(state: &ChallengeState, shown: Shown, remember: Option<Duration>) -> CodeTemplate {
    let context = context("https://app.example.com");
    let return_to = ReturnTarget::home(&context.origin);
    let start_over = login::address(&settings(), &return_to, &context);
    let state = CodePage { challenge: state.clone(), return_to, remember };
    page(View { settings: &settings(), reader: &reader() }, &state, shown, "token".to_owned(), start_over)
}

/// Samples of the page in every state.
pub(crate) fn all() -> Vec<Sample> {
    let minute = Duration::from_mins(1);
    let (both, sent, none) = ([SMS, EMAIL], CodeState::Sent, CodeState::None);
    let mut letters = state(&[EMAIL, SMS], sent, 0);
    letters.alphabet = Alphabet::Alphanumeric;
    letters.code_length = 8;
    let states = [
        ("code", state(&both, sent, 30), CodeMessage::Nothing),
        ("code-sent", state(&both, sent, 30), CodeMessage::Sent),
        ("code-can-send", state(&both, sent, 0), CodeMessage::Nothing),
        ("code-by-sms-only", state(&[SMS], sent, 725), CodeMessage::Nothing),
        ("code-by-email-letters", letters, CodeMessage::Nothing),
        ("code-wrong", state(&both, sent, 12), CodeMessage::Wrong),
        ("code-expired", state(&both, none, 0), CodeMessage::Wrong),
        ("code-none", state(&both, none, 0), CodeMessage::Nothing),
        ("code-unsent", state(&both, none, 0), CodeMessage::Unsent),
        ("code-unsent-only", state(&[SMS], none, 0), CodeMessage::Unsent),
        ("code-unchecked", state(&both, sent, 0), CodeMessage::Unchecked),
        ("code-unchecked-only", state(&[SMS], sent, 0), CodeMessage::Unchecked),
        ("code-wait-guess", state(&both, sent, 0), CodeMessage::WaitGuess(minute)),
        ("code-wait-send", state(&both, sent, 9), CodeMessage::WaitSend(Duration::from_secs(9))),
        ("code-limit", state(&both, none, 0), CodeMessage::Limit(minute * 9)),
        ("code-no-way", ChallengeState { methods: Vec::new(), ..state(&[SMS], none, 0) }, CodeMessage::Unsent),
        ("code-no-destination", state(&[SMS], sent, 0), CodeMessage::NoDestination),
        (
            "code-hostile",
            state(&[(CodeMethod::Email, crate::portal::tests::HOSTILE), SMS], sent, 0),
            CodeMessage::Wrong,
        ),
    ];
    let samples = states.into_iter().map(|(name, state, message)| (name, template(&state, Shown::anew(message), None)));
    let wrong = Shown { message: CodeMessage::Wrong, choice: RememberChoice::Remember };
    let remembering = [
        ("code-remember", Shown::anew(CodeMessage::Nothing), Duration::from_hours(24 * 30)),
        ("code-remember-wrong", wrong, Duration::from_hours(12)),
    ];
    let remembering =
        remembering.map(|(name, shown, period)| (name, template(&state(&both, sent, 0), shown, Some(period))));
    samples.chain(remembering).map(|(name, template)| Sample::new(name, &template)).collect()
}

#[test]
fn the_code_page_says_where_the_code_went_and_never_more() {
    let html = rendered(&state(&[SMS, EMAIL], CodeState::Sent, 30), CodeMessage::Nothing);
    assert!(html.contains("sent to ••••\u{a0}74"), "{html}");
    assert!(html.contains("the number that ends in 74"), "{html}");
}

#[test]
fn one_field_takes_the_code_and_forgives_pasted_blanks() {
    let html = rendered(&state(&[SMS], CodeState::Sent, 0), CodeMessage::Nothing);
    assert_eq!(html.matches("<input class=\"code\"").count(), 1);
    let field = html.split("<input class=\"code\"").nth(1).unwrap().split('>').next().unwrap();
    for part in [
        r#"id="code" dir="ltr" name="code" type="text""#,
        r#"inputmode="numeric""#,
        r#"autocomplete="one-time-code""#,
        r#"maxlength="600""#,
        "required",
        "autofocus",
    ] {
        assert!(field.contains(part), "{part} is missing in {field}");
    }
}

#[test]
fn letters_in_a_code_need_another_keyboard() {
    let mut state = state(&[SMS], CodeState::Sent, 0);
    state.alphabet = Alphabet::Alphanumeric;
    let html = rendered(&state, CodeMessage::Nothing);
    assert!(!html.contains("inputmode=\"numeric\"") && html.contains(r#"autocapitalize="off""#));
}

#[test]
fn a_wrong_code_is_tied_to_its_field_and_a_service_error_is_never_called_one() {
    let waiting = state(&[SMS, EMAIL], CodeState::Sent, 0);
    let wrong = rendered(&waiting, CodeMessage::Wrong);
    assert!(
        wrong.contains(r#"aria-invalid="true" aria-describedby="notice left shape validity""#)
            && wrong.contains("role=\"alert\"")
    );
    for message in [CodeMessage::Unchecked, CodeMessage::Unsent] {
        let html = rendered(&waiting, message);
        assert!(
            html.contains("We could not") && !html.contains("invalid or expired") && !html.contains("aria-invalid")
        );
        assert_eq!(message.status(), StatusCode::SERVICE_UNAVAILABLE);
    }
}

#[test]
fn while_no_code_is_out_there_is_nothing_to_type_and_a_way_to_get_one() {
    let html = rendered(&state(&[SMS, EMAIL], CodeState::None, 0), CodeMessage::Unsent);
    assert!(!html.contains("name=\"code\""));
    assert!(html.contains(r#"name="method" value="sms""#) && html.contains(r#"name="method" value="email""#));
}

#[test]
fn an_account_that_no_code_can_reach_is_sent_to_the_site_owner_and_not_told_to_try_again() {
    let unreachable = ChallengeState { methods: Vec::new(), ..state(&[SMS], CodeState::None, 0) };
    for message in [CodeMessage::Unsent, CodeMessage::NoDestination, CodeMessage::Nothing] {
        let html = rendered(&unreachable, message);
        assert!(html.contains("No code can be sent to this account. Please contact the site owner."), "{html}");
        assert!(!html.contains("try again") && !html.contains("name=\"method\""), "{html}");
    }
}

#[test]
fn the_address_is_believed_only_where_it_agrees_with_the_state() {
    assert_eq!(CodeMessage::believed("1", CodeState::Sent), CodeMessage::Sent);
    assert_eq!(CodeMessage::believed("0", CodeState::None), CodeMessage::Unsent);
    for (written, state) in
        [("0", CodeState::Sent), ("1", CodeState::None), ("", CodeState::Sent), ("x", CodeState::None)]
    {
        assert_eq!(CodeMessage::believed(written, state), CodeMessage::Nothing);
    }
}

#[test]
fn the_box_that_remembers_the_browser_is_ticked_by_the_visitor_alone() {
    let html = |shown, period| template(&state(&[SMS], CodeState::Sent, 0), shown, period).render().unwrap();
    let (anew, day) = (Shown::anew(CodeMessage::Nothing), Duration::from_hours(24));
    assert!(!html(anew, None).contains("type=\"checkbox\""));
    for (period, label) in [
        (day * 30, "Do not ask for a code in this browser for 30 days"),
        (day, "Do not ask for a code in this browser for 1 day"),
        (day / 24, "Do not ask for a code in this browser for 1 hour"),
        (day * 3 / 2, "Do not ask for a code in this browser for 36 hours"),
    ] {
        let html = html(anew, Some(period));
        let label = format!("<label for=\"remember\">{label}</label>");
        assert!(html.contains(&label) && !html.contains(" checked"), "{html}");
    }
    let ticked = Shown { message: CodeMessage::Wrong, choice: RememberChoice::Remember };
    assert!(html(ticked, Some(day)).contains(" checked>"), "a mistyped code does not undo the choice");
}

#[test]
fn the_wait_is_shown_as_it_counts_down() {
    for (seconds, shown) in [(9, "0:09"), (30, "0:30"), (725, "12:05"), (3600, "1:00:00")] {
        assert_eq!(count_down(seconds), shown);
    }
    let html = rendered(&state(&[SMS], CodeState::Sent, 30), CodeMessage::Nothing);
    assert!(html.contains(r#"data-seconds="30">0:30</span>"#), "{html}");
    assert!(!html.contains(" disabled"), "without the script the buttons work; the server decides");
}
