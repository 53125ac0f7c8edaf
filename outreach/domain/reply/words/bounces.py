"""How mail servers speak when they could not deliver, by language."""

from __future__ import annotations

from typing import Final

from outreach.domain.reply.words.tables import table

# Subjects of bounces; matched at the beginning.
SUBJECTS: Final = table(
    """
    en: undeliverable; undelivered (mail|message|email); undeliverable (mail|message|email);
        (mail|message|email|e mail|delivery) (delivery|system|) (failed|failure|error|problem|failing|unsuccessful|notification|report|subsystem);
        (delivery|message) (status|failure) notification;
        delivery (status|failure|has|notification|report|problem|delayed|incomplete|unsuccessful|error|failed|failure|not|warning|to);
        failure (notice|delivery|notification|report); returned (mail|to sender|message|email|e mail);
        (mail|message|email|e mail|your message|your mail|your email) (~|) (could not be|couldnt be|not be|was not|wasnt|not|cannot be|has not been|not yet|can not be) (~|) (delivered|sent|accepted);
        (mail|message) (returned|rejected|delayed|refused|blocked|undelivered|undeliverable|not delivered|bounced); non (delivery|deliverable);
        nondeliverable; nondelivery; non delivery (report|notification|receipt); delayed (mail|message|delivery);
        (warning|note) (~|) (message|mail|could not|delayed|user unknown); failed (mail|delivery|message|to deliver); mail failed;
        mail (error|system error|status report|could not|delivery);
        message (status|delivery|could not|failed|undeliverable|delayed|not delivered|you sent); processing error; permanent (delivery|) failure;
        permanent delivery; delivery error; rejected (mail|message|email|posting); automatically rejected mail;
        (email|e mail) (delivery|not delivered|returned|rejected|address); postmaster (notify|email|notification); unable to deliver;
        could not (send|deliver); unknown (user|address|recipient); user unknown; address (unknown|not found|does not exist); bounced;
        bounce (message|mail|); nachricht konnte nicht; mailbox (full|unavailable|quota|disabled); quota (exceeded|warning); no such user;
        (mail|email) (blocked|quarantined); message you sent blocked; problem delivering; the following message could not
    de: (nicht|un) zustellbar; unzustellbar*;
        (nachricht|mail|e mail|email|ihre nachricht|ihre e mail) (~|) (nicht zugestellt*|nicht zustellbar|unzustellbar|verzogert|zuruckgewiesen|abgelehnt|konnte nicht);
        zustellung (~|) (fehlgeschlagen|verzogert|nicht); fehler (bei der|beim) (zustellung|ubermittlung|ausliefern); zustellfehler;
        zustellungsfehler; unzustellbarkeit*; benachrichtigung (zum|uber) (~|) (zustellstatus|ubermittlungsstatus|zustellung); ubermittlungsfehler;
        mailzustellung fehlgeschlagen; zuruckgesandt*; ruckgabe*
    fr: non (remis|distribue|delivre|remise); echec (de|d) (la|) (remise|distribution|envoi|livraison|transmission);
        (message|courrier|courriel|mail|votre message) (~|) (non|pas) (~|) (remis|distribue|delivre*|transmis);
        (remise|distribution) (differee|retardee|echouee|impossible); notification (de|d) (l|) (etat de remise|echec|etat); avis de non;
        rapport de non; erreur (de|d) (distribution|envoi|remise); retour a l expediteur; utilisateur non recense; mail non distribue; non remis
    es: no se puede entregar; no entregado; no (entregable|se ha podido entregar|se pudo entregar);
        (mensaje|correo|su mensaje) (~|) (no|sin) (~|) (entregado|entregar|devuelto); (error|fallo|fallido|falla) (de|en) (la|el|) (entrega|envio);
        (correo|mensaje) (devuelto|rechazado|no entregado); devuelto; notificacion (de|sobre) (~|) (estado de entrega|entrega);
        entrega (retrasada|fallida|demorada); fallo en la entrega; devolucion de correo
    pt: nao (entregue|foi possivel entregar|e possivel entregar|entregavel); (mensagem|email|e mail) (~|) (nao|devolvid*|rejeitad*);
        (falha|erro) (na|de|no) (entrega|envio); notificacao de (~|) (entrega|status); entrega (atrasada|falhou); devolvid*; nao foi possivel
    it: (messaggio|mail|e mail|posta) (~|) (non|mancat*) (~|) (recapitat*|consegnat*|inviat*);
        non (recapitabile|recapitato|consegnato|e stato possibile recapitare);
        (mancata|errore di|errore nella|consegna) (consegna|recapito|fallita|ritardata); notifica (di|sullo) (~|) (stato|mancato recapito|recapito);
        impossibile (recapitare|consegnare); consegna (ritardata|fallita); posta non consegnata
    nl: (onbestelbaar*|niet bestelbaar|niet bezorgd|onbezorgbaar);
        (bericht|mail|e mail|uw bericht) (~|) (niet|kon niet) (~|) (bezorgd|afgeleverd|worden); (bezorging|aflevering) (~|) (mislukt|vertraagd|niet);
        fout bij (bezorging|aflevering|bezorgen|verzenden); melding (over|van) (~|) (bezorging|aflevering|bezorgingsstatus)
    sv: (kan inte levereras|gar inte att leverera|olevererbart|ej levererat|inte levererat|kunde inte levereras|returnerat|det gick inte att leverera);
        leveransfel; leverans (~|) (misslyckades|fordrojd); (meddelandet|e postmeddelandet|mejlet) (~|) inte
    da: (kan ikke leveres|ikke leveret|kunne ikke leveres|uleveret*|ulevereret|returneret); leveringsfejl; levering (~|) (mislykkedes|forsinket);
        meddelelsen (~|) ikke
    no: (kan ikke leveres|ikke levert|kunne ikke leveres|ulevert|returnert); leveringsfeil; levering (~|) (mislyktes|forsinket); meldingen (~|) ikke
    fi: (toimittaminen epaonnistui|ei voitu toimittaa|toimittamaton|ei toimitettu|perille toimittamaton|viestia ei voitu|viestin toimitus)
    pl: (niedostarczon*|nie mozna dostarczyc|nie dostarczono|zwrot|zwrocon*|nie doreczono|blad dostarczenia|niedoreczon*|wiadomosc niedostarczona|nie udalo sie dostarczyc);
        (wiadomosc|poczta|mail) (~|) (nie|zwrocon*); (blad|niepowodzenie) (~|) (dostarcz*|dorecz*)
    cs: (nedorucitel*|nedoruceno|nelze dorucit|nepodarilo se dorucit|zprava nebyla dorucena|vraceno);
        (zprava|zpravu|posta) (~|) (nebyla|nelze|nedorucen*)
    sk: (nedorucitel*|nedorucen*|nemozno dorucit|spravu sa nepodarilo)
    hu: (kezbesithetetlen|nem kezbesitheto|sikertelen kezbesites|kezbesitesi hiba); (az uzenet|level) (~|) (nem|kezbesit*)
    ro: (nelivrabil*|nu s a putut livra|mesaj nelivrat|livrare esuata)
    tr: (teslim edilemedi|teslim edilemeyen|iletilemedi|iletilemeyen|gonderilemedi|teslim edilemiyor|ulastirilamadi);
        (ileti|mesaj|posta) (~|) (iletilemedi|teslim edilemedi|geri)
    ru: (недоставленн*|не доставлено|недоставка|не удалось доставить|ошибка доставки|возвращ*|невозможно доставить|недоставляемое|не доставлен*);
        (ваше|) (сообщение|письмо) (~|) не (~|) доставлено; отчет о (недоставке|доставке); уведомление о (недоставке|доставке|состоянии доставки)
    uk: (недоставлен*|не доставлено|не вдалося доставити|помилка доставки)
    el: (δεν παραδόθηκε|μη παραδοτέο|αποτυχία παράδοσης)
    he: לא ניתן למסור; לא נמסרה; ההודעה לא נמסרה
    ar: غير قابل للتسليم; تعذر التسليم; فشل التسليم
    ja: 配信不能; 配信できません; 配信エラー; 送信エラー; 配送エラー; 送信できません; 未配信; エラーメール; 宛先不明; 配信に失敗; 届きません; メール配信の失敗
    zh: 退信; 无法投递; 無法投遞; 无法送达; 無法傳遞; 无法传递; 未送达; 未能送达; 投递失败; 投遞失敗; 发送失败; 發送失敗; 邮件被退回; 退回; 傳遞失敗; 传递失败; 未传递; 未傳遞; 邮件投递; 送信失败; 郵件無法
    ko: 배달되지; 배달할 수 없; 전송 실패; 전달할 수 없; 반송; 배달 실패; 발송 실패; 전달되지; 배달 못함
    vi: không thể gửi; không gửi được; thư không gửi
    id: (tidak terkirim|gagal terkirim|tidak dapat dikirim)
    """
)

