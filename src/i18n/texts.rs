//! Every text of the pages, in one language.

use crate::domain::language::Language;
use crate::i18n::factor_pages::{FactorsTexts, ProofTexts};
use crate::i18n::pages::{
    AccountTexts, CodeTexts, CommonTexts, ConfirmTexts, ConsentTexts, FramedTexts, LoginTexts, LogoutTexts,
    ProblemTexts, UnsentTexts,
};

/// Every text of the pages in one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Texts {
    /// Which language.
    pub language: Language,
    pub common: CommonTexts,
    pub login: LoginTexts,
    pub code: CodeTexts,
    pub proof: ProofTexts,
    pub factors: FactorsTexts,
    pub confirm: ConfirmTexts,
    pub account: AccountTexts,
    pub consent: ConsentTexts,
    pub logout: LogoutTexts,
    pub unsent: UnsentTexts,
    pub framed: FramedTexts,
    pub problem: ProblemTexts,
}

impl Texts {
    /// The texts in `language`.
    pub(crate) const fn of(language: Language) -> Self {
        Self {
            language,
            common: CommonTexts(language),
            login: LoginTexts(language),
            code: CodeTexts(language),
            proof: ProofTexts(language),
            factors: FactorsTexts(language),
            confirm: ConfirmTexts(language),
            account: AccountTexts(language),
            consent: ConsentTexts(language),
            logout: LogoutTexts(language),
            unsent: UnsentTexts(language),
            framed: FramedTexts(language),
            problem: ProblemTexts(language),
        }
    }
}
