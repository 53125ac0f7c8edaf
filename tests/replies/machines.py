"""Mails that machines wrote, by kind: a name, and the mail."""

from __future__ import annotations

from .mails import bounce, raw, report

DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.acme.example>"


def daemon(words: str, subject: str = "failure notice", sender: str = DAEMON, **headers: str) -> bytes:
    return raw(words, subject=subject, sender=sender, return_path="<>", **headers)


OURS = "\n--- Below this line is a copy of the message.\n\nReturn-Path: <team@acme.example>\nMessage-ID: <t1@acme.example>\nSubject: Your trial\n\nHi Ada, the spam filter is full of blocked mails.\n"

HARD = {
    "dsn 5.1.1": bounce(
        "5.1.1",
        "550 5.1.1 <ada@client.example>: Recipient address rejected: User unknown in virtual mailbox table",
    ),
    "dsn without a reason": bounce("5.1.1", ""),
    "dsn 5.0.0 with a reason": bounce("5.0.0", "550 No such user here"),
    "dsn 5.1.10 of a large provider": bounce(
        "5.1.10",
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
        subject="Undeliverable: Your trial",
        sender="Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@client.example>",
    ),
    "dsn 5.4.4": bounce(
        "5.4.4",
        "",
        words="<ada@clinet.example>: Host or domain name not found. Name service error for name=clinet.example type=A: Host not found",
    ),
    "dsn 5.2.1": bounce("5.2.1", "550 5.2.1 The email account that you tried to reach is disabled."),
    "dsn in German": bounce(
        "5.1.1",
        "",
        words="Ihre Nachricht konnte nicht zugestellt werden. Die Adresse wurde nicht gefunden.",
        subject="Unzustellbar: Your trial",
    ),
    "dsn with a scanner's footer": bounce(
        "5.1.1",
        "",
        words="Delivery to the following recipients failed.\n\n    ada@client.example\n\nThis mail has been scanned for all viruses.",
    ),
    "qmail": daemon(
        "Hi. This is the qmail-send program at mx.client.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<ada@client.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n"
        + OURS
    ),
    "exim": daemon(
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ada@client.example\n    Unrouteable address\n\n------ This is a copy of the message, including all the headers. ------\n",
        "Mail delivery failed: returning message to sender",
        x_failed_recipients="ada@client.example",
    ),
    "old Exchange": daemon(
        "Your message\n\n  To:      ada@client.example\n  Subject: Your trial\n  Sent:    Mon, 2 Mar 2026 09:00:00 +0100\n\ndid not reach the following recipient(s):\n\nada@client.example on Mon, 2 Mar 2026 09:00:05 +0100\n    The recipient name is not recognized\n",
        "Undeliverable: Your trial",
        "System Administrator <postmaster@client.example>",
    ),
    "sendmail": daemon(
        "The original message was received at Mon, 2 Mar 2026 09:00:00 +0100\nfrom mx.acme.example [192.0.2.1]\n\n   ----- The following addresses had permanent fatal errors -----\n<ada@client.example>\n    (reason: 550 5.1.1 <ada@client.example>... User unknown)\n",
        "Returned mail: see transcript for details",
    ),
    "Domino": daemon(
        "Your message\n\n  Subject: Your trial\n\nwas not delivered to:\n\n  ada@client.example\n\nbecause:\n\n  User ada (ada@client.example) not listed in Domino Directory\n",
        "DELIVERY FAILURE: User ada (ada@client.example) not listed in Domino Directory",
        "postmaster@client.example",
    ),
    "a free mailer": daemon(
        "Sorry, we were unable to deliver your message to the following address.\n\n<ada@client.example>:\nThis user doesn't have a client.example account (ada@client.example) [0]\n",
        "Failure Notice",
    ),
    "MDaemon": daemon(
        "The attached message had PERMANENT fatal delivery errors!\n\nYOUR MESSAGE WAS NOT DELIVERED!\n\nThe following addresses did NOT receive a copy:\n\n> ada@client.example\n\n550 Unknown user",
        "Permanent Delivery Failure",
        "MDaemon at client.example <MDaemon@client.example>",
    ),
    "Chinese": daemon(
        "很抱歉，您的邮件无法投递到以下地址：\nada@client.example\n原因：收件人不存在 (user not found)\n",
        "系统退信",
        "Postmaster <postmaster@client.example>",
    ),
    "Japanese": daemon(
        "以下の宛先へのメールは配信できませんでした。\nada@client.example\n宛先のメールアドレスは存在しません。\n",
        "配信不能通知",
        "postmaster@client.example",
    ),
    "Russian": daemon(
        "Ваше сообщение не доставлено.\nada@client.example\nТакой пользователь не найден. user not found\n",
        "Ваше сообщение не доставлено. Mail failure.",
    ),
    "French": daemon(
        "Votre message n'a pas pu être remis à ada@client.example : utilisateur inconnu.",
        "Échec de la remise",
        "postmaster@client.example",
    ),
    "Spanish": daemon(
        "Su mensaje no pudo ser entregado a ada@client.example: el usuario no existe.",
        "No se puede entregar: Your trial",
        "postmaster@client.example",
    ),
    "Polish": daemon(
        "Wiadomość nie została dostarczona. Użytkownik ada@client.example nie istnieje.",
        "Niedostarczona wiadomość",
        "postmaster@client.example",
    ),
    "a virus scanner's gateway": raw(
        "Your message with Subject: Your trial\ncould not be delivered to the following recipients:\n\nada@client.example\nRecipient address unknown",
        subject="Delivery failure notification",
        sender="Symantec_AntiVirus_for_SMTP_Gateways@client.example",
    ),
    "nobody's name but no doubt": raw(
        "--- Non-Delivery Report ---\nThe email below could not be delivered to the following user:\n\nada@client.example",
        subject="Non-Delivery: Your trial",
        sender="admin@client.example",
    ),
}