# What the text of a bounce says: that a mail was not delivered.
TEXTS: Final = table(
    """
    en: (could not|couldnt|cannot|can not|unable to|not able to|wasnt able to|failed to|was not able to) (~|) (be|) (deliver|delivered|delivering);
        (was|were|has|have|been|is|are) (not|undeliverable|never) (be|been|) (~|) (delivered|deliverable); undeliverable; undelivered;
        delivery (~|) (failed|failure|failures|delayed|errors|error|status notification|unsuccessful|attempts|problems|incomplete|report|notification);
        (mail|message|email|e mail) (~|) (returned|bounced|rejected|blocked|refused|not accepted); (did|do|does) not reach; not delivered;
        (fatal|permanent|transient) (~|) (error|errors|failure);
        (user|mailbox|recipient|address|account|host|domain) (name|) (is|) (unknown|not found|does not exist|doesnt exist|unavailable|full|disabled);
        no such (user|recipient|mailbox|account|person|address|host|domain); giving up on; retry (timeout|time limit) exceeded;
        (message|mail) (~|) (has been|was|is) (delayed|queued|returned); returned to sender; delivery status notification; non delivery;
        mailer daemon;
        the following (address|addresses|recipient|recipients|message|destination|destinations) (~|) (failed|permanent|errors|problems|could|not|did);
        (over|exceeded|exceeds) (~|) quota; unknown user;
        (youve reached|that isnt|thats not|this is not) a (non working|valid|working) (address|user|email);
        not a valid (user|address|recipient|mailbox|email); no mailbox; delivery problems; message collected
    de: (nicht|konnte nicht|konnten nicht|kann nicht) (~|) (zugestellt|zustellbar|zustellen|ausgeliefert|ubermittelt|weitergeleitet werden);
        unzustellbar;
        (adresse|empfanger|benutzer|postfach|konto) (~|) (unbekannt|existiert nicht|nicht gefunden|voll|ungultig|nicht erreichbar|nicht vorhanden|uberschritten);
        zustellung (~|) (fehlgeschlagen|nicht moglich|gescheitert|verzogert); unbekannter (empfanger|benutzer)
    fr: (n a|na|n ont|nont|ne|pas) (~|) (pu|ete|etre|pas) (~|) (remis|distribue|delivre|livre|remettre|transmis|achemine|envoye);
        (n a|na) pas ete (remis|distribue|delivre|transmis|recu);
        (adresse|utilisateur|destinataire|boite) (~|) (inconnu*|inexistant*|introuvable|pleine|invalide|n existe);
        echec (~|) (remise|livraison|distribution|envoi); impossible de (remettre|distribuer|delivrer|livrer); non recense
    es: no (~|) (pudo|puede|ha podido|podido|fue|se) (~|) (entregado|entregar|entregarse|entregada);
        (usuario|destinatario|direccion|buzon|cuenta) (~|) (desconocid*|no existe|inexistente|llen*|no encontrad*|invalid*);
        (fallo|error|problema) (~|) entrega
    pt: nao (~|) (pode|foi|pudemos|possivel) (~|) (entregue|entregar|entregar a);
        (usuario|utilizador|destinatario|endereco|caixa|conta) (~|) (desconhecid*|nao existe|inexistente|chei*|nao encontrad*|invalid*);
        (falha|erro) (~|) entrega
    it: (non|impossibile) (~|) (recapitat*|recapitare|consegnat*|consegnare);
        (utente|destinatario|indirizzo|casella|account) (~|) (sconosciut*|inesistente|non esiste|pien*|non trovat*|non valid*)
    nl: (niet|kon niet|kan niet) (~|) (bezorgd|afgeleverd|bezorgen|afleveren);
        (gebruiker|ontvanger|adres|postvak|mailbox|geadresseerde) (~|) (onbekend|bestaat niet|niet gevonden|vol|ongeldig); onbestelbaar
    sv: (inte|kunde inte|gick inte) (~|) (levereras|leverera|levererats); (mottagaren|anvandaren|adressen) (~|) (okand|finns inte|hittades inte)
    da: (ikke|kunne ikke) (~|) leveres; (modtageren|brugeren|adressen) (~|) (ukendt|findes ikke)
    no: (ikke|kunne ikke) (~|) leveres; (mottakeren|brukeren|adressen) (~|) (ukjent|finnes ikke)
    fi: (ei voitu|ei ole voitu) (~|) (toimittaa|valittaa); (vastaanottajaa|kayttajaa|osoitetta) (~|) (ei|tuntematon)
    pl: (nie (mozna|udalo sie|moze|zostala|mogla|mogl|dostarczono|zostal)) (~|) (dostarcz*|dorecz*);
        (uzytkownik|adresat|adres|odbiorca|skrzynka|konto) (~|) (nieznan*|nie istnieje|pelna|przepelnion*|zablokowan*|niepoprawny); nie ma takiego
    cs: (nelze|nepodarilo se|nemohla byt|nebyla|nemohl byt) (~|) (dorucit|dorucena|dorucen);
        (uzivatel|prijemce|adresa|schranka) (~|) (neexistuje|neznam*|plna)
    sk: (nemozno|nepodarilo sa|nebola|nemohla byt) (~|) (dorucit|dorucena)
    hu: (nem|sikertelen) (~|) (kezbesit*)
    ro: nu (a|s a|poate) (~|) (putut|fost|fi) (~|) livrat*
    tr: (teslim edilemedi|iletilemedi|ulastirilamadi|teslim edilemiyor|gonderilemedi);
        (kullanici|alici|adres) (~|) (bulunamadi|bilinmiyor|mevcut degil|gecersiz)
    ru: (не|невозможно|нельзя) (~|) (доставлено|доставить|доставлены|доставлен*);
        (пользователь|получатель|адрес|ящик|абонент) (~|) (не существует|не найден|неизвестен|переполнен|заблокирован|не зарегистрирован);
        недоставлен*
    uk: (не|неможливо) (~|) (доставлено|доставити)
    ja: 配信できません; 配信でき; 配信不能; 送信できません; 送信でき; お届けできません; 届けることができ; 宛先が見つか; 存在しません; 配信に失敗; 受信できません; メールボックスがいっぱい; お届けすることができ; ユーザーが見つか; エラーにより
    zh: 无法投递; 無法投遞; 无法发送; 無法送達; 无法送达; 无法传递; 無法傳遞; 退信; 被退回; 收件人不存在; 用户不存在; 地址不存在; 未送达; 未能送达; 投递失败; 邮箱不存在; 被拒收; 拒收; 发送失败; 邮箱已满; 未傳遞; 用户未找到; 无此用户
    ko: 배달되지; 배달할 수 없; 전송되지; 전달되지; 반송; 존재하지 않; 발송이 실패; 수신자를 찾을 수; 전달할 수 없
    """
)

