"""Plays the personas' acts: what a lead does once a text or a mail of ours has reached them."""

import re
from collections.abc import Sequence
from time import gmtime, strftime
from urllib.parse import urlsplit

from outreach.sandbox.backstage import Backstage
from outreach.sandbox.courier import Post
from outreach.sandbox.inbound import Inbound
from outreach.sandbox.personas import (
    AnyAct,
    Clicks,
    MarksSpam,
    Opens,
    OutOfOffice,
    Replies,
    SaysStop,
    ScansLinks,
    Unsubscribes,
)
from outreach.sandbox.sendgrid.mail import Mail, PostOffice

LINK = re.compile(r"https?://[^\s\"'<>)\]]+")
DAY = 86400
AWAY = "Thank you for your message. I am out of the office until {date} and will answer when I am back."
# RFC 3834, and what Exchange adds.
AUTOMATIC = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All", "Precedence": "auto_reply"}


class Acting:
    def __init__(self, backstage: Backstage, inbound: Inbound, office: PostOffice) -> None:
        self.backstage = backstage
        self.inbound = inbound
        self.office = office

    def texted(self, lead: str, ours: str, acts: Sequence[AnyAct]) -> None:
        """A text of ours was delivered to the lead. Each act has its own delay, so they play side by side."""
        for act in acts:
            self.backstage.play(self._after_text(lead, ours, act))

    async def _after_text(self, lead: str, ours: str, act: AnyAct) -> None:
        await self.backstage.settings.wait(act.after)
        match act:
            case Replies():
                await self.inbound.text(act.from_ or lead, ours, act.text)
            case SaysStop():
                await self.inbound.text(lead, ours, act.word)

    def mailed(self, mail: Mail, acts: Sequence[AnyAct]) -> None:
        """A mail of ours lies in the lead's inbox."""
        for act in acts:
            self.backstage.play(self._after_mail(mail, act))

    async def _after_mail(self, mail: Mail, act: AnyAct) -> None:
        await self.backstage.settings.wait(act.after)
        match act:
            case Replies():
                await self._reply(mail, act)
            case SaysStop():
                await self._answer(mail, "Re: " + mail.subject, act.word)
            case OutOfOffice():
                await self._away(mail, act)
            case Unsubscribes():
                await self._unsubscribe(mail)
            case MarksSpam():
                self.office.suppressions.add(
                    "spam_reports", mail.to, self.backstage.settings.now(), ip="192.0.2.1"
                )
                await self.office.happens(mail, "spamreport")
            case Opens():
                await self.office.happens(mail, "open", useragent="Mozilla/5.0", sg_machine_open=False)
            case Clicks():
                link = next(iter(self._links(mail)), "https://example.com/")
                await self.office.happens(mail, "click", useragent="Mozilla/5.0", url=link)
            case ScansLinks():
                await self._scan(mail)

    async def _reply(self, mail: Mail, act: Replies) -> None:
        text = act.text
        if act.quoted:
            quoted = "".join(f"> {line}\n" for line in (mail.text or "").splitlines())
            text += f"\n\nOn {self._day(0)}, {mail.from_} wrote:\n{quoted}"
        await self._answer(
            mail, "Re: " + mail.subject, text, from_=act.from_ or mail.to, threaded=act.threaded
        )

    async def _away(self, mail: Mail, act: OutOfOffice) -> None:
        text = (act.text or AWAY).replace("{date}", self._day(act.days))
        headers = AUTOMATIC if act.marked else {}
        await self._answer(mail, "Automatic reply: " + mail.subject, text, headers=headers)

    def _day(self, days: int) -> str:
        """`Monday, 30 November 2026`, so many days from now by the sandbox's calendar."""
        return strftime("%A, %-d %B %Y", gmtime(self.backstage.settings.now() + days * DAY))

    async def _answer(
        self,
        mail: Mail,
        subject: str,
        text: str,
        *,
        from_: str = "",
        headers: dict[str, str] | None = None,
        threaded: bool = True,
    ) -> None:
        await self.inbound.mail(
            from_ or mail.to,
            mail.reply_to or mail.from_,
            subject,
            text,
            headers=headers,
            in_reply_to=mail.message_id if threaded else "",
        )

    async def _unsubscribe(self, mail: Mail) -> None:
        """One click in the mail program: an unsigned POST without cookies, as RFC 8058 describes it."""
        named = {name.lower(): value for name, value in mail.headers.items()}
        one_click = "one-click" in named.get("list-unsubscribe-post", "").lower()
        for link in LINK.findall(named.get("list-unsubscribe", "")) if one_click else ():
            body = b"List-Unsubscribe=One-Click"
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            await self._visit("POST", link, "one-click", mail.id, body=body, headers=headers)

    async def _scan(self, mail: Mail) -> None:
        for link in self._links(mail):
            for method in ("HEAD", "GET"):
                await self._visit(method, link, "scan", mail.id)

    async def _visit(
        self,
        method: str,
        link: str,
        kind: str,
        about: str,
        *,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
    ) -> None:
        sent = {"User-Agent": "Mozilla/5.0", **(headers or {})}
        await self.backstage.courier.post(Post(link, body, lambda: sent, "lead", kind, about, method))

    def _links(self, mail: Mail) -> list[str]:
        found = LINK.findall(mail.html.replace("&amp;", "&") + " " + mail.text)
        return [link for link in dict.fromkeys(found) if urlsplit(link).hostname]
