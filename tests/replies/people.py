"""Mails that people wrote, among them those that look like a machine's: a name, and the mail."""

from __future__ import annotations

from .mails import raw

HUMANS = {
    "short": raw("Sounds good, call me Thursday."),
    "a question": raw("How much is it per seat?"),
    "empty": raw(""),
    "keeps the prefix of a notice": raw(
        "Thanks, I am back now. Let's talk on Friday.\n\nOn Mon, 2 Mar 2026 at 09:00, Rosa <rosa@acme.example> wrote:\n> Hi Ada",
        subject="RE: Automatic reply: Your trial",
    ),
    "keeps a German prefix": raw(
        "Bin wieder da. Passt Donnerstag?", subject="AW: Abwesenheitsnotiz: Your trial"
    ),
    "keeps a prefix at the start": raw(
        "Can we talk on Tuesday instead?\n\n> I am out of the office until Monday", subject="Out of office"
    ),
    "quotes an out of office": raw(
        "See below. Shall we try next week?\n\n-----Original Message-----\nFrom: Ben\nSent: Monday\nTo: Ada\nSubject: Automatic reply\n\nI am out of the office until 12 March. In urgent cases please contact Cleo."
    ),
    "is away and talks": raw(
        "I'm out of the office until Thursday, but happy to talk after that. Can you call me on Friday?"
    ),
    "is on vacation and asks": raw(
        "Thank you for your email. I am on vacation next week, could you resend the pricing after the 16th?"
    ),
    "on Exchange": raw(
        "Yes please, send me the pricing.",
        x_auto_response_suppress="DR, RN, NRN, OOF, AutoReply",
        x_ms_has_attach="",
    ),
    "through a ticket system": raw(
        "Hello Rosa, I looked at this and we would like a demo. Does Tuesday work?\nBen, Client Support",
        subject="[#48213] Your trial",
        sender="support@client.example",
        precedence="bulk",
    ),
    "through a ticket system with a line": raw(
        "##- Please type your reply above this line -##\n\nHello", precedence="bulk"
    ),
    "on a mailing list": raw(
        "I think we should patch the driver first.\n\n_______________________________________________\nlist mailing list\nlist@client.example\nTo unsubscribe visit https://client.example/listinfo",
        subject="Re: [list] driver",
        list_id="<list.client.example>",
        precedence="list",
        list_post="<mailto:list@client.example>",
        list_unsubscribe="<mailto:list-leave@client.example>",
    ),
    "on a list marked bulk": raw(
        "Does anybody use the new version?",
        subject="[list] version",
        list_id="<list.client.example>",
        precedence="bulk",
        list_unsubscribe="<mailto:list-leave@client.example>",
    ),
    "Auto-Submitted: no": raw("Hello", auto_submitted="no"),
    "speaks of bounces": raw(
        "Your mail to Ben was returned to me: undeliverable. Can you send it again?",
        subject="Re: Undeliverable: Your trial",
    ),
    "a human postmaster": raw(
        "Hi Rosa, we run our own servers, so your product is not for us. Best, Ben",
        sender="Ben Smith <postmaster@client.example>",
    ),
    "forwards a bounce": raw(
        "What does this mean?\n\n---------- Forwarded message ---------\nFrom: Mail Delivery System <MAILER-DAEMON@mx.acme.example>\nSubject: Undelivered Mail\n\nThis is the mail system. Your message could not be delivered."
    ),
    "speaks of tickets": raw(
        "I opened a ticket with your support yesterday (#48213), could you have a look?",
        subject="Re: Ticket 48213",
    ),
    "speaks of vacation": raw("How was your vacation? I would like to hear about the offer."),
    "will stop by": raw("I'll stop by your booth tomorrow."),
    "the end": raw("The end of the month works for us."),
    "our footer only": raw(
        "Interested!\n\nOn Mon, 2 Mar 2026 at 09:00, Rosa <rosa@acme.example> wrote:\n> Reply STOP or unsubscribe here"
    ),
    "German": raw("Vielen Dank, das klingt interessant. Können wir am Donnerstag telefonieren?"),
    "French": raw("Merci pour votre message, pouvons-nous en parler jeudi ?"),
    "Spanish": raw("Me parece interesante, ¿podemos hablar el jueves?"),
    "Portuguese": raw("Parece interessante. Podemos falar na quinta-feira?"),
    "Italian": raw("Mi sembra interessante, possiamo sentirci giovedì?"),
    "Dutch": raw("Klinkt goed, kunnen we donderdag bellen?"),
    "Polish": raw("Dzień dobry, proszę o ofertę. Pozdrawiam, Ada"),
    "Swedish": raw("Hej, vad kostar det? Mvh Ada"),
    "Russian": raw("Здравствуйте, пришлите, пожалуйста, цены."),
    "Japanese": raw("お世話になっております。木曜日にお電話いただけますか。", charset="iso-2022-jp"),
    "Chinese": raw("您好，请把报价发给我。", charset="gb18030"),
    "not interested": raw("Thanks, but we are not interested at the moment."),
    "later": raw("Not now. Ask me again in June."),
    "angry": raw("Who are you and how did you get my address?"),
    "a signature with a company": raw("OK\n\n-- \nAda Lovelace\nClient Ltd, automatic machines since 1843"),
    "speaks of leaving": raw("I leave for Rome on Monday. What would it cost?"),
}

OPT_OUTS = {
    "the word": raw("STOP"),
    "the word above our mail": raw(
        "Unsubscribe\n\nOn Mon, 2 Mar 2026 at 09:00, Rosa <rosa@acme.example> wrote:\n> Hi Ada"
    ),
    "in a sentence": raw("Hi, please take me off your list. Thanks, Ada"),
    "in German": raw("Bitte nehmen Sie mich aus dem Verteiler.\n\nAda"),
    "in French": raw("Merci de me retirer de votre liste."),
    "in Spanish": raw("No me envíen más correos, por favor."),
    "in HTML": raw(
        "<div>Please remove me from this list.</div><blockquote type=cite>Hi Ada</blockquote>", html=True
    ),
    "with the old prefix": raw("Please stop emailing me.", subject="RE: Automatic reply: Your trial"),
}
