//! One session with the mail server, step by step. Every step ends at the same deadline.

use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use lettre::transport::smtp;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::{Response, Severity};
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;

use super::failure::{Cause, Dot, Failure};
use super::mail::Mail;
use super::one_line::OneLine;
use crate::delivery::settings::MailAccount;
use crate::domain::host::HostName;
use crate::platform::secret::ExposeSecret as _;

/// How long an attempt to connect to one address may take, and at most half of the total time: a name may have an address
/// that nobody answers at (IPv6 without a route) before one that works.
const CONNECT: Duration = Duration::from_secs(5);

/// How long the answer to QUIT is waited for. The mail is sent or refused by then, and the visitor waits.
const FAREWELL: Duration = Duration::from_secs(1);

/// The mail server.
pub(super) struct Server {
    pub host: HostName,
    pub port: u16,
    pub tls: Wrapping,
    /// The name that we greet with; `None`: our address on the connection (RFC 5321 §4.1.4).
    pub ehlo_name: Option<HostName>,
    /// Total time for one mail.
    pub timeout: Duration,
}

/// How the connection is encrypted, ready for use.
pub(super) enum Wrapping {
    None,
    AfterHello(TlsParameters),
    FromStart(TlsConnector, ServerName<'static>),
}

/// A connection that the server has greeted.
pub(super) struct Session {
    connection: AsyncSmtpConnection,
    deadline: Instant,
}

impl Session {
    /// Connects, encrypts and greets.
    pub(super) async fn open(server: &Server, deadline: Instant) -> Result<Self, Failure> {
        let tcp = connect(server, deadline).await?;
        let lost = |error: std::io::Error| Failure::before("connect", Cause::Lost(error.to_string()));
        let peer = tcp.peer_addr().map_err(lost)?;
        let hello = match &server.ehlo_name {
            Some(name) => greeting(name),
            None => literal(tcp.local_addr().map_err(lost)?.ip()),
        };
        match &server.tls {
            Wrapping::None => Self::greet(OneLine::new(tcp, peer), &hello, deadline).await,
            Wrapping::FromStart(connector, name) => {
                let tls = timeout_at(deadline, connector.connect(name.clone(), tcp)).await;
                let tls = tls.map_err(|_| Failure::before("TLS", Cause::Late))?;
                let tls = tls.map_err(|error| Failure::before("TLS", Cause::Lost(error.to_string())))?;
                Self::greet(OneLine::new(tls, peer), &hello, deadline).await
            }
            Wrapping::AfterHello(parameters) => {
                let mut session = Self::greet(OneLine::new(tcp, peer), &hello, deadline).await?;
                if !session.connection.can_starttls() {
                    let why = "the server offers no TLS, and smtp.tls asks for it";
                    session.quit().await;
                    return Err(Failure::before("STARTTLS", Cause::Unfit(why.to_owned())));
                }
                step("STARTTLS", deadline, session.connection.starttls(parameters.clone(), &hello)).await?;
                Ok(session)
            }
        }
    }

    /// Takes the server's greeting and sends ours.
    pub(super) async fn greet<S>(stream: OneLine<S>, hello: &ClientId, deadline: Instant) -> Result<Self, Failure>
    where
        S: AsyncRead + AsyncWrite + Send + Sync + Unpin + std::fmt::Debug + 'static,
    {
        let connection = AsyncSmtpConnection::connect_with_transport(Box::new(stream), hello);
        let connection = step("EHLO", deadline, connection).await?;
        Ok(Self { connection, deadline })
    }

    /// Signs in with PLAIN or LOGIN, whichever the server offers.
    pub(super) async fn sign_in(&mut self, account: &MailAccount) -> Result<(), Failure> {
        let Self { connection, deadline } = self;
        if connection.server_info().get_auth_mechanism(DEFAULT_MECHANISMS).is_none() {
            let why = "the server offers neither PLAIN nor LOGIN on this connection";
            return Err(Failure::before("AUTH", Cause::Unfit(why.to_owned())));
        }
        let credentials = Credentials::new(account.username.clone(), account.password.expose_secret().to_owned());
        step("AUTH", *deadline, connection.auth(DEFAULT_MECHANISMS, &credentials)).await.map(|_| ())
    }

