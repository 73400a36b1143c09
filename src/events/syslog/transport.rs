//! How messages travel: UDP, TCP, TLS, or a socket of this machine.
//!
//! Syslog has no acknowledgement. Over TCP and TLS each batch has its own connection, which we close for writing behind the
//! last message: a server that has read everything closes it too, one that closed it before resets it. So a batch counts
//! as sent when the server closed the connection without a reset, and is sent again otherwise. UDP and datagram sockets
//! only tell when nobody listens.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpStream, UdpSocket, UnixDatagram, lookup_host};
use tokio::time::{Instant, sleep, timeout};
use tokio_rustls::TlsConnector;

use crate::delivery::{DeliverySetupError, root_certificates, tls_client};
use crate::domain::host::HostName;
use crate::events::settings::{SyslogAddress, SyslogSettings};

/// A server may write to us, although it has nothing to say. More than this is not a syslog server.
const LARGEST_ANSWER: u64 = 4096;

/// What is added to two round trips, for a machine that is busy.
const SPARE: Duration = Duration::from_millis(50);

/// A connection, and how long it took to open.
struct Connected {
    tcp: TcpStream,
    round_trip: Duration,
}

/// Connects to one server.
pub(super) struct Connector {
    address: SyslogAddress,
    tls: Option<(TlsConnector, ServerName<'static>)>,
    timeout: Duration,
}

impl Connector {
    pub(super) fn new(settings: &SyslogSettings) -> Result<Self, DeliverySetupError> {
        let tls = match &settings.address {
            SyslogAddress::Tls(host, _) => {
                let client = tls_client(&root_certificates(&settings.extra_roots)?)?;
                Some((TlsConnector::from(Arc::new(client)), server_name(host)?))
            }
            SyslogAddress::Udp(..) | SyslogAddress::Tcp(..) | SyslogAddress::Unix(_) => None,
        };
        Ok(Self { address: settings.address.clone(), tls, timeout: settings.timeout })
    }

    /// Sends a batch. The text says in one line why it was not taken.
    pub(super) async fn send(&self, messages: &[String]) -> Result<(), String> {
        match timeout(self.timeout, self.transmit(messages)).await {
            Ok(outcome) => outcome.map_err(|error| error.to_string()),
            Err(_) => Err("it did not take the events in time".to_owned()),
        }
    }

    async fn transmit(&self, messages: &[String]) -> io::Result<()> {
        match &self.address {
            SyslogAddress::Unix(path) => unix(path, messages).await,
            SyslogAddress::Udp(host, port) => udp(host, *port, messages).await,
            SyslogAddress::Tcp(host, port) => {
                let Connected { mut tcp, round_trip } = connect(host, *port).await?;
                stream(&mut tcp, messages).await?;
                was_read(&tcp, round_trip).await
            }
            SyslogAddress::Tls(host, port) => {
                let Connected { tcp, round_trip } = connect(host, *port).await?;
                let Some((connector, name)) = &self.tls else { return Err(ErrorKind::Unsupported.into()) };
                let mut tls = connector.connect(name.clone(), tcp).await?;
                stream(&mut tls, messages).await?;
                was_read(tls.get_ref().0, round_trip).await
            }
        }
    }
}

fn server_name(host: &HostName) -> Result<ServerName<'static>, DeliverySetupError> {
    if let Some(address) = host.address() {
        return Ok(ServerName::IpAddress(address.into()));
    }
    ServerName::try_from(host.as_str().to_owned()).map_err(|error| DeliverySetupError(error.to_string()))
}

async fn unix(path: &Path, messages: &[String]) -> io::Result<()> {
    let socket = UnixDatagram::unbound()?;
    socket.connect(path)?;
    for message in messages {
        socket.send(message.as_bytes()).await?;
    }
    Ok(())
}

/// RFC 5426: one message a datagram.
async fn udp(host: &HostName, port: u16, messages: &[String]) -> io::Result<()> {
    let address = addresses(host, port).await?.into_iter().next().ok_or(ErrorKind::NotFound)?;
    let own: IpAddr = if address.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let socket = UdpSocket::bind((own, 0)).await?;
    socket.connect(address).await?;
    for message in messages {
        socket.send(message.as_bytes()).await?;
    }
    // An ICMP error of an earlier datagram.
    socket.take_error()?.map_or(Ok(()), Err)
}

