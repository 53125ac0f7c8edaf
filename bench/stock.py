"""The yardstick: the vendors' own clients in a thread pool, with no database, no rules and no memory.

python -m bench.stock sms|email URL COUNT THREADS AT

AT is when to begin (seconds since 1970), so that several of these begin together. Certificates are verified; see
certificate.py for how they are told whom to trust.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sendgrid import SendGridAPIClient
from sendgrid.helpers.mail import Mail
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from bench import playbook
from outreach.sandbox import Settings

BODY = "Hi Ada, Acme here with a tip for you. Reply STOP to opt out"


class Here(TwilioHttpClient):  # type: ignore[misc]  # the SDK has no types
    """Their transport, with the host of the address replaced: their SDK has no setting for it."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def request(self, method: str, url: str, *args: object, **kwargs: object) -> object:
        """As theirs."""
        return super().request(method, url.replace("https://api.twilio.com", self._url), *args, **kwargs)


def texts(url: str) -> Callable[[int], object]:
    """Sends the text of that number: one client for all threads, as Twilio advises."""
    keys = Settings()
    client = Client(keys.account_sid, keys.auth_token, http_client=Here(url))
    return lambda number: client.messages.create(to=playbook.phone(number), from_="+15005550006", body=BODY)


def mails(url: str) -> Callable[[int], object]:
    """Sends the mail of that number: one client for all threads."""
    client = SendGridAPIClient(Settings().api_key, host=url)

    def send(number: int) -> object:
        mail = Mail("team@mail.acme.example", f"ada{number}@client.example", "Hello Ada", BODY)
        return client.send(mail)

    return send


SENDERS = {"sms": texts, "email": mails}


def main() -> None:
    """Send, and print the processor time of the sending itself, and the most memory."""
    channel, url, count, threads, at = sys.argv[1:]
    send = SENDERS[channel](url)
    send(0)  # the SDK loads its resources when they are first named
    time.sleep(max(float(at) - time.time(), 0.0))
    before = time.process_time()
    with ThreadPoolExecutor(int(threads)) as pool:
        list(pool.map(send, range(1, int(count) + 1)))
    used = time.process_time() - before
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    sys.stdout.write(f"cpu {used:.6f} memory {most:.1f} done\n")


if __name__ == "__main__":
    main()