# For ever: nobody is there.
HARD: Final = table(
    """
    en: (user|recipient|mailbox|address|account|email|addressee|username|person|host|domain|alias|destination|rcpt) (~|) (unknown|not found|does not exist|doesnt exist|dont exist|do not exist|no longer exists|not exist|nonexistent|non existent|invalid|disabled|deactivated|inactive|suspended|closed|terminated|not known|not listed|not recognized|not recognised|is not valid|not valid|not available here|not in|not active|no longer|discontinued|not local|is not here|expired|isnt valid|removed|deleted|undeliverable|incorrect|not a valid);
        (unknown|invalid|bad|nonexistent|unrouteable|unroutable|undeliverable|illegal|wrong|inactive|disabled|improper|unrecognized|no valid|incorrect|non existent) (~|) (user|recipient|recipients|mailbox|address|addresses|account|host|domain|destination|local|userid|username|addressee|rcpt|email|alias|name);
        no (such|valid|matching) (~|) (user|recipient|recipients|mailbox|account|person|address|host|domain|name|alias|email|here|known|local|addressee|directory|matches);
        no (account|mailbox|user|mail box) (~|) (here|by that name|with that|with this|found|name); not our customer;
        does not have (a|an|) (~|) (account|mailbox); doesnt have (a|an) (~|) (account|mailbox);
        (isnt|is not|not) (~|) (valid|known|listed) (~|) (user|recipient|address|account|here|mailbox|directory);
        unknown (in|user|recipient|local|address|virtual);
        (cannot|couldnt|could not|can not|unable to|cant) (find|locate|resolve|route|verify|identify) (~|) (user|recipient|address|host|domain|mailbox|e mail|email|account|any host)*;
        host (unknown|not found); name service error; host or domain name not found;
        (domain|host) (name|) (lookup failed|not found|does not exist|doesnt exist|unknown|not hosted); no mx; bad destination;
        account (has been|is|was) (~|) (disabled|closed|suspended|deleted|terminated|removed|inactive|locked|deactivated);
        delivery to (the|this) (following|) (~|) (recipient|recipients) failed permanently;
        no longer (available|valid|here|works|employed|exists|active|in use|on server|accepts|with);
        relay* (not permitted|access denied|denied|prohibited|not allowed); not (permitted|allowed) to relay;
        (unable|not configured|not been configured|refus*|cannot|wont|trying) to (let you |) (~|) relay; use me ~ relay; not been configured to let;
        (mailbox|address) (~|) (unavailable|not available);
        not a (valid|working|known|gateway|registered) (~|) (user|address|mailbox|recipient|account)*; non working address; nxdomain; all relevant mx;
        user no encontrado; recipient not found; (sorry|this) (~|) no mailbox here; that domain isnt in my list; not in my list of allowed;
        doesnt match; this user doesnt; address rejected; no matches to nameserver query;
        address (~|) (couldnt be found|wasnt found|not found|unable to receive|was not found|not exist);
        email account that you tried to reach (does not exist|is disabled); addressee unknown; undeliverable address;
        mailbox (~|) (inactive|disabled|has been|discontinued); not listed in; mail loop; too many hops;
        user is (unknown|invalid|inactive|terminated); no es un usuario
    de: (adresse|empfanger|benutzer|konto|empfangeradresse|nutzer|postfach|teilnehmer|e mail adresse) (~|) (unbekannt|existiert nicht|nicht gefunden|ungultig|nicht vorhanden|deaktiviert|gesperrt|gibt es nicht|nicht bekannt|nicht mehr|geloscht);
        unbekannter (empfanger|benutzer); (unbekannte|ungultige) (adresse|empfangeradresse|e mail adresse)
    fr: (adresse|utilisateur|destinataire|compte|boite) (~|) (inconnu*|inexistant*|introuvable|invalide|n existe pas|nexiste pas|n existe plus|desactive*|non recense);
        non recense
    es: (usuario|destinatario|direccion|cuenta|buzon|dominio) (~|) (desconocid*|no existe|inexistente|no encontrad*|invalid*|no valid*|deshabilitad*);
        no existe (~|) (usuario|cuenta|destinatario|buzon|direccion)
    pt: (usuario|utilizador|destinatario|endereco|conta|caixa) (~|) (desconhecid*|nao existe|inexistente|nao encontrad*|invalid*|desativad*)
    it: (utente|destinatario|indirizzo|account|casella) (~|) (sconosciut*|inesistente|non esiste|non trovat*|non valid*|disabilitat*)
    nl: (gebruiker|ontvanger|adres|account|mailbox|postvak|geadresseerde) (~|) (onbekend|bestaat niet|niet gevonden|ongeldig|niet bekend);
        onbekende (gebruiker|ontvanger)
    sv: (mottagaren|anvandaren|adressen|mottagare) (~|) (okand|finns inte|hittades inte|existerar inte); okand (mottagare|anvandare)
    da: (modtageren|brugeren|adressen) (~|) (ukendt|findes ikke)
    no: (mottakeren|brukeren|adressen) (~|) (ukjent|finnes ikke)
    fi: (vastaanottaja*|kayttaja*|osoite*) (~|) (tuntematon|ei loydy|ei ole olemassa|ei loytynyt); tuntematon (kayttaja|vastaanottaja)
    pl: (uzytkownik|adresat|adres|odbiorca|konto|uzytkownika) (~|) (nieznan*|nie istnieje|zablokowan*|niepoprawny|nieaktywn*);
        nie ma takiego (~|) (uzytkownika|adresu|konta); (brak|nieznany) (uzytkownika|uzytkownik)
    cs: (uzivatel|prijemce|adresa|schranka) (~|) (neexistuje|neznam*)
    hu: (cimzett|felhasznalo|postafiok) (~|) (ismeretlen|nem letezik)
    tr: (kullanici|alici|adres) (~|) (bulunamadi|bilinmiyor|mevcut degil|gecersiz|bulunmamaktadir)
    ru: (пользователь|получатель|адрес|ящик|абонент|пользователя|адреса) (~|) (не существует|не найден|неизвестен|заблокирован|не зарегистрирован|отсутствует|удален|недоступен);
        (нет|неизвестный) (такого|) (пользователя|пользователь|адресата)
    ja: 存在しません; 存在しない; 見つかりません; 宛先不明; 見つかりませんでした; 存在していない; ユーザーが見つか; 宛先が見つか
    zh: 不存在; 无此用户; 未找到; 找不到; 用户未找到; 查無此; 無此
    ko: 존재하지 않; 없는 사용자; 찾을 수 없; 없는 계정
    """
)

