//! The texts of the pages about factors that people hold, in `pages.ftl` like those of the other pages.

use crate::i18n::text_group::texts;

texts! {
    /// The pages that ask for a factor that the person holds.
    ProofTexts = "proof" {
        /// Heading and title: a code of the authenticator app.
        app_title();
        /// Where to find that code.
        app_hint(product: &str);
        /// Heading and title: a recovery code.
        recovery_title();
        /// What a recovery code is.
        recovery_hint();
        /// Label of its field.
        recovery_label();
        /// Heading and title: a passkey.
        passkey_title();
        /// What the device does.
        passkey_hint();
        /// The button that asks the device.
        passkey_button();
        /// The answer of the passkey was refused.
        passkey_wrong();
        /// The device gave no answer.
        passkey_stopped();
        /// The browser has no passkeys, or no script.
        passkey_impossible();
        /// Heading over the other ways.
        other();
        /// Link: the authenticator app.
        use_app();
        /// Link: a passkey.
        use_passkey();
        /// Link: a recovery code.
        use_recovery();
        /// Button of the login page.
        login_passkey();
    }
}

texts! {
    /// The factors of an account.
    FactorsTexts = "factors" {
        /// Heading of the list.
        title();
        /// Where only codes are sent.
        advice();
        app();
        passkey();
        sms();
        email();
        recovery();
        /// When it was used last.
        used(moment: &str);
        unused();
        /// How many recovery codes are left.
        left(count: u64);
        /// A passkey that is copied to other devices.
        synced();
        /// Buttons that add.
        add_app();
        add_passkey();
        make_codes();
        new_codes();
        /// Link to the page of one factor.
        change();
        /// Label of the field with its name.
        name();
        name_hint();
        name_wrong();
        save();
        /// Link back to the account page.
        back();
        remove();
        /// What removing does.
        remove_advice();
        /// Why the last one cannot be removed.
        last();
        /// Why a factor cannot be removed, or codes replaced, for a while.
        recovered(moment: &str);
        added();
        removed();
        saved();
        full();
        /// How to add an authenticator app.
        app_scan();
        /// The QR code, for a screen reader.
        app_picture();
        app_type();
        app_code();
        app_wrong();
        /// The enrolment has expired.
        over();
        again();
        /// Heading over new recovery codes.
        codes_title();
        codes_advice();
        codes_replaced();
        codes_kept();
        /// What a passkey is.
        passkey_hint();
        passkey_button();
        passkey_known();
        passkey_refused();
    }
}
