"""More mails of every kind, as they are met: the kind and the mail."""

from __future__ import annotations

from .mails import raw, report

A = {"auto_submitted": "auto-replied"}
N = {"return_path": "<>"}

ASSORTED: list[tuple[str, bytes]] = [
    (
        "out_of_office",
        raw(
            "Hello,\n\nThank you for your message. I am currently out of the office with no email access. I will be returning on Monday, March 16.\n\nIf you need immediate assistance before then, you may reach me at my mobile - 555 0101.\n\nKind Regards,\nAda",
            subject="Re: Your trial",
        ),
    ),
    (
        "out_of_office",
        raw(
            "I will be out of the office this week. If you need immediate assistance while I'm away, please email ben@client.example.",
            subject="Out of office reply",
        ),
    ),
    (
        "out_of_office",
        raw(
            "Guten Tag, vielen Dank für Ihre Nachricht. Ich bin derzeit nicht im Büro und kehre am 16.03.2026 zurück. In dringenden Fällen wenden Sie sich bitte an meine Kollegin.",
            subject="Re: Your trial",
        ),
    ),
    (
        "out_of_office",
        raw(
            "Bonjour, je suis actuellement absent et de retour le 16 mars. En cas d'urgence merci de contacter le standard.",
            subject="Re: Your trial",
        ),
    ),
    (
        "out_of_office",
        raw(
            "Estoy fuera de la oficina hasta el 12 de marzo. En caso de urgencia, por favor contactar con Ben.",
            subject="Re: Your trial",
        ),
    ),
    ("out_of_office", raw("In meiner Abwesenheit vertritt mich Frau Kern.", subject="Abwesend", **A)),
    ("out_of_office", raw("Back on 16/3", subject="I'm on leave", **A)),
    (
        "out_of_office",
        raw("I'm currently on sabbatical and not reading email.", subject="Re: x", x_autoreply="yes"),
    ),
    ("out_of_office", raw("Sono in maternità. Per urgenze contattare Ben.", subject="Re: x", **A)),
    (
        "out_of_office",
        raw(
            "<html><body><p>I am out of the office until <b>12 March</b>.</p></body></html>",
            html=True,
            subject="Automatic reply: x",
            **A,
        ),
    ),
    (
        "out_of_office",
        raw("Ik ben er even niet! Maandag 16 maart ben ik er weer.", subject="Automatisch antwoord: x", **A),
    ),
    (
        "out_of_office",
        raw(
            "Merry Christmas! Our office is closed between December 24 and January 2.",
            subject="Office closed",
            **A,
        ),
    ),
    (
        "out_of_office",
        raw(
            "I have limited access to e-mail and will reply as soon as possible",
            subject="Re: x",
            precedence="auto_reply",
        ),
    ),
    ("out_of_office", raw("Hi! I'm at a conference this week.", subject="Auto-Reply: x", **A)),
    (
        "out_of_office",
        raw("I am currently unavailable.", subject="Automatic reply: x", x_auto_response_suppress="All", **A),
    ),
    (
        "auto_other",
        raw(
            "Thank you for your application. We will review it and contact you.",
            subject="Your application",
            sender="jobs@client.example",
            **A,
        ),
    ),
    (
        "auto_other",
        raw(
            "Thanks for your email! Due to a high volume of emails we cannot reply to each.",
            subject="Re: x",
            **A,
        ),
    ),
    (
        "auto_other",
        raw(
            "This is to confirm that we received your email. Your reference number is 123456.",
            subject="Case 123456: x",
            sender="cs@client.example",
            precedence="bulk",
        ),
    ),
    (
        "auto_other",
        raw(
            "Hi,\nThis is an automatic reply to let you know your email arrived safely. We'll be in touch shortly.",
            subject="Re: x",
        ),
    ),
    ("auto_other", raw("Ihre E-Mail wurde empfangen. Dies ist eine automatische Antwort.", subject="Re: x")),
    (
        "auto_other",
        raw(
            "Uw bericht is ontvangen. Dit is een automatisch gegenereerd bericht.",
            subject="Ontvangstbevestiging",
        ),
    ),
    (
        "auto_other",
        raw("Din henvendelse er modtaget. Dette er en automatisk besked, besvar ikke.", subject="Kvittering"),
    ),
    (
        "auto_other",
        raw(
            "Confirmamos a receção do seu pedido. Esta é uma mensagem automática, por favor não responda.",
            subject="Pedido",
        ),
    ),
    (
        "auto_other",
        raw(
            "Abbiamo ricevuto la sua richiesta. Questo è un messaggio automatico, si prega di non rispondere.",
            subject="Ticket 4411",
        ),
    ),
    (
        "auto_other",
        raw(
            "Otrzymaliśmy Twoje zgłoszenie. To jest automatyczna odpowiedź, prosimy nie odpowiadać.",
            subject="Zgłoszenie 4411",
        ),
    ),
    ("auto_other", raw("Your password was changed.", sender="noreply@client.example", subject="Security")),
    (
        "auto_other",
        raw(
            "Cron <root@host> /usr/bin/backup\nok",
            subject="Cron <root@host> backup",
            auto_submitted="auto-generated",
            x_cron_env="<SHELL=/bin/sh>",
        ),
    ),
    (
        "auto_other",
        raw(
            "Your post to the list is being held until the list moderator can review it for approval.",
            subject="Your message to list awaits moderator approval",
            sender="list-bounces@client.example",
            precedence="bulk",
            x_mailman_version="2.1",
            list_id="<list.client.example>",
        ),
    ),
    (
        "auto_other",
        raw(
            "You have been subscribed to the announce mailing list",
            subject='Welcome to the "announce" mailing list',
            sender="announce-request@client.example",
            precedence="bulk",
        ),
    ),
    (
        "bounce_hard",
        raw(
            "Delivery has failed to these recipients or groups:\n\nada@client.example\nThe email address you entered couldn't be found.",
            subject="Undeliverable: x",
            sender="Microsoft Outlook <postmaster@client.example>",
            return_path="<>",
        ),
    ),
    (
        "bounce_hard",
        raw(
            "** Address not found **\n\nYour message wasn't delivered to ada@client.example because the address couldn't be found, or is unable to receive mail.",
            subject="Delivery Status Notification (Failure)",
            sender="Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
            return_path="<>",
            x_failed_recipients="ada@client.example",
        ),
    ),
    (
        "bounce_soft",
        raw(
            "** Message blocked **\n\nYour message to ada@client.example has been blocked. See technical details below.",
            subject="Delivery Status Notification (Failure)",
            sender="Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
            return_path="<>",
        ),
    ),
    (
        "bounce_soft",
        raw(
            "** Delivery incomplete **\n\nThere was a temporary problem delivering your message to ada@client.example. Gmail will retry for 46 more hours.",
            subject="Delivery Status Notification (Delay)",
            sender="Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
            return_path="<>",
        ),
    ),
    (
        "bounce_hard",
        raw(
            "Ihre Nachricht an ada@client.example konnte nicht zugestellt werden.\n\nUnbekannter Empfänger.",
            subject="Unzustellbar: x",
            sender="postmaster@client.example",
        ),
    ),
    (
        "bounce_soft",
        raw(
            "La casella di posta di ada@client.example è piena. Il messaggio non è stato consegnato.",
            subject="Mancata consegna",
            sender="postmaster@client.example",
        ),
    ),
    (
        "bounce_soft",
        raw(
            "お送りいただいたメールは配信できませんでした。メールボックスがいっぱいです。",
            subject="配信エラー",
            sender="postmaster@client.example",
        ),
    ),
    (
        "left_company",
        raw(
            "Please note I have left the company. For assistance contact Ben.",
            subject="Automatic reply: x",
            **A,
        ),
    ),
    (
        "left_company",
        raw("Ada ha lasciato l'azienda. Contattare Ben.", subject="Risposta automatica: x", **A),
    ),
    (
        "left_company",
        raw("Olá, já não trabalho na empresa. Contacte o Ben.", subject="Resposta automática", **A),
    ),
    ("left_company", raw("Jag har slutat på företaget. Kontakta Ben.", subject="Autosvar", **A)),
    ("left_company", raw("I've moved on from Client, please contact Ben going forward.", subject="Re: x")),
    ("left_company", raw("Ada doesn't work here anymore.", subject="Re: x")),
    (
        "wrong_person",
        raw("I'm not the right contact for this. Please reach out to Ben instead.", subject="Re: x"),
    ),
    ("wrong_person", raw("I think you have the wrong email.", subject="Re: x")),
    ("wrong_person", raw("Wrong person, sorry", subject="Re: x")),
    (
        "wrong_person",
        raw("Das ist nicht mein Bereich, bitte wenden Sie sich an Herrn Meyer.", subject="Re: x"),
    ),
    ("human", raw("I am not the decision maker alone, but let's talk. Can you do Tuesday?", subject="Re: x")),
    (
        "human",
        raw(
            "Hi Rosa, thanks for your email. I'll be back in the office on Monday and will take a look at your proposal then.",
            subject="Re: x",
        ),
    ),
    (
        "human",
        raw(
            "Thanks for getting in touch. I'm on holiday until the 12th, let's speak after that.",
            subject="Re: x",
            in_reply_to="<t1@acme.example>",
        ),
    ),
    (
        "human",
        raw(
            "We have received your quote and will discuss it internally. I'll come back to you next week.",
            subject="Re: x",
        ),
    ),
    (
        "human",
        raw(
            "Vielen Dank für Ihre Nachricht. Ich bin nächste Woche im Urlaub, wollen wir danach telefonieren?",
            subject="Re: x",
        ),
    ),
    (
        "human",
        raw(
            "Merci pour votre message. Je suis en déplacement cette semaine, pouvez-vous me rappeler lundi ?",
            subject="Re: x",
        ),
    ),
    ("human", raw("Hi, our mailbox was full, please resend.", subject="Re: x")),
    ("human", raw("Our spam filter blocked your last mail, please send it again.", subject="Re: x")),
    ("human", raw("Forwarding to my colleague Ben who handles this.", subject="Re: x")),
    ("human", raw("Auto insurance is not our field, but tell me more?", subject="Auto insurance quote")),
    ("human", raw("Ich freue mich auf den Urlaub! Zum Angebot: passt.", subject="Urlaub")),
    (
        "bounce_hard",
        raw(
            "UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<ada@client.example>:\n    550 User unknown.",
            subject="NOTICE: mail delivery status.",
            sender='"Courier mail server at mx.client.example" <@>',
        ),
    ),
    (
        "bounce_hard",
        raw(
            "Hi. This is the James mail server at client.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up.\n\nada@client.example\n550 no such user",
            subject="[BOUNCE]",
            sender="postmaster@client.example",
        ),
    ),
    (
        "bounce_hard",
        raw(
            "Error: Could not send message.\nMessage could not be delivered to mobile.\nError: No valid recipients for this MM",
            subject="Undeliverable Message",
            sender="post_master@vtext.example",
        ),
    ),
    (
        "bounce_soft",
        raw(
            "The following addresses had delivery problems:\n\n<ada@client.example>  User is out of mail storage.",
            subject="Mail System Error - Returned Mail",
            sender="Postmaster@ezweb.example",
        ),
    ),
    (
        "bounce_hard",
        raw(
            "Your message could not be delivered to one or more recipients. It's attached below.\n\nada@client.example: invalid address",
            subject="FAILURE NOTICE :",
            sender="MAILER-DAEMON@client.example",
            **N,
        ),
    ),
    (
        "bounce_soft",
        raw(
            "Delivery attempt failed; your message will be returned if it cannot be delivered within 3 days.",
            subject="Delayed Mail",
            sender="MAILER-DAEMON@client.example",
        ),
    ),
    (
        "auto_other",
        raw(
            "You are not a member of this mailing list. Your mail was not distributed. Automatically generated message.",
            subject="not member article from team@acme.example",
            sender="list-admin@client.example",
            precedence="bulk",
        ),
    ),
    (
        "complaint",
        report(
            "feedback-report",
            ("text/plain", "abuse"),
            ("message/feedback-report", "Feedback-Type: opt-out\nVersion: 1"),
            ("message/rfc822", "From: a@b\nSubject: x\n\nhi"),
            sender="fbl@y.example",
            subject="x",
        ),
    ),
    (
        "auto_other",
        report(
            "feedback-report",
            ("text/plain", "dmarc"),
            ("message/feedback-report", "Feedback-Type: auth-failure\nVersion: 1"),
            ("message/rfc822", "From: a@b\nSubject: x\n\nhi"),
            sender="dmarc@y.example",
            subject="x",
        ),
    ),
    ("complaint", raw("", subject="complaint about message from 192.0.2.1", sender="staff@hotmail.example")),
    (
        "bounce_hard",
        raw(
            "O endereço ada@client.example não existe. A mensagem não pôde ser entregue.",
            subject="Não foi possível entregar a mensagem",
            sender="postmaster@client.example",
        ),
    ),
    (
        "bounce_hard",
        raw(
            "Meddelandet kunde inte levereras till ada@client.example. Mottagaren finns inte.",
            subject="Kan inte levereras: x",
            sender="postmaster@client.example",
        ),
    ),
    (
        "bounce_hard",
        raw(
            "메일이 전송되지 않았습니다. ada@client.example 존재하지 않는 사용자입니다.",
            subject="반송: x",
            sender="postmaster@client.example",
        ),
    ),
    (
        "bounce_hard",
        raw(
            "Mesajınız ada@client.example adresine teslim edilemedi. Kullanıcı bulunamadı.",
            subject="Teslim Edilemedi: x",
            sender="postmaster@client.example",
        ),
    ),
    (
        "bounce_hard",
        raw(
            "<p>Delivery has failed to these recipients or groups:</p><p>ada@client.example<br>The email address you entered couldn't be found.</p>",
            html=True,
            subject="Undeliverable: x",
            sender="postmaster@client.example",
            **N,
        ),
    ),
    (
        "human",
        raw(
            "The subject line got lost. See my answers inline. Undeliverable items are listed in the sheet.",
            subject="Re: delivery report",
        ),
    ),
    (
        "human",
        raw("Delivery of the desks failed yesterday, nobody was there. New date?", subject="Delivery failed"),
    ),
    (
        "human",
        raw(
            "Please find the delivery report attached. All pallets were delivered.",
            subject="Delivery report March",
        ),
    ),
    ("human", raw("Your mail could not be opened. Please resend as PDF.", subject="Mail error?")),
    ("human", raw("Warning: our office moves in May.", subject="Warning")),
    (
        "out_of_office",
        raw("I'm at the lake. Splash.", subject="Auto: Your trial", auto_submitted="auto-replied (vacation)"),
    ),
    (
        "out_of_office",
        raw("Gone fishing!", subject="Re: Your trial", auto_submitted="auto-replied (vacation)"),
    ),
    ("out_of_office", raw("I'm only sleeping.", subject="Auto reply: Your trial", x_apple_action="VACATION")),
    ("out_of_office", raw("Asleep.", subject="Re: Your trial", x_vacation_message="yes", x_vacation="yes")),
    ("human", raw("Hello", x_auto_response_suppress="All", x_autoreply="no")),
    # vacation, auto headers, odd words
    ("out_of_office", raw("Ik ben weg!", subject="Automatisch antwoord: x", **A)),
    ("out_of_office", raw("Je suis en vacances, youpi", subject="Re: x", **A)),
    ("out_of_office", raw("Feiertag. Ab Montag wieder.", subject="Automatische Antwort: x", **A)),
    ("out_of_office", raw("OOO until Mar 16", subject="OOO", **A)),
    (
        "out_of_office",
        raw(
            "Bonjour, le cabinet est fermé du 2 au 13 mars. Merci de rappeler après cette date.",
            subject="Fermeture",
            **A,
        ),
    ),
    (
        "out_of_office",
        raw(
            "Unser Büro ist vom 24.12. bis 1.1. geschlossen. Frohe Weihnachten!",
            subject="Betriebsferien",
            **A,
        ),
    ),
    ("out_of_office", raw("Estaré ausente esta semana.", subject="Respuesta automática: x", **A)),
    ("out_of_office", raw("Estou em licença de maternidade.", subject="Resposta automática: x", **A)),
    ("out_of_office", raw("Bin krank, melde mich.", subject="Abwesenheitsnotiz", **A)),
    (
        "out_of_office",
        raw("I am at a trade show and respond slower than usual.", subject="Automatic reply: x", **A),
    ),
    (
        "out_of_office",
        raw(
            "Thank you for your email. I am on parental leave. Please contact hr@client.example.",
            subject="Automatic reply: x",
            **A,
        ),
    ),
    ("out_of_office", raw("Nie ma mnie w biurze. Pozdrawiam", subject="Autoodpowiedź", **A)),
    ("out_of_office", raw("Olen vuosilomalla.", subject="Automaattinen vastaus: x", **A)),
    ("out_of_office", raw("Jeg er på ferie og svarer når jeg er tilbage.", subject="Autosvar: x", **A)),
    ("out_of_office", raw("自分は現在休職中です。", subject="自動応答", **A)),
    ("out_of_office", raw("ขณะนี้ไม่อยู่ที่สำนักงาน กรุณาติดต่อ", subject="ตอบกลับอัตโนมัติ: x", **A)),
    ("out_of_office", raw("أنا خارج المكتب حتى", subject="رد تلقائي: x", **A)),
    ("out_of_office", raw("Я сейчас в отпуске.", subject="Автоответ: x")),
    # auto other with auto headers
    (
        "auto_other",
        raw(
            "Hello, we have received your resume.",
            subject="Thank you for applying",
            sender="careers@client.example",
            auto_submitted="auto-generated",
        ),
    ),
    (
        "auto_other",
        raw("Your message has been forwarded to the responsible department.", subject="Re: x", **A),
    ),
    (
        "auto_other",
        raw(
            "Gracias por contactarnos. Su mensaje fue recibido.",
            subject="Hemos recibido su mensaje",
            sender="info@client.example",
            **A,
        ),
    ),
    (
        "auto_other",
        raw(
            "Merci pour votre message, nous vous répondrons dans les meilleurs délais.",
            subject="Accusé de réception",
            sender="contact@client.example",
            **A,
        ),
    ),
    (
        "auto_other",
        raw(
            "Vielen Dank, wir haben Ihre E-Mail erhalten.",
            subject="Eingangsbestätigung",
            sender="info@client.example",
            **A,
        ),
    ),
    (
        "auto_other",
        raw(
            "Your meeting request was accepted automatically.",
            subject="Accepted: x",
            auto_submitted="auto-generated",
        ),
    ),
    (
        "auto_other",
        raw(
            "This email address is no longer monitored. Please use our contact form.",
            subject="Automatic reply: x",
            sender="info@client.example",
            **A,
        ),
    ),
    (
        "auto_other",
        raw("New sign-in on your account", subject="Security alert", sender="no_reply@client.example"),
    ),
    (
        "auto_other",
        raw(
            "You have a new notification.",
            subject="Notification",
            sender="notifications-noreply@client.example",
        ),
    ),
    (
        "challenge",
        raw(
            "Hi, this is the spam protection of ada@client.example. Your email was put on hold because you are not yet on my list of approved senders. Please click below to confirm that you are a person.",
            subject="Please verify your email",
            **A,
        ),
    ),
    (
        "challenge",
        raw(
            "Please reply to this message to verify that you are a real person. Once verified, your original message will be delivered.",
            subject="Sender verification required",
            precedence="bulk",
        ),
    ),
    (
        "left_company",
        raw(
            "Ben Miller has left Acme as of January. Your email has not been read.",
            subject="Automatic reply: x",
            **A,
        ),
    ),
    (
        "left_company",
        raw("Bitte beachten Sie: Ich arbeite nicht mehr bei Client.", subject="Automatische Antwort", **A),
    ),
    (
        "left_company",
        raw("Je ne travaille plus chez Client. Bonne continuation.", subject="Réponse automatique", **A),
    ),
    ("left_company", raw("Ya no laboro en la empresa.", subject="Respuesta automática", **A)),
    (
        "left_company",
        raw("Thanks for your note. Ada is no longer with us. - Ben", sender="ben@client.example"),
    ),
    (
        "left_company",
        raw("Hi, I have moved to a new company, so please take this up with Ben.", subject="Re: x"),
    ),
    ("wrong_person", raw("You've got the wrong guy.", subject="Re: x")),
    ("wrong_person", raw("I don't handle this, please contact our purchasing department.", subject="Re: x")),
    ("wrong_person", raw("No soy la persona adecuada, contacte con compras.", subject="Re: x")),
    ("wrong_person", raw("Nie jestem właściwą osobą w tej sprawie.", subject="Re: x")),
    ("wrong_person", raw("Jag är inte rätt person för detta.", subject="Re: x")),
    ("human", raw("Ben is on vacation, but I can help. What do you need?", subject="Re: x")),
    ("human", raw("Sorry for the late reply, I was on vacation. Yes, let's do it.", subject="Re: x")),
    ("human", raw("Entschuldigen Sie die späte Antwort, ich war im Urlaub. Was kostet es?", subject="Re: x")),
    ("human", raw("I was out of the office last week. Please resend the quote.", subject="Re: x")),
    (
        "human",
        raw(
            "Thanks for your email, I will review and get back to you as soon as possible.",
            subject="Re: x",
            in_reply_to="<t1@acme.example>",
        ),
    ),
    (
        "human",
        raw(
            "Please contact Ben in urgent cases, his number is 555 0101. I am in meetings all day.",
            subject="Re: x",
        ),
    ),
    ("human", raw("I am no longer interested.", subject="Re: x")),
    ("human", raw("We no longer work with agencies.", subject="Re: x")),
    ("human", raw("Please confirm that you are able to deliver by May.", subject="Re: x")),
    ("human", raw("Please click the link below to sign the contract.", subject="Contract")),
    ("human", raw("The ticket number of my flight is 48213. Pick me up?", subject="Flight")),
    ("human", raw("Your request has been discussed in our team, we are in!", subject="Re: x")),
    ("human", raw("That date does not work for us.", subject="Re: x")),
    ("human", raw("It is not working for me. Another time?", subject="Re: x")),
    ("human", raw("We dont work with that tool.", subject="Re: x")),
]
