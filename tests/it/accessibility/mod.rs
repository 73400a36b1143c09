//! Pages that everybody can use: the success criteria of WCAG 2.2, levels A and AA, by number.
//!
//! `axe` judges every page in every state; the other tests check the criteria that no program can judge from one page.
//! `docs/accessibility.md` lists which test stands for which criterion.

mod axe;
mod criteria;
mod pages;
