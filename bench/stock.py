"""The yardstick: Twilio's own client in a thread pool, with no database, no rules and no memory.

python -m bench.stock URL COUNT THREADS
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor

from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from outreach.sandbox import Settings


class Here(TwilioHttpClient):  # type: ignore[misc]  # the SDK has no types
    """Their transport, with the host of the address replaced: their SDK has no setting for it."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def request(self, method: str, url: str, *args: object, **kwargs: object) -> object:
        """As theirs."""
        return super().request(method, url.replace("https://api.twilio.com", self._url), *args, **kwargs)


def main() -> None:
    """Send, and print the processor time of the sending itself."""
    url, count, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    keys = Settings()
    client = Client(keys.account_sid, keys.auth_token, http_client=Here(url))

    def send(number: int) -> None:
        client.messages.create(
            to=f"+1212{5550000 + number % 10000:07d}",
            from_="+15005550006",
            body="Hi Ada, Acme here with a tip for you",
        )

    send(0)  # the SDK loads its resources when they are first named
    before = time.process_time()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(send, range(1, count)))
    sys.stdout.write(f"cpu {time.process_time() - before:.6f}\n")


if __name__ == "__main__":
    main()