    /// Hands the mail over.
    pub(super) async fn hand_over(&mut self, mail: &Mail) -> Result<(), Failure> {
        let Self { connection, deadline } = self;
        let options = options(connection, mail)?;
        let sender = MailFrom::new(Some(mail.from.clone()), options);
        let answer = step("MAIL", *deadline, connection.command(sender)).await?;
        completed("MAIL", &answer, Dot::NotWritten)?;
        let recipient = Rcpt::new(mail.to.clone(), Vec::new());
        let answer = step("RCPT", *deadline, connection.command(recipient)).await?;
        completed("RCPT", &answer, Dot::NotWritten)?;
        let answer = step("DATA", *deadline, connection.command(Data)).await?;
        if !answer.has_code(354) {
            return Err(Failure::before("DATA", Cause::Unfit(format!("status {} is not 354", answer.code()))));
        }
        let mut content = Content { mail: Some(&mail.content), dot: Dot::NotWritten };
        let answer = step("message", *deadline, connection.message_iter(&mut content)).await;
        let answer = answer.map_err(|failure| Failure { dot: content.dot, ..failure })?;
        completed("message", &answer, Dot::PerhapsWritten)
    }

    /// Says good-bye (RFC 5321 §4.1.1.10). Nothing depends on the answer.
    pub(super) async fn quit(mut self) {
        let end = self.deadline.min(Instant::now() + FAREWELL);
        let _ = timeout_at(end, self.connection.quit()).await;
    }
}

/// The mail as `lettre` takes it: it asks for more until there is no more, and then writes the dot.
struct Content<'a> {
    mail: Option<&'a [u8]>,
    dot: Dot,
}

impl<'a> Iterator for Content<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let mail = self.mail.take();
        if mail.is_none() {
            self.dot = Dot::PerhapsWritten;
        }
        mail
    }
}

/// What the server has to know beside the sender's address.
fn options(connection: &AsyncSmtpConnection, mail: &Mail) -> Result<Vec<MailParameter>, Failure> {
    let mut options = Vec::new();
    if mail.needs_utf8() {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            let why = "the server takes no addresses beyond ASCII (SMTPUTF8)";
            return Err(Failure::before("MAIL", Cause::Unfit(why.to_owned())));
        }
        options.push(MailParameter::SmtpUtfEight);
    }
    // Everything but such addresses is encoded; RFC 6531 §3.1 asks a server with SMTPUTF8 for 8BITMIME as well.
    if !mail.content.is_ascii() {
        options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    Ok(options)
}

/// RFC 5321 §4.3.2: these commands are answered with 2yz, never with an intermediate 3yz.
fn completed(step: &'static str, answer: &Response, dot: Dot) -> Result<(), Failure> {
    if answer.code().severity == Severity::PositiveCompletion {
        return Ok(());
    }
    Err(Failure { step, cause: Cause::Unfit(format!("status {} has no meaning here", answer.code())), dot })
}

async fn step<T>(
    step: &'static str,
    deadline: Instant,
    work: impl Future<Output = Result<T, smtp::Error>>,
) -> Result<T, Failure> {
    match timeout_at(deadline, work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(Failure::before(step, Cause::of(&error))),
        Err(_) => Err(Failure::before(step, Cause::Late)),
    }
}

/// Connects to the first address of the server that answers.
async fn connect(server: &Server, deadline: Instant) -> Result<TcpStream, Failure> {
    let failed = |cause| Failure::before("connect", cause);
    let addresses = timeout_at(deadline, addresses(server)).await.map_err(|_| failed(Cause::Late))?;
    let mut last = Cause::Lost("the name has no address".to_owned());
    for address in addresses.map_err(|error| failed(Cause::Lost(error.to_string())))? {
        let end = deadline.min(Instant::now() + CONNECT.min(server.timeout / 2));
        last = match timeout_at(end, TcpStream::connect(address)).await {
            Ok(Ok(tcp)) => return Ok(tcp),
            Ok(Err(error)) => Cause::Lost(error.to_string()),
            Err(_) => Cause::Late,
        };
    }
    Err(failed(last))
}

