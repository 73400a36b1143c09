//! Listening sockets.
//!
//! `SO_REUSEADDR` lets a restarted gateway bind while old connections linger. `SO_REUSEPORT` is never set, so that a
//! second process on the same port fails instead of taking half of the visitors.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use socket2::{Domain, Protocol, SockRef, Socket, TcpKeepalive, Type};
use tokio::net::{TcpListener, UnixListener};

use crate::domain::client::Peer;
use crate::server::error::ServerError;
use crate::server::settings::ListenAddress;
use crate::server::stream::Stream;
use crate::server::unix_file::SocketFile;

/// Connections that may wait in the kernel to be accepted.
const BACKLOG: i32 = 1024;

/// After this long without a byte the kernel probes the peer, so that a tunnel ends if its visitor lost the network.
const KEEPALIVE: Duration = Duration::from_mins(1);

/// A listening socket.
#[derive(Debug)]
pub(super) enum Listener {
    Tcp(TcpListener),
    Unix(UnixListener, SocketFile),
}

impl Listener {
    /// Binds and listens. Must be called inside a tokio runtime. `all` are the configured addresses.
    pub(super) fn bind(address: &ListenAddress, all: &[ListenAddress]) -> Result<Self, ServerError> {
        let failed = |source: io::Error| {
            if source.kind() == io::ErrorKind::AddrInUse {
                ServerError::InUse(address.to_string())
            } else {
                ServerError::Listen { address: address.to_string(), source }
            }
        };
        match address {
            ListenAddress::Tcp(tcp) => bind_tcp(*tcp, all).map(Self::Tcp).map_err(failed),
            ListenAddress::Unix(path) => {
                let (listener, file) = SocketFile::bind(path)?;
                Ok(Self::Unix(UnixListener::from_std(listener).map_err(failed)?, file))
            }
        }
    }

    /// The actual address; port 0 is resolved.
    pub(super) fn address(&self) -> Result<ListenAddress, ServerError> {
        match self {
            Self::Tcp(listener) => listener
                .local_addr()
                .map(ListenAddress::Tcp)
                .map_err(|source| ServerError::Listen { address: "tcp".to_owned(), source }),
            Self::Unix(_, file) => Ok(ListenAddress::Unix(file.path().to_owned())),
        }
    }

    /// Accepts the next connection.
    pub(super) async fn accept(&self) -> io::Result<(Stream, Peer)> {
        match self {
            Self::Tcp(listener) => {
                let (stream, peer) = listener.accept().await?;
                // A response goes out in one write; Nagle's algorithm would only delay it.
                stream.set_nodelay(true)?;
                Ok((Stream::Left(stream), Peer::Address(peer.ip().to_canonical())))
            }
            Self::Unix(listener, _) => {
                let (stream, _) = listener.accept().await?;
                Ok((Stream::Right(stream), Peer::Unix))
            }
        }
    }
}

fn bind_tcp(address: SocketAddr, all: &[ListenAddress]) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM.nonblocking(), Some(Protocol::TCP))?;
    if address.is_ipv6() {
        // `[::]` accepts IPv4 too, unless an IPv4 address with the same port is configured as well.
        socket.set_only_v6(all.iter().any(|other| is_ipv4_twin(address, other)))?;
    }
    socket.set_reuse_address(true)?;
    SockRef::from(&socket).set_tcp_keepalive(&TcpKeepalive::new().with_time(KEEPALIVE))?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    TcpListener::from_std(socket.into())
}

fn is_ipv4_twin(six: SocketAddr, other: &ListenAddress) -> bool {
    match other {
        ListenAddress::Tcp(other) => other.is_ipv4() && other.port() == six.port(),
        ListenAddress::Unix(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tcp(text: &str) -> ListenAddress {
        ListenAddress::Tcp(text.parse().unwrap())
    }

    #[tokio::test]
    async fn port_0_is_resolved_and_a_second_listener_on_it_fails_with_the_address() {
        let first = Listener::bind(&tcp("127.0.0.1:0"), &[]).unwrap();
        let address = first.address().unwrap();
        let error = Listener::bind(&address, &[]).unwrap_err();
        assert_eq!(error.to_string(), format!("cannot listen on {address}: another process is listening there"));
        drop(first);
        Listener::bind(&address, &[]).unwrap();
    }

    #[tokio::test]
    async fn an_address_of_another_machine_is_named_in_the_error() {
        let error = Listener::bind(&tcp("192.0.2.1:80"), &[]).unwrap_err().to_string();
        assert!(error.starts_with("cannot listen on 192.0.2.1:80: "), "{error}");
    }
}
