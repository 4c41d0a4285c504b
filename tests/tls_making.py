"""Certificates for servers on loopback, made by openssl."""

import subprocess
from pathlib import Path


def make_certificate(folder: Path) -> Path:
    """Make a certificate of 127.0.0.1 by itself, with its key beside it (`.key`)."""
    path = folder / "loopback.pem"
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
            ),
            *("-subj", "/CN=loopback", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(path.with_suffix(".key")), "-out", str(path)),
        ],
        check=True,
        capture_output=True,
    )
    return path
