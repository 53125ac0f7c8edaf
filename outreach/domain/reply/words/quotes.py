"""How mail programs introduce what they quote, forward and sign, in the languages of their users."""

from __future__ import annotations

from typing import Final

# "On Tuesday Rosa wrote:". Each must stand in the line that introduces a quotation.
WROTE: Final = (
    "wrote writes schrieb schreibt geschrieben écrit ecrit escribió escribio escribía escribe escreveu escreveram scritto scrisse schreef skrev skreiv kirjoitti "
    "napisał napisał(a) napisała napisano pisze napsal napsal(a) napsala napísal napísal(a) написал написал(а) написала написав пишет писал писала írta scris scrie yazdı yazmış "
    "写道 寫道 写到 さんは書きました のメール さんからのメール さんのメッセージ 님이 작성 כתב كتب έγραψε viết menulis เขียนว่า escriure escribiu napisao napisala napisal rašė parašė rakstīja kirjutas "
    "scribsit responded replied escrito idatzi пользователь"
).split()

# Names of the fields in a block "From: ... Sent: ... To: ... Subject: ...", by what they hold.
FROM: Final = (
    "from|von|de|da|van|från|fra|lähettäjä|od|от|від|kimden|gönderen|feladó|din|de la|发件人|寄件人|寄件者|寄件者|差出人|送信者|送信元|보낸 사람|보낸사람|발신|מאת|من|από|từ|dari|"
    "saatja|no|nuo|pošiljatelj|šalje|expéditeur|remitente|remetente|mittente|afzender|avsändare|afsender|avsender|absender|sender|nadawca|odesílatel|odosielateľ"
)
SENT: Final = (
    "sent|date|gesendet|datum|envoyé|envoyé le|date d'envoi|enviado|enviado el|enviada|enviada em|enviado em|fecha|data|data e ora|inviato|verzonden|verstuurd|"
    "skickat|sendt|dato|lähetetty|päivämäärä|pvm|wysłano|wysłane|odesláno|odoslané|dátum|отправлено|дата|отправлен|надіслано|gönderildi|gönderilme tarihi|tarih|gönderme tarihi|"
    "elküldve|küldve|trimis|发送时间|发送日期|發送時間|傳送時間|日期|送信日時|日時|送信日|보낸 날짜|날짜|보낸시간|נשלח|תאריך|تاريخ|مرسل|تم الإرسال|στάλθηκε|ημερομηνία|đã gửi|ngày|dikirim|tanggal|"
    "saadetud|nosūtīts|išsiųsta|poslano|sendt den|sendt dato|datum/uhrzeit|time"
)
TO: Final = (
    "to|an|à|a|para|per|aan|till|til|vastaanottaja|do|komu|pre|кому|до|kime|kimeye|alıcı|címzett|către|catre|收件人|收件者|宛先|받는 사람|받는사람|אל|إلى|προς|đến|kepada|ke|saaja|kam|kam:|za|prima|"
    "destinataire|destinatario|destinatário|ontvanger|empfänger|mottagare|modtager|mottaker|adresat|reply-to|reply to|antwort an|répondre à"
)
SUBJECT: Final = "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|temat|předmět|predmet|тема|konu|tárgy|subiect|主题|主旨|主題|件名|표제|제목|נושא|الموضوع|θέμα|chủ đề|subjek|teema|temats|tema|zadeva|thema|betrifft|re"
COPY: Final = (
    "cc|bcc|kopie|kopie (cc)|copie|copie à|con copia|cópia|copia|kopia|kopi|dw|kopie|копия|bilgi|másolatot kap|抄送|副本|참조|ccn|cci|att|attachments|anlagen|anhang|organization|organisation|importance|wichtigkeit|"
    "importancia|importance|priority|priorität|message-id|reply-to|attachment|pièces jointes|datos adjuntos|bijlagen|kopya|temaer|newsgroups|conversation|fwd"
)

