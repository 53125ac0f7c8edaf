"""Prism, the vendors' OpenAPI documents in it, between the real SDKs and the sandbox: it checks both sides."""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach.sandbox import Sandbox, Settings

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DOCUMENTS = {
    "twilio": "twilio_messages_calls.json",
    "mail": "sendgrid_mail_v3.json",
    "logs": "sendgrid_logs_v3.json",
    "suppressions": "sendgrid_suppressions_v3.json",
}
INSTALL = (
    "Prism is not installed. Install it with `npm i @stoplight/prism-cli@5.14.2` and run the tests there, "
    "or name its program in OUTREACH_PRISM (…/node_modules/.bin/prism)."
)


def prism() -> str:
    """Where Prism is. A check that skips itself would say nothing on the day it is needed."""
    named = os.environ.get("OUTREACH_PRISM")
    found = named or shutil.which("prism", path=str(ROOT / "node_modules" / ".bin")) or shutil.which("prism")
    if not found or not Path(found).exists():
        pytest.fail(INSTALL)
    return found


def corrected(document: str, folder: Path) -> Path:
    """The vendor's document without its one mistake, which would hide everything else.

    It calls the addresses of pages absolute (`uri`), while its own examples and the real service give relative
    ones (`/2010-04-01/Accounts/...`), on which the SDK relies.
    """
    content = json.loads((HERE / "specs" / document).read_text())
    for path in content["paths"].values():
        for status, answer in path.get("get", {}).get("responses", {}).items():
            if document.startswith("twilio") and status == "200":
                schema = answer["content"]["application/json"]["schema"]
                for name, field in schema.get("properties", {}).items():
                    if name.endswith("uri"):
                        field["format"] = "uri-reference"
    target = folder / document
    target.write_text(json.dumps(content))
    return target


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"Prism did not start listening on port {port}")


@pytest.fixture(scope="session")
def upstream() -> Iterator[Sandbox]:
    with Sandbox(Settings(status_delay=0.001, retry_delay=0.001)) as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def checked(upstream: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """One proxy for each document: its name -> the base URL that is checked against it."""
    program, folder = prism(), tmp_path_factory.mktemp("prism")
    ports = {name: free_port() for name in DOCUMENTS}
    processes = []
    for name, document in DOCUMENTS.items():
        command = [program, "proxy", "--errors", "-h", "127.0.0.1", "-p", str(ports[name])]
        command += [str(corrected(document, folder)), upstream.url]
        with (folder / f"{name}.log").open("wb") as log:
            processes.append(subprocess.Popen(command, stdout=log, stderr=log))
    try:
        for port, process in zip(ports.values(), processes, strict=True):
            wait_for(port, process)
        yield {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(10)