# Not now, or not this mail: full, late, too large, taken for spam.
SOFT: Final = table(
    """
    en: (mailbox|inbox|mail box|quota|account|user|recipient|storage|message store|mail folder|disk) (~|) (full|over quota|over its quota|exceeded|quota exceeded|overquota|out of storage|exceeds|too full|over|storage limit);
        (over|exceed|exceeds|exceeded|exceeding|above) (~|) (quota|allocated|storage|size limit|mailbox size|maximum size|limit|allowed size);
        (quota|storage) (~|) (exceeded|full|limit|exceeds|over|allocation|violation); overquota; not enough (disk|storage|space);
        insufficient (disk|system|) (space|storage|resources); disk (quota|full|space); out of (mail|) (storage|disk|space); no space left;
        too many messages (in|on); (message|mail|size|email) (~|) (too large|too big|exceeds|size exceeds|exceeded|larger than|too long|size limit);
        (maximum|max) (~|) (message|size|incoming); temporar*; try again (later|); try later; greylist*; graylist*; grey listed; deferred; delayed;
        still being retried; (will|is) (~|) (be retried|retry|keep trying|being retried|retried|continue trying|trying); not yet (been|) delivered;
        warning message only; (warning|advisory) only; do not need to resend; no action is required; timed out; time out; timeout;
        (retry|queue) (~|) (exceeded|expired|too long); too long;
        (connection|connect|network) (~|) (refused|reset|timed out|lost|dropped|failed|error|unreachable|closed);
        could not (connect|be contacted|be reached); (unable|couldnt) to (connect|establish|contact);
        server (~|) (busy|down|not responding|unavailable|did not respond); not responding; (lost|no) (connection|route|answer from host);
        no answer from; rate limit*; too many (connections|messages|recipients|errors|concurrent); throttl*; spam*; unsolicited;
        (blocked|rejected|refused|denied|banned|listed|blacklisted|prohibited) (~|) (by|due|because|policy|using|content|reputation|security|for|as|spam|blacklist|filter|in|from);
        blacklist*; blocklist*; block list; black list*; blocked; dnsbl; rbl; surbl; uribl; spamhaus; spamcop; barracuda; senderbase; proofpoint;
        cloudmark; (poor|bad|low) reputation; reputation;
        (policy|security|content|compliance) (~|) (reject*|violation|restrictions|reasons|prohibit*|filter*|reason|rules|rule|violat*);
        against (~|) policy;
        (content|message|mail) (~|) (reject*|filter*|inappropriate|suspicious|prohibited|not accept*|unacceptable|considered|quarantin*); virus*;
        malware; infected; attachment; dmarc; spf; dkim;
        sender (~|) (rejected|denied|verify failed|not allowed|blocked|refused|verification|policy|unauthenticated); (sender|callout) verif*;
        reverse dns; ptr record; not (authorized|authorised|allowed|permitted) to send; unauthenticated (mail|email);
        (whitelist|white list|approved senders|allow list)*; junk; bulk (mail|email); phish*; suspected; banned; abuse; bounce address tag;
        authentication (required|failed); requires authentication; restricted; not accepting (~|) (mail|messages|network); phrase; scored; intrusion;
        high probability
    de: (postfach|mailbox|speicherplatz|quota|kontingent|speicher) (~|) (voll|uberschritten|uberfullt|erschopft|ist voll|verfugt|hat);
        (zu gross|nachricht ist zu gross|grosse uberschreitet); (vorubergehend|verzogert|spater|erneut)*; als spam*;
        (spam|richtlinie*|blockiert|abgelehnt|zuruckgewiesen)
    fr: (boite|quota|messagerie|espace) (~|) (pleine|plein|depasse*|sature*|insuffisant); (trop (grand|volumineux|gros));
        (temporaire*|differe*|retard*|ulterieur*); (spam|indesirable*|pourriel|bloque*|politique|virus|rejete* par)
    es: (buzon|cuota|casilla|bandeja|espacio) (~|) (llen*|excedid*|superad*|lleno|insuficiente|sobrepas*); (demasiado grande);
        (temporal*|retras*|demorad*|mas tarde); (spam|correo no deseado|bloquead*|politica*|virus|rechazad* por)
    pt: (caixa|quota|cota|espaco) (~|) (chei*|excedid*|ultrapassad*|lotad*|insuficiente); (muito grande|grande demais);
        (temporari*|atrasad*|mais tarde); (spam|bloquead*|politica*|virus|lixo)
    it: (casella|quota|spazio) (~|) (pien*|superat*|esaurit*|satur*|insufficiente); troppo grande; (temporane*|ritard*|piu tardi);
        (spam|bloccat*|policy|politica|virus|indesiderat*)
    nl: (mailbox|postvak|quota|postbus) (~|) (vol|overschreden); te groot; (tijdelijk*|vertraagd|later opnieuw);
        (spam|geblokkeerd|beleid|virus|ongewenst*)
    sv: (brevladan|postladan|inkorgen|kvoten) (~|) (full|overskriden); (for stort|for stor); (tillfallig*|fordroj*|senare); (spam|skrapost|blockerad*)
    da: (postkassen|kvoten) (~|) (fuld|overskredet); for stor; (midlertidig*|forsinket); (spam|blokeret)
    no: (postboksen|postkassen|kvoten) (~|) (full|overskredet); for stor; (midlertidig*|forsinket); (spam|sperret|blokkert)
    fi: (postilaatikko|kiintio) (~|) (taynna|ylittynyt|ylitetty); liian suuri; (tilapai*|viivast*); (roskaposti*|estetty)
    pl: (skrzynka|limit|pojemnosc|przestrzen) (~|) (pelna|przepelnion*|przekroczon*); (zbyt duza|za duza); (tymczasow*|opozn*|pozniej);
        (spam*|zablokowan* przez|polityk*)
    cs: (schranka|kvota) (~|) (plna|prekrocena|preplnena); (docasn*|zpozden*|pozdeji); (spam*|blokovan*)
    tr: (posta kutusu|kota) (~|) (dolu|asildi|dolmus); (gecici*|gecik*|daha sonra); (spam|engellen*)
    ru: (ящик|почтовый ящик|квота|лимит) (~|) (переполнен|полон|превышен*|исчерпан*); слишком (большой|большое); (временн*|задерж*|позже|повтор*);
        (спам*|заблокирован* как|политик*)
    ja: メールボックスがいっぱい; 容量; 一時的; 遅延; スパム; 迷惑メール; サイズ; 再送; 拒否; ブロック
    zh: 已满; 容量; 超过; 暂时; 暫時; 稍后; 延迟; 延遲; 垃圾邮件; 垃圾郵件; 拒收; 反垃圾; 拒绝; 被屏蔽; 过大; 超出; 隔离; 反垃圾
    ko: 용량; 가득; 초과; 일시적; 지연; 스팸; 차단
    """
)