# "-----Original Message-----" and its like; dashes, underscores and stars around it are taken off.
ORIGINAL: Final = (
    "original message|original-message|original email|originalnachricht|ursprüngliche nachricht|original-nachricht|ursprüngliche mail|original-mail|message d'origine|message d’origine|message original|"
    "message initial|mensaje original|mensaje de origen|mensagem original|messaggio originale|messaggio originario|oorspronkelijk bericht|oorspronkelijke bericht|origineel bericht|ursprungligt meddelande|originalmeddelande|"
    "ursprungligt mail|oprindelig meddelelse|oprindelig besked|original besked|original meddelelse|opprinnelig melding|original melding|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość|"
    "pierwotna wiadomość|původní zpráva|pôvodná správa|исходное сообщение|исходное письмо|оригинальное сообщение|оригінальне повідомлення|eredeti üzenet|mesaj original|mesajul original|orijinal mesaj|özgün ileti|"
    "原始邮件|原始郵件|原始信息|原始信件|原邮件|邮件原件|original メッセージ|元のメッセージ|オリジナルメッセージ|원본 메시지|원본메시지|original message from|הודעה מקורית|الرسالة الأصلية|αρχικό μήνυμα|thư gốc|pesan asli|missatge original|originalna poruka|izvorna poruka|izvirno sporočilo|"
    "forwarded message|forwarded by|weitergeleitete nachricht|weitergeleitet von|message transféré|message transmis|message réexpédié|mensaje reenviado|mensagem encaminhada|messaggio inoltrato|doorgestuurd bericht|"
    "vidarebefordrat meddelande|videresendt meddelelse|videresendt besked|videresendt melding|välitetty viesti|przekazana wiadomość|wiadomość przekazana|přeposlaná zpráva|preposlaná správa|пересылаемое сообщение|пересланное сообщение|пересылаемое письмо|"
    "továbbított üzenet|mesaj redirecționat|iletilen mesaj|yönlendirilmiş mesaj|转发的邮件|轉寄郵件|转发邮件信息|转发邮件|転送メッセージ|転送されたメッセージ|전달된 메시지|ursprungsnachricht|original appointment|ursprünglicher termin|"
    "reply message|antwort|in reply to|reply separator|reply|urspr. mitteilung|original|message précédent|message reçu|mensaje anterior"
)
# Whole lines that say the same without dashes.
BEGIN: Final = (
    "begin forwarded message|anfang der weitergeleiteten nachricht|anfang der weitergeleiteten e-mail|début du message réexpédié|début du message transféré|inicio del mensaje reenviado|início da mensagem reencaminhada|"
    "início da mensagem encaminhada|inizio messaggio inoltrato|begin doorgestuurd bericht|vidarebefordrat brev|start på videresendt besked|alkaa välitetty viesti|początek przekazywanej wiadomości|začátek přeposílané zprávy|начало переадресованного сообщения|"
    "下面是被转发的邮件|開始轉寄郵件|転送されたメッセージ|weitergeleitete nachricht|please type your reply above this line|bitte antworten sie oberhalb dieser linie|reply above this line|please reply above this line"
)
ABOVE: Final = (
    "reply above this line|your reply above this|type your reply above|antworten sie bitte oberhalb|antwort über dieser zeile|répondre au-dessus de cette ligne|responda por encima de esta línea|"
    "responda acima desta linha|rispondi sopra questa riga|antwoord boven deze lijn|skriv ditt svar ovanför|write above this line|respond above this line"
)
# Lines that mail programs and telephones add.
SIGNED: Final = (
    "sent from my|sent from mail|sent from outlook|sent from yahoo|sent from proton|sent from samsung|sent from android|sent from a|sent from iphone|sent from ipad|sent from windows|sent from mobile|sent from gmail|sent from the|"
    "sent via|sent using|sent with|sent on the|sent by my|get outlook for|get bluemail|von meinem|von unterwegs gesendet|gesendet von|gesendet mit|gesendet über|gesendet aus|mobil gesendet|diese nachricht wurde von meinem|outlook für|holen sie sich outlook|"
    "envoyé de mon|envoyé depuis|envoyé à partir|envoyé de|envoyé avec|obtenez outlook|télécharger outlook|enviado desde|enviado con|enviado de|enviado do|enviado a partir|enviado via|enviado pelo|obtener outlook|obter o outlook|baixe o outlook|inviato da|inviato dal|inviato con|scarica outlook|ottieni outlook|"
    "verstuurd vanaf|verzonden vanaf|verzonden met|verzonden via|outlook voor|download outlook|skickat från|hämta outlook|sendt fra|hent outlook|få outlook|lähetetty|hanki outlook|wysłane z|wysłano z|wyślij z|pobierz outlook|odesláno z|odoslané z|získat outlook|stáhnout outlook|отправлено с|отправлено из|"
    "надіслано з|скачать outlook|elküldve az|trimis de pe|iphone'umdan gönderildi|ipad'imden gönderildi|android için outlook|发自我的|發自我的|从我的|從我的|來自我的|获取适用于|取得 outlook|iphoneから送信|ipadから送信|androidから送信|스마트폰에서 보냄|나의 iphone에서 보냄|내 iphone에서 보냄|נשלח מה|"
    "created with|typed on my|written on my|composed on|this email was sent from my|brief and typos|please excuse typos|excuse my brevity|sent securely from"
)