SOFT = {
    "dsn 4.4.7": bounce("4.4.7", "", words="Delivery expired (message too old)."),
    "dsn delayed": bounce(
        "4.4.1",
        "connect to mx.client.example: Connection timed out",
        action="delayed",
        subject="Delayed Mail (still being retried)",
        words="YOU DO NOT NEED TO RESEND YOUR MESSAGE. It will be retried until it is 5 days old.",
    ),
    "dsn mailbox full": bounce("5.2.2", "552 5.2.2 The email account that you tried to reach is over quota."),
    "dsn 5.0.0 mailbox full": bounce("5.0.0", "550 Mailbox quota exceeded"),
    "dsn too large": bounce("5.3.4", "552 5.3.4 Message size exceeds fixed limit"),
    "dsn spam": bounce(
        "5.7.1", "550 5.7.1 Our system has detected that this message is likely unsolicited mail."
    ),
    "dsn blocked": bounce(
        "5.0.0", "554 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org"
    ),
    "dsn policy": bounce(
        "5.7.26",
        "550 5.7.26 Unauthenticated email from acme.example is not accepted due to domain's DMARC policy",
    ),
    "dsn greylisted for ever": bounce("4.2.0", "450 4.2.0 Greylisted, try again later"),
    "qmail, full": daemon(
        "Hi. This is the qmail-send program at mx.client.example.\nThis is a permanent error; I've given up.\n\n<ada@client.example>:\nThe users mailfolder is over the allowed quota (size). (#5.2.2)\n"
        + OURS
    ),
    "exim, late": daemon(
        "This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue.\n\nNo action is required on your part. Delivery attempts will continue for some time.",
        "Warning: message 1abc-00 delayed 24 hours",
    ),
    "sendmail, late": daemon(
        "    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n",
        "Warning: could not send message for past 4 hours",
    ),
    "German, full": daemon(
        "Ihre Nachricht an ada@client.example konnte nicht zugestellt werden: Das Postfach ist voll.",
        "Nicht zustellbar: Your trial",
        "postmaster@client.example",
    ),
    "Yahoo's way": daemon(
        "Unable to deliver message to the following address(es).\n\n<ada@client.example>:\nSorry, your message cannot be delivered. This account is over quota.",
        "Delivery failure",
    ),
    "Russian, full": daemon(
        "Ваше сообщение не доставлено: почтовый ящик ada@client.example переполнен.",
        "Недоставленное сообщение",
    ),
    "Chinese, spam": daemon(
        "您的邮件被退回：被识别为垃圾邮件，收件方拒收。 ada@client.example",
        "退信通知",
        "postmaster@client.example",
    ),
}