/// RFC 6587 §3.4.1 and RFC 5425 §4.3: each message behind its length in bytes.
async fn stream(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), messages: &[String]) -> io::Result<()> {
    let framed: Vec<u8> =
        messages.iter().flat_map(|message| format!("{} {message}", message.len()).into_bytes()).collect();
    stream.write_all(&framed).await?;
    stream.shutdown().await?;
    let mut rest = Vec::new();
    let read = stream.take(LARGEST_ANSWER + 1).read_to_end(&mut rest).await;
    match read {
        Ok(length) if length as u64 > LARGEST_ANSWER => {
            Err(io::Error::new(ErrorKind::InvalidData, "it answers, as a syslog server does not"))
        }
        Ok(_) => Ok(()),
        // Over TLS many servers close without saying so (close_notify).
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(()),
        Err(error) => Err(error),
    }
}

/// Fails if the server closed the connection before our bytes arrived. Its end of the stream came first then, and the reset
/// that answers our bytes one round trip later.
async fn was_read(tcp: &TcpStream, round_trip: Duration) -> io::Result<()> {
    sleep(round_trip * 2 + SPARE).await;
    tcp.take_error()?.map_or(Ok(()), Err)
}

/// Connects to the first address that answers.
async fn connect(host: &HostName, port: u16) -> io::Result<Connected> {
    let mut last = io::Error::from(ErrorKind::NotFound);
    for address in addresses(host, port).await? {
        let begun = Instant::now();
        match TcpStream::connect(address).await {
            Ok(tcp) => return Ok(Connected { tcp, round_trip: begun.elapsed() }),
            Err(error) => last = error,
        }
    }
    Err(last)
}

async fn addresses(host: &HostName, port: u16) -> io::Result<Vec<SocketAddr>> {
    if let Some(address) = host.address() {
        return Ok(vec![SocketAddr::new(address, port)]);
    }
    // DNS must not decide where the name of this machine leads.
    if host.is_loopback() {
        let both = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
        return Ok(both.map(|address| SocketAddr::new(address, port)).to_vec());
    }
    Ok(lookup_host((host.as_str(), port)).await?.collect())
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    /// Sends one message to a server that does this with the connection.
    async fn sent(server: impl AsyncFnOnce(TcpStream)) -> io::Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let host = "127.0.0.1".parse().unwrap();
        let connector =
            Connector { address: SyslogAddress::Tcp(host, port), tls: None, timeout: Duration::from_secs(5) };
        let serving = async { server(listener.accept().await.unwrap().0).await };
        let messages = ["message".to_owned()];
        tokio::join!(connector.transmit(&messages), serving).0
    }

    #[tokio::test]
    async fn a_batch_is_sent_when_the_server_closes_behind_it() {
        let read_all = async |mut tcp: TcpStream| {
            let mut bytes = Vec::new();
            tcp.read_to_end(&mut bytes).await.unwrap();
            assert_eq!(bytes, b"7 message");
        };
        sent(read_all).await.unwrap();
    }

    #[tokio::test]
    async fn a_batch_that_was_not_read_is_not_sent() {
        let crashed = async |tcp: TcpStream| {
            tcp.readable().await.unwrap();
            tcp.peek(&mut [0; 1]).await.unwrap();
        };
        assert_eq!(sent(crashed).await.unwrap_err().kind(), ErrorKind::ConnectionReset);
        let closed_at_once = async |tcp: TcpStream| drop(tcp);
        assert!(sent(closed_at_once).await.is_err());
    }

    #[tokio::test]
    async fn a_server_that_talks_is_no_syslog_server() {
        let talks = async |mut tcp: TcpStream| {
            let _ = tcp.write_all(&[b'x'; 5000]).await;
            let _ = tcp.read_to_end(&mut Vec::new()).await;
        };
        assert_eq!(sent(talks).await.unwrap_err().kind(), ErrorKind::InvalidData);
    }
}
