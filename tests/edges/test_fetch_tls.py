"""HTTPS: the certificate must be the named host's, though the connection goes to a checked address."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from feed.fetch import Guard, Web
from feed.model.errors import FetchRefused, SourceFailed
from feed.model.web import FEED_LIMITS, Request

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="needs the openssl command to make a certificate")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for news.example, in one file."""
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=news.example"),
            *("-addext", "subjectAltName=DNS:news.example", "-keyout", "key.pem", "-out", "cert.pem"),
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    both = folder / "both.pem"
    both.write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
    return both


@pytest.fixture
def server(certificate: Path) -> Iterator[HTTPServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with HTTPServer(ssl_context=context) as running:
        yield running


def web(server: HTTPServer, certificate: Path | None) -> Web:
    names = frozenset(f"{name}:{server.port}" for name in ("news.example", "other.example"))
    guard = Guard(allow_hosts=names, resolve=lambda _host, _port: ["127.0.0.1"])
    if certificate is None:
        return Web(agent="feed-of-record/test", guard=guard)
    return Web(agent="feed-of-record/test", guard=guard, tls=ssl.create_default_context(cafile=certificate))


def test_a_host_with_its_own_certificate_is_heard(server: HTTPServer, certificate: Path) -> None:
    server.expect_request("/feed").respond_with_data("safe")
    asked = Request(f"https://news.example:{server.port}/feed", FEED_LIMITS)
    assert web(server, certificate)(asked).body == b"safe"


@pytest.mark.parametrize("name", ["other.example", "news.example"])
def test_a_certificate_of_another_name_or_of_nobody_is_not_believed(
    server: HTTPServer, certificate: Path, name: str
) -> None:
    trusting = certificate if name == "other.example" else None
    with pytest.raises(SourceFailed, match="CERTIFICATE_VERIFY_FAILED"):
        web(server, trusting)(Request(f"https://{name}:{server.port}/feed", FEED_LIMITS))


def test_no_redirect_leads_from_https_to_http(server: HTTPServer, certificate: Path) -> None:
    plain = f"http://news.example:{server.port}/"
    server.expect_request("/feed").respond_with_data("", status=301, headers={"Location": plain})
    with pytest.raises(FetchRefused, match="https to http"):
        web(server, certificate)(Request(f"https://news.example:{server.port}/feed", FEED_LIMITS))