CHALLENGES = {
    "BoxTrapper": raw(
        "The message you sent requires that you verify that you are a real live human being and not a spam source.\n\nTo complete this verification, simply reply to this message and leave the subject line intact.\n\nThe headers of the message sent from your address are shown below.",
        subject="Your email requires verification verify#abc123",
        x_autorespond="boxtrapper",
    ),
    "Spam Arrest": raw(
        "Ada here. I'm protecting myself from receiving junk mail.\n\nJust this once, click the link below so I can receive your emails. You won't have to do this again.\n\nhttps://spamarrest.example/a?1",
        subject="Re: Your trial [verification]",
        precedence="bulk",
    ),
    "TMDA": raw(
        "This message was created automatically by mail delivery software (TMDA).\n\nYour message attached below is being held because the address has not been verified.\n\nTo release your message for delivery, please send an empty message to the following address, or use your mailer's Reply feature.\n\nThis confirmation verifies that your message is legitimate and not junk-mail. You should only have to confirm your address once.",
        subject="Please confirm your message",
        auto_submitted="auto-replied",
    ),
    "in French": raw(
        "Bonjour, votre message est en attente de validation. Merci de cliquer sur ce lien pour vous authentifier : vous devez prouver que vous êtes humain. Protection antispam Mailinblack.",
        subject="Authentification requise",
        auto_submitted="auto-replied",
    ),
    "in German": raw(
        "Ihre Nachricht wurde vom Spamschutz zurückgehalten. Bitte bestätigen Sie, dass Sie ein Mensch sind, dann kommen Sie auf die Liste der erlaubten Absender.",
        subject="Bestätigung erforderlich",
        auto_submitted="auto-replied",
    ),
    "as a bounce": report(
        "delivery-status",
        (
            "text/plain",
            'Hello Rosa,\n\nYour message about "Your trial" was waitlisted. Please add yourself to my Guest List so your messages will be delivered to my Inbox. Click the link below to be added to my approved senders. Boxbe prevents unwanted email.',
        ),
        (
            "message/delivery-status",
            "Reporting-MTA: dns; boxbe.example\n\nFinal-Recipient: rfc822; ada@client.example\nAction: failed\nStatus: 5.7.0",
        ),
        sender="noreply@boxbe.example",
        subject="Re: Your trial (Action Required)",
    ),
}

COMPLAINTS = {
    "a feedback report": report(
        "feedback-report",
        ("text/plain", "This is an email abuse report for a message received from 192.0.2.1."),
        (
            "message/feedback-report",
            "Feedback-Type: abuse\nUser-Agent: SomeGenerator/1.0\nVersion: 1\nOriginal-Rcpt-To: <ada@client.example>",
        ),
        (
            "message/rfc822",
            "From: team@acme.example\nTo: ada@client.example\nMessage-ID: <t1@acme.example>\nX-Outreach-Token: tok-123456\nSubject: Your trial\n\nHi Ada",
        ),
        sender="Complaints <fbl@client.example>",
        subject="FW: Your trial",
    ),
    "with the headers only": report(
        "feedback-report",
        ("text/plain", "abuse report"),
        ("message/feedback-report", "Feedback-Type: abuse\nVersion: 0.1"),
        (
            "text/rfc822-headers",
            "From: team@acme.example\nTo: ada@client.example\nMessage-ID: <t1@acme.example>\n",
        ),
        sender="staff@hotmail.example",
        subject="complaint about message from 192.0.2.1",
    ),
}

