//! Our own codes by mail, handed to a mail server (SMTP, RFC 5321).
//!
//! Decides what the server's answers mean; the code and its keyed hash stay with `factor`. One connection for each mail:
//! sign-ins are too rare to keep one open, and servers close unused ones without a word. Nothing is retried: after a
//! refusal the visitor asks again, which is what a greylisting server waits for. `lettre` is built without its
//! `tracing`, which would log the password and the code.
//!
//! | the server | mail sent | source |
//! |---|---|---|
//! | cannot be reached, or its certificate is not trusted | no | nothing was said to it yet |
//! | offers no STARTTLS, or no way to sign in that we know | no | RFC 3207 §4, RFC 4954 §4: we end before MAIL |
//! | answers 4yz or 5yz before DATA | no | RFC 5321 §4.2.1 |
//! | answers 4yz to say "later" (greylisting) | no | RFC 6647: the mail is not kept |
//! | is silent, or the connection breaks, before the final dot is written | no | RFC 5321 §4.1.1.4: a mail ends with the dot |
//! | is silent, or the connection breaks, or it talks nonsense, after that | perhaps | RFC 1047: it may have taken the mail |
//! | answers 4yz or 5yz to the final dot | no | RFC 5321 §4.2.5: it must not deliver the mail |
//! | answers 2yz to the final dot | yes | RFC 5321 §4.2.5: it takes the responsibility |

mod failure;
mod mail;
mod messages;
mod one_line;
mod session;

pub(in crate::delivery) use messages::SmtpMessages;
