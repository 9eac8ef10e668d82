//! What only a socket shows: answers to requests that are still being sent, and what connections may cost.

use std::{net::SocketAddr, time::Duration};

use server::{Limits, listen};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket, TcpStream},
    time::timeout,
};

use crate::support::{Engine, TestApp, UNHURRIED};

/// A clinic that listens. It ends with the test.
async fn listening(limits: Limits, connections: listen::ConnectionLimits) -> (TestApp, SocketAddr) {
    let app = TestApp::with_limits(Engine::Sqlite, limits).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(listen::serve(listener, app.router.clone(), connections, std::future::pending()));
    (app, address)
}

/// Sends a request whole, and reads what comes back until the connection ends.
async fn ask(address: SocketAddr, head: &str, body: &[u8]) -> String {
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all(head.as_bytes()).await.unwrap();
    // Most programs read nothing before they have sent everything.
    connection.write_all(body).await.expect("everything is taken");
    answer(&mut connection).await
}

async fn answer(connection: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let end = timeout(Duration::from_secs(20), connection.read_to_end(&mut bytes)).await.expect("the connection ends");
    end.expect("and not with a reset");
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn a_request_says_exactly_once_whom_it_is_for() {
    let (_app, address) = listening(UNHURRIED, listen::ConnectionLimits::default()).await;
    for (head, status) in [
        ("GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n", "200"),
        ("GET /livez HTTP/1.0\r\n", "200"),
        ("GET /livez HTTP/1.1\r\n", "400"),
        ("GET /livez HTTP/1.1\r\nHost: a.example\r\nHost: b.example\r\n", "400"),
        ("GET /api/auth/user/ HTTP/1.1\r\nHost: a.example\r\nhost: a.example\r\n", "400"),
        ("GET / HTTP/1.1\r\nHost:\r\n", "400"),
    ] {
        let told = ask(address, &format!("{head}Connection: close\r\n\r\n"), b"").await;
        assert_eq!(told.split(' ').nth(1), Some(status), "{head}: {told}");
        assert!(status == "200" || told.contains("exactly one Host"), "{told}");
    }
}

#[tokio::test]
async fn whoever_sends_too_much_can_read_that_it_was_too_much() {
    let (app, address) = listening(UNHURRIED, listen::ConnectionLimits::default()).await;
    let tokens = app.world.tokens(&app.world.maya, domain::auth::SessionKind::Rest).await;
    let proof = format!("Authorization: Bearer {}\r\n", tokens.access);
    let body = vec![b'x'; 24 * 1024 * 1024];
    for (path, kind, proof, status) in [
        ("/api/auth/login", "application/json", "", "413"),
        ("/fn/auth/sign_in", "application/x-www-form-urlencoded", "Sec-Fetch-Site: same-origin\r\n", "413"),
        ("/api/medical-records/documents/", "multipart/form-data; boundary=b", &*proof, "413"),
        ("/api/medical-records/documents/", "multipart/form-data; boundary=b", "", "401"),
        ("/records/documents", "multipart/form-data; boundary=b", "Sec-Fetch-Site: cross-site\r\n", "403"),
    ] {
        let length = body.len();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{proof}Content-Type: {kind}\r\nContent-Length: {length}\r\n\
             Connection: close\r\n\r\n"
        );
        let told = ask(address, &head, &body).await;
        assert_eq!(told.split(' ').nth(1), Some(status), "{path}: {told}");
    }
    // The length is not told before.
    let head = "POST /api/auth/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n\
        Transfer-Encoding: chunked\r\n\r\n";
    let chunk = [b"100000\r\n".as_slice(), &vec![b'x'; 0x10_0000], b"\r\n"].concat();
    let chunks = [chunk.repeat(6), b"0\r\n\r\n".to_vec()].concat();
    let told = ask(address, head, &chunks).await;
    assert!(told.starts_with("HTTP/1.1 413") && told.contains("PAYLOAD_TOO_LARGE"), "{told}");
}

#[tokio::test]
async fn whoever_asks_first_is_told_before_sending_anything() {
    let (_app, address) = listening(UNHURRIED, listen::ConnectionLimits::default()).await;
    let head = "POST /api/auth/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n\
        Content-Length: 9000000\r\nExpect: 100-continue\r\n\r\n";
    let told = ask(address, head, b"").await;
    assert!(told.starts_with("HTTP/1.1 413"), "{told}");
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_told_to_have_taken_too_long() {
    let limits = Limits { body_time: Duration::from_millis(300), ..UNHURRIED };
    let (_app, address) = listening(limits, listen::ConnectionLimits::default()).await;
    let mut connection = TcpStream::connect(address).await.unwrap();
    let head = "POST /api/auth/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n\
        Content-Length: 100\r\n\r\n";
    connection.write_all(head.as_bytes()).await.unwrap();
    let mut told = vec![0; 4_096];
    let mut length = 0;
    for _ in 0..40 {
        let _ = connection.write_all(b" ").await;
        if let Ok(Ok(count)) = timeout(Duration::from_millis(50), connection.read(&mut told)).await {
            length = count;
            break;
        }
    }
    let told = String::from_utf8_lossy(&told[..length]);
    assert!(told.starts_with("HTTP/1.1 408") && told.contains("connection: close"), "{told}");
}

#[tokio::test]
async fn one_address_has_so_many_connections_and_another_waits_for_a_place() {
    let limits = listen::ConnectionLimits { all: 3, per_address: 2, ..listen::ConnectionLimits::default() };
    let (_app, address) = listening(UNHURRIED, limits).await;
    let (first, second) = (TcpStream::connect(address).await.unwrap(), TcpStream::connect(address).await.unwrap());
    tokio::time::sleep(Duration::from_millis(100)).await;
    let mut third = TcpStream::connect(address).await.unwrap();
    let mut byte = [0];
    let turned_away = timeout(Duration::from_secs(5), third.read(&mut byte)).await.expect("at once");
    assert!(matches!(turned_away, Ok(0) | Err(_)));
    drop((first, second));
    tokio::time::sleep(Duration::from_millis(100)).await;
    let told = ask(address, "GET /livez HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", b"").await;
    assert!(told.starts_with("HTTP/1.1 200"), "{told}");
}

#[tokio::test]
async fn whoever_reads_nothing_of_an_answer_loses_it() {
    let limits = listen::ConnectionLimits {
        write_time: Duration::from_millis(300),
        all: 1,
        ..listen::ConnectionLimits::default()
    };
    let (_app, address) = listening(UNHURRIED, limits).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    let mut connection = socket.connect(address).await.unwrap();
    let request = "GET /api/openapi.json HTTP/1.1\r\nHost: h\r\n\r\n".repeat(400);
    connection.write_all(request.as_bytes()).await.unwrap();
    // The one place there is becomes free when the server gives this connection up.
    let told = ask(address, "GET /livez HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", b"").await;
    assert!(told.starts_with("HTTP/1.1 200"), "{told}");
    let mut seen = Vec::new();
    let _ = timeout(Duration::from_secs(20), connection.read_to_end(&mut seen)).await.expect("it was ended");
    let answers = String::from_utf8_lossy(&seen).matches("HTTP/1.1 200").count();
    assert!(answers < 400, "all {answers} answers were kept for it");
}