OTHERS = {
    "a ticket": raw(
        "Thank you for contacting Client support. Your request (#48213) has been received and is being reviewed by our support staff.\n\nTo add additional comments, reply to this email.",
        subject="[Client] Your request #48213 was received",
        sender="Client Support <support@client.example>",
        auto_submitted="auto-generated",
        precedence="bulk",
    ),
    "a ticket without a field": raw(
        "Hello,\n\nWe have received your message and a ticket has been created. Your ticket number is 48213. A member of our team will get back to you within 2 business days.",
        subject="Ticket #48213 received",
        sender="support@client.example",
    ),
    "a ticket in German": raw(
        "Vielen Dank für Ihre Anfrage. Ihr Anliegen ist bei uns eingegangen und wird unter der Ticketnummer 48213 bearbeitet. Dies ist eine automatisch generierte E-Mail, bitte antworten Sie nicht darauf.",
        subject="Eingangsbestätigung",
        sender="service@client.example",
    ),
    "a ticket in French": raw(
        "Bonjour, nous avons bien reçu votre demande. Numéro de ticket : 48213. Ceci est un message automatique, merci de ne pas y répondre.",
        subject="Accusé de réception",
        sender="contact@client.example",
    ),
    "a ticket in Spanish": raw(
        "Hemos recibido su solicitud. Número de caso: 48213. Este es un mensaje automático, por favor no responda.",
        subject="Solicitud recibida",
        sender="soporte@client.example",
    ),
    "a ticket in Japanese": raw(
        "お問い合わせいただきありがとうございます。お問い合わせを受け付けました。このメールは自動送信です。",
        subject="お問い合わせありがとうございます",
        sender="info@client.example",
    ),
    "a ticket in Chinese": raw(
        "您好，您的邮件已收到，我们会尽快与您联系。本邮件由系统自动发送，请勿回复。",
        subject="邮件已收到",
        sender="kefu@client.example",
    ),
    "a ticket in Russian": raw(
        "Ваше обращение зарегистрировано, номер заявки 48213. Это автоматическое сообщение, не отвечайте на него.",
        subject="Заявка принята",
        sender="help@client.example",
    ),
    "no-reply": raw(
        "Your account statement is ready.", subject="Statement", sender="no-reply@client.example"
    ),
    "an answer to everybody": raw(
        "Thank you for your email. We aim to answer within 3 working days.",
        subject="Automatic reply: Your trial",
        sender="info@client.example",
        auto_submitted="auto-replied",
    ),
    "says so itself": raw(
        "This is an automated response. This mailbox is not monitored.",
        subject="Re: Your trial",
        sender="sales@client.example",
    ),
    "a read receipt": report(
        "disposition-notification",
        ("text/plain", "Your message to Ada was read on Monday."),
        (
            "message/disposition-notification",
            "Final-Recipient: rfc822;ada@client.example\nOriginal-Message-ID: <t1@acme.example>\nDisposition: manual-action/MDN-sent-manually; displayed",
        ),
        sender="ada@client.example",
        subject="Read: Your trial",
    ),
    "a read receipt without structure": raw(
        "Your message\n\n   To: Ada\n   Subject: Your trial\n   Sent: Monday\n\nwas read on Monday, March 2, 2026 10:00:00 AM.",
        subject="Read: Your trial",
    ),
    "a read receipt in German": raw("Ihre Nachricht wurde am Montag gelesen.", subject="Gelesen: Your trial"),
    "a delivery receipt": bounce(
        "2.1.5",
        "",
        action="delivered",
        words="Your message was successfully delivered to the following recipients.",
        subject="Delivered: Your trial",
    ),
    "relayed": bounce(
        "2.0.0",
        "",
        action="relayed",
        words="Delivery to these recipients is complete, but no delivery notification was sent.",
        subject="Relayed: Your trial",
    ),
    "a newsletter": raw(
        "Our spring offers are here! Unsubscribe here.",
        subject="Spring is here",
        sender="News <news@client.example>",
        list_unsubscribe="<https://client.example/u>",
        list_unsubscribe_post="List-Unsubscribe=One-Click",
        precedence="bulk",
    ),
    "a list that asks for confirmation": raw(
        "We have received a request for subscription of your email address to the announce mailing list. To confirm, reply to this message.",
        subject="confirm 0123456789abcdef0123456789abcdef",
        sender="announce-request@client.example",
        precedence="bulk",
    ),
    "a list that asks in words": raw(
        "Please confirm your subscription to our mailing list by clicking the link.",
        subject="Please confirm your subscription",
        sender="list@client.example",
        precedence="bulk",
    ),
    "a calendar's answer": raw("", subject="Accepted: Demo", auto_submitted="auto-generated"),
    "a machine that quotes our footer": raw("unsubscribe", auto_submitted="auto-replied"),
}

LEFT = {
    "by a machine": raw(
        "Ada Lovelace no longer works for Client Ltd. Please contact Ben at ben@client.example.",
        subject="Automatic reply: Your trial",
        auto_submitted="auto-replied",
    ),
    "by a machine in German": raw(
        "Frau Lovelace ist nicht mehr im Unternehmen tätig. Bitte wenden Sie sich an Herrn Meyer.",
        subject="Automatische Antwort: Your trial",
        auto_submitted="auto-replied",
    ),
    "by a machine in French": raw(
        "Bonjour, Ada ne fait plus partie de l'entreprise. Merci de contacter Ben.",
        subject="Réponse automatique : Your trial",
        auto_submitted="auto-replied",
    ),
    "by a machine in Spanish": raw(
        "Ada ya no trabaja en nuestra empresa. Por favor contacte a Ben.",
        subject="Respuesta automática: Your trial",
        auto_submitted="auto-replied",
    ),
    "by a machine in Dutch": raw(
        "Ada is niet meer werkzaam bij Client. Neem contact op met Ben.",
        subject="Automatisch antwoord",
        auto_submitted="auto-replied",
    ),
    "by a machine in Polish": raw(
        "Ada nie pracuje już w firmie. Proszę o kontakt z Benem.",
        subject="Automatyczna odpowiedź",
        auto_submitted="auto-replied",
    ),
    "by a colleague": raw(
        "Hi Rosa, Ada left the company in January. Ben took over.", sender="ben@client.example"
    ),
    "by herself": raw("I am no longer with Client. Please write to Ben."),
    "retired": raw("Ada has retired. Please remember her fondly.", sender="ben@client.example"),
}

WRONG = {
    "in English": raw("Sorry, I'm not the right person for this."),
    "points elsewhere": raw("You have the wrong person, I do not handle purchasing."),
    "in German": raw("Da sind Sie bei mir falsch, ich bin dafür nicht zuständig."),
    "in French": raw("Bonjour, je ne suis pas la bonne personne pour cela."),
    "in Spanish": raw("Hola, no soy la persona indicada para esto."),
    "in Italian": raw("Buongiorno, non sono la persona giusta per questo."),
    "in Dutch": raw("Ik ben hiervoor niet de juiste persoon."),
    "in Portuguese": raw("Olá, não sou a pessoa responsável por isso."),
}
