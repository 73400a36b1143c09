//! Telephone numbers and e-mail addresses of people. Their faults never repeat the value.

use super::ConfigValue;
use crate::config::mistake::Fault;
use crate::domain::email::EmailAddress;
use crate::domain::phone::PhoneNumber;

impl ConfigValue for PhoneNumber {
    const EXAMPLE: &'static str = "+15005550006";

    fn kind() -> String {
        "a telephone number in international form".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let remedy = format!("write `+`, the country code and the number, such as `{}`", Self::EXAMPLE);
        text.parse().map_err(|_| Fault::new(format!("not {}", Self::kind()), remedy))
    }

    fn text(&self) -> String {
        self.masked()
    }
}

impl ConfigValue for EmailAddress {
    const EXAMPLE: &'static str = "name@example.com";

    fn kind() -> String {
        "an e-mail address".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        text.parse().map_err(|_| Fault::new("not an e-mail address", format!("write one such as `{}`", Self::EXAMPLE)))
    }

    fn text(&self) -> String {
        self.masked()
    }
}