async fn addresses(server: &Server) -> std::io::Result<Vec<SocketAddr>> {
    let Server { host, port, .. } = server;
    if let Some(address) = host.address() {
        return Ok(vec![SocketAddr::new(address, *port)]);
    }
    // This machine may be spoken to without TLS, so DNS must not decide where its name leads.
    if host.is_loopback() {
        let both = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
        return Ok(both.map(|address| SocketAddr::new(address, *port)).to_vec());
    }
    Ok(lookup_host((host.as_str(), *port)).await?.collect())
}

fn greeting(name: &HostName) -> ClientId {
    name.address().map_or_else(|| ClientId::Domain(name.as_str().to_owned()), literal)
}

const fn literal(address: IpAddr) -> ClientId {
    match address {
        IpAddr::V4(address) => ClientId::Ipv4(address),
        IpAddr::V6(address) => ClientId::Ipv6(address),
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, DuplexStream, duplex};

    use super::*;
    use crate::delivery::provider::Sent;

    /// A pipe that holds less than the mail, so that a server that reads no further holds up the writer.
    const PIPE: usize = 256;

    fn mail() -> Mail {
        let address = |text: &str| text.parse().unwrap();
        Mail { from: address("a@example.com"), to: address("b@example.com"), content: b"line\r\n".repeat(1000) }
    }

    /// A server that asks for the mail, and its end of the pipe.
    async fn asks_for_the_mail(stream: DuplexStream) -> DuplexStream {
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 hello\r\n").await.unwrap();
        for answer in ["250 hello", "250 OK", "250 OK", "354 go on"] {
            let mut line = String::new();
            stream.read_line(&mut line).await.unwrap();
            stream.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
        }
        let mut some = [0; 100];
        stream.read_exact(&mut some).await.unwrap();
        stream.into_inner()
    }

    async fn hands_over_to(server: impl Future<Output = ()> + Send + 'static, ours: DuplexStream) -> Failure {
        tokio::spawn(server);
        let stream = OneLine::new(ours, SocketAddr::from(([127, 0, 0, 1], 25)));
        let deadline = Instant::now() + Duration::from_secs(10);
        let hello = ClientId::Domain("gate.example.com".to_owned());
        let mut session = Session::greet(stream, &hello, deadline).await.unwrap();
        session.hand_over(&mail()).await.unwrap_err()
    }

    #[tokio::test]
    async fn a_connection_that_breaks_within_the_mail_sent_nothing() {
        let (ours, theirs) = duplex(PIPE);
        let failure = hands_over_to(async { drop(asks_for_the_mail(theirs).await) }, ours).await;
        assert_eq!(
            (failure.line(&[]).as_str(), failure.sent()),
            ("message: the connection failed: broken pipe", Sent::No)
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_server_that_stops_reading_within_the_mail_got_nothing_to_send() {
        let (ours, theirs) = duplex(PIPE);
        let server = async {
            let _open = asks_for_the_mail(theirs).await;
            std::future::pending::<()>().await;
        };
        let failure = hands_over_to(server, ours).await;
        assert_eq!((failure.line(&[]).as_str(), failure.sent()), ("message: no answer in time", Sent::No));
    }

    #[tokio::test(start_paused = true)]
    async fn a_server_that_has_the_whole_mail_and_says_nothing_may_send_it() {
        let (ours, theirs) = duplex(PIPE);
        let server = async {
            let mut open = asks_for_the_mail(theirs).await;
            let mut rest = Vec::new();
            open.read_to_end(&mut rest).await.unwrap();
        };
        let failure = hands_over_to(server, ours).await;
        assert_eq!((failure.line(&[]).as_str(), failure.sent()), ("message: no answer in time", Sent::Perhaps));
    }
}
