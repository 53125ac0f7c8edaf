"""Links lead where the pages are served."""

from outreach.settings import Settings


def test_links_follow_the_port() -> None:
    assert Settings.from_env({"OUTREACH_PORT": "8123"}).public_url == "http://127.0.0.1:8123"
    assert Settings.from_env({}).at_port(8200).public_url == "http://127.0.0.1:8200"


def test_a_public_address_stays_what_it_was_said_to_be() -> None:
    said = Settings.from_env({"OUTREACH_PORT": "8123", "OUTREACH_URL": "https://out.acme.example"})
    assert said.public_url == said.at_port(9000).public_url == "https://out.acme.example"
