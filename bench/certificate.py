"""TLS as in production: a throw-away authority, a certificate of it for loopback, and a bundle of real size.

Clients verify against certifi's authorities and ours, so that reading and searching the bundle costs what it costs
against the vendors. Python's `ssl` (ours, SendGrid's client) reads SSL_CERT_FILE, requests (Twilio's) REQUESTS_CA_BUNDLE.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import certifi
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True, slots=True)
class Certificate:
    """Files: the server's chain and key, and what its clients trust."""

    cert: Path
    key: Path
    bundle: Path

    @property
    def env(self) -> dict[str, str]:
        """What makes every client of a process verify against the bundle."""
        return {"SSL_CERT_FILE": str(self.bundle), "REQUESTS_CA_BUNDLE": str(self.bundle)}


def make(folder: Path) -> Certificate:
    """An authority and a certificate for 127.0.0.1, good for two days; the authority's key is forgotten at once."""
    root, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _signed("Bench authority", root, "Bench authority", root, ca=True)
    server = _signed("127.0.0.1", own, "Bench authority", root, ca=False)
    made = Certificate(folder / "vendor.pem", folder / "vendor.key", folder / "bundle.pem")
    made.cert.write_bytes(_pem(server))
    pkcs8, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    made.key.touch(mode=0o600)
    made.key.write_bytes(own.private_bytes(serialization.Encoding.PEM, pkcs8, plain))
    made.bundle.write_bytes(Path(certifi.where()).read_bytes() + _pem(authority))
    return made


def _signed(
    subject: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    by: ec.EllipticCurvePrivateKey,
    *,
    ca: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if not ca:
        loopback = x509.SubjectAlternativeName(
            [x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("localhost")]
        )
        builder = builder.add_extension(loopback, critical=False)
    return builder.sign(by, hashes.SHA256())


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
