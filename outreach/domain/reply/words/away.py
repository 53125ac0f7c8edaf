"""How vacation notices speak, by language."""

from __future__ import annotations

from typing import Final

from outreach.domain.reply.words.tables import table

# What the subject of a vacation notice begins with (mail programs write it, people may keep it).
SUBJECTS: Final = table(
    """
    en: automatic reply; auto reply; autoreply; auto response; autoresponse; automatic response; automated (reply|response);
        (out|away) of (the|) office; outofoffice; ooo;
        (on|annual|away on|i am on|im on) (vacation|holiday|holidays|leave|annual leave|parental leave|maternity leave|paternity leave|sabbatical|pto);
        away from (my|the|) (office|desk|mail|email|e mail); vacation (reply|message|notice|response|auto reply); not in (the|) office; auto;
        away notice; absence notice; i am (away|out); im (away|out); out of town; currently (away|unavailable|out of office); limited access to email;
        on vacation; away message; office closed; we are closed
    de: abwesenheit*; automatische (antwort|abwesenheitsnotiz|antwortmail|ruckantwort); (ich bin|bin) (nicht im (buro|haus)|im urlaub|abwesend);
        urlaub*; nicht im (buro|haus); (derzeit|zur zeit|momentan) (abwesend|nicht im haus|nicht erreichbar); auto antwort; autoantwort; ausser haus;
        im urlaub; betriebsferien; elternzeit; mutterschutz
    fr: reponse automatique; reponse auto; absence; absent*; (message|avis|notification) d absence; message dabsence; absence du bureau;
        en (conges|conge|vacances); conges; hors (du|de mon) bureau; je suis absent*; indisponible
    es: respuesta automatica; fuera de (la|) oficina; ausente ~ oficina; ausencia; mensaje automatico; (de|en|estoy de|estoy en) vacaciones;
        auto respuesta; respuesta auto; contestacion automatica; ausente; aviso de ausencia
    pt: resposta automatica; fora (do|de) (escritorio|servico); (ausencia|ausente); (de|em|estou de|estou em) ferias; mensagem automatica;
        aviso de ausencia; ausencia temporaria
    it: risposta automatica; (fuori|assente|assenza) (dall|dal|di) ufficio; fuori ufficio; fuori sede; assente; assenza; (in|sono in) ferie;
        messaggio automatico; ferie
    nl: automatisch (antwoord|bericht); (afwezig*|niet aanwezig|niet op kantoor); (vakantie|met vakantie|op vakantie|met verlof); buiten kantoor;
        automatische (reactie|beantwoording); afwezigheidsbericht; autoreply
    sv: (autosvar|automatiskt svar|franvaro*|franvarande|semester*|automatsvar); ej pa (kontoret|plats); inte pa kontoret
    da: (autosvar|automatisk svar|automatisk besvarelse|fravaer*|ferie*); ikke (til stede|pa kontoret); ude af kontoret
    no: (autosvar|automatisk svar|fravaer*|ferie*); ikke (til stede|pa kontoret); ute av kontoret; fravaersmelding
    fi: (automaattinen vastaus|automaattivastaus|poissa*|lomalla|loma|poissaoloilmoitus)
    pl: (automatyczna odpowiedz|autoodpowiedz|odpowiedz automatyczna|urlop*|nieobecn*); poza biurem; jestem na urlopie
    cs: (automaticka odpoved|mimo kancelar|nepritomnost|dovolena|nepritomen); jsem mimo kancelar
    sk: (automaticka odpoved|mimo kancelarie|nepritomnost|dovolenka)
    hu: (automatikus valasz|hazon kivul|szabadsag*|irodan kivul); nem vagyok az irodaban
    ro: (raspuns automat|in concediu|absent*); nu sunt (la|in) birou
    tr: (otomatik (yanit|cevap)|ofis disinda*|izinde*|yillik izin*); ofis disi
    ru: автоответ*; автоматический ответ; (отсутств*|в отпуске|отпуск); нет на месте; вне офиса
    uk: автоматична відповідь; автовідповідь; (відсутн*|у відпустці|відпустка)
    el: αυτόματη απάντηση; εκτός γραφείου; απουσία
    he: תשובה אוטומטית; מענה אוטומטי; לא במשרד; מחוץ למשרד
    ar: رد تلقائي; الرد التلقائي; خارج المكتب
    ja: 自動返信; 自動応答; 不在; 休暇; 出張中
    zh: 自动回复; 自動回覆; 自動回復; 自动答复; 不在办公室; 休假; 外出
    ko: 자동 회신; 자동회신; 자동 응답; 자동응답; 부재중; 휴가
    hr: (automatski odgovor|izvan ureda|godisnji odmor)
    sl: (samodejni odgovor|odsoten|odsotna|dopust)
    bg: автоматичен отговор; извън офиса
    vi: (trả lời tự động|tự động trả lời|vắng mặt)
    id: (balasan otomatis|jawaban otomatis|di luar kantor|cuti)
    th: ตอบกลับอัตโนมัติ; ไม่อยู่ที่สำนักงาน
    ca: resposta automatica; fora de l oficina
    et: (automaatvastus|automaatne vastus|kontorist ara|puhkus*)
    lv: (automatiska atbilde|prombutne|atvalinajum*)
    lt: (automatinis atsakymas|atostog*|nesu biure)
    """
)

# What says that the author is not there.
AWAY: Final = table(
    """
    en: (out of|away from|not in|outside of|outside|out of of) (the|my|our|) office*; out of office;
        (i|we) (am|are|will be|shall be) (~|) (away|absent|unavailable|unreachable); im (currently|presently|) (away|absent|unavailable|ooo);
        (on|taking) (~|) (vacation|holiday|holidays|annual leave|maternity leave|paternity leave|parental leave|sick leave|medical leave|pto|sabbatical|family leave|personal leave|bereavement leave|leave);
        (on|in) (my|a) (honeymoon|sabbatical); away (until|till|til|from|on business|this week|next week|at a conference|for);
        (travelling|traveling) (until|till|with|on|for|this|and|abroad|in|to|from);
        (no|limited|intermittent|sporadic|restricted|infrequent|only limited|minimal|little) (or no|to no|) (access|internet access|email access|e mail access|connectivity|access to);
        (will not|wont|cannot|cant|unable to) be (checking|reading|monitoring) (my|) (e mail|e mails|email|emails|mail|messages|inbox);
        not (checking|reading|monitoring) (my|) (e mail|email|emails|mail|inbox);
        (unable|not able) to (read|check|answer|respond to|reply to|access) (my|your|) (message|e mail|email|emails|mail);
        (will|shall) (be back|return|be returning|be returned|respond|reply|answer) (~|) (when|upon|on|after|once) (i|my|we) (~|) (return|am back|get back|come back)*;
        (our|the) office (is|will be|are|s) (~|) closed; (we|offices) (are|will be) closed; out of town; off work; day off; days off;
        (i|we) (am|are|will be) (currently|) (off|out) (until|till|from|today|tomorrow|this|on|for|sick|all);
        im (currently|) (off|out) (until|till|from|today|tomorrow|this|on|for|sick);
        is (currently|) (out of the office|on vacation|on leave|away|absent|unavailable); is not available until;
        not (be|) (available|reachable) (until|till|from|during|before|this|between); absent from (the|) (office|work);
        attending (a|an|the) (~|) (conference|training|workshop|offsite); out on (~|) (leave|vacation|assignment); out (sick|ill);
        (currently|temporarily) (out|away|unavailable|absent|on leave); on annual; i am of the office
    de: (nicht|ausser) (im|in meinem|am|in unserem) (buro|haus|hause|dienst|arbeitsplatz|office|unternehmen|hause); ausser haus*;
        (im|in den|in|meinem|meinen|wohlverdienten|auf) (urlaub|ferien|elternzeit|mutterschutz|dienstreise|geschaftsreise|fortbildung|krankenstand|betriebsurlaub|betriebsferien|weihnachtsurlaub|sommerurlaub);
        abwesend*; abwesenheit; (nicht|nur eingeschrankt|nur unregelmassig|schwer|nur sporadisch) (~|) (erreichbar|verfugbar|zu erreichen);
        (bin|sind) ~ nicht (da|anwesend|erreichbar|im buro|vor ort);
        (mail|mails|e mails|e mail|nachricht|nachrichten|emails) (wird|werden) (~|) nicht (weitergeleitet|gelesen|bearbeitet|automatisch weitergeleitet);
        (keinen|eingeschrankten|begrenzten|nur begrenzt|kein) (~|) (zugriff|zugang) (auf|zu) (meine|meinen|mein) (e mail*|mail*|email*|postfach);
        verreist; krank*gemeldet; erkrankt; dienstlich unterwegs; unterwegs und; (unser|das) buro (ist|bleibt) (~|) geschlossen;
        wieder (im buro|erreichbar|fur sie da|fur dich da|im haus|im dienst|zuruck|da|personlich); im homeoffice nicht; freien tag; frei und;
        ruckkehr; babypause; (zuruck|zurueck) (im|in|am|ab); nicht im einsatz
    fr: absent* (du|de|jusqu*|pour|et|a|en|le|ce|cette|actuellement|aujourd*|lundi|mardi|mercredi|jeudi|vendredi);
        (je suis|je serai|serai|suis) (~|) absent*;
        (en|conge|de) (conges|conge|vacances|deplacement|formation|arret maladie|conge maternite|conge parental); hors (du|de mon|de) bureau;
        (pas|plus) (~|) (au bureau|joignable|disponible); absence*; indisponible; (acces|connexion) (~|) (limite*|restreint*|reduit*|aleatoire);
        de retour (le|au|a partir|lundi|mardi|mercredi|jeudi|vendredi|en|dans); a mon retour; des mon retour;
        (nos bureaux|notre bureau|nous) (sont|seront|est|sera|sommes) fermes; injoignable
    es: fuera de (la|mi|el|) (oficina|despacho|ciudad|pais); (de|en) (vacaciones|baja|permiso|licencia|viaje de negocios|viaje);
        (estoy|estare|me encuentro|me encontrare|estamos) (~|) (ausente|fuera|de vacaciones|de viaje|de baja); ausente; ausencia;
        acceso (~|) (limitado|restringido) (~|); no (~|) (disponible|acceso al correo); (a|en) mi (regreso|vuelta|retorno); cuando (regrese|vuelva);
        (la oficina|nuestras oficinas) (~|) cerrad*
    pt: fora (do|de|da) (escritorio|empresa|servico|cidade); (de|em|gozo de) (ferias|licenca|viagem|baixa);
        (estou|estarei|encontro me|me encontro) (~|) (ausente|fora|de ferias|em viagem); ausente; ausencia; acesso (~|) (limitado|restrito|reduzido);
        (no|ao) meu (regresso|retorno); quando (regressar|voltar|retornar); assim que (regressar|retornar|voltar)
    it: fuori (ufficio|sede|dall ufficio|dallufficio|citta);
        (in|per) (ferie|vacanza|maternita|congedo|malattia|trasferta|viaggio di lavoro|ferie estive);
        (sono|saro|siamo) (~|) (assente|fuori|assenti|in ferie); assent*; assenza; accesso (~|) (limitato|saltuario);
        (al|dopo il|appena) mio (rientro|ritorno); al rientro; non (sono|saro) (~|) (in ufficio|disponibile|raggiungibile|reperibile);
        (gli uffici|l ufficio|i nostri uffici) (~|) chius*
    nl: (niet|buiten) (op|in|het|aanwezig op|werkzaam op|bereikbaar op) (kantoor|mijn werk|het werk|werk);
        niet (~|) (aanwezig|bereikbaar|beschikbaar|werkzaam); (met|op) (vakantie|verlof|zwangerschapsverlof|zakenreis|reis|ouderschapsverlof);
        afwezig*; beperkt (~|) (toegang|bereikbaar); geen toegang tot (mijn|) (e mail|mail); (bij|na) (mijn|) terugkomst;
        (weer|terug) (op|aanwezig|bereikbaar) (kantoor|vanaf|op); ons kantoor is ~ gesloten; (vrij|ziek) en; uit het kantoor
    sv: (inte|ej) (~|) (pa kontoret|pa plats|i tjanst|tillganglig|anträffbar|nabar);
        (pa|har|tar) (semester|foraldraledig*|tjansteresa|ledig*|foraldraledighet); (franvarande|foraldraledig|tjanstledig|sjukskriven|bortrest);
        franvaro; semester; tillbaka (pa kontoret|igen|den|mandag|i tjanst); begransad (tillgang|mojlighet); ledig (~|) (till|fran|idag)
    da: (ikke) (~|) (pa kontoret|til stede|tilgaengelig|pa arbejde|traeffes);
        (pa|holder|afholder|har) (ferie|barsel|orlov|forretningsrejse|tjenesterejse|kursus|fri); fravaerende; fravaer; barselsorlov;
        tilbage (pa|igen|den|mandag); bortrejst; begraenset adgang; ude af huset; ude at rejse
    no: (ikke) (~|) (pa kontoret|til stede|tilgjengelig|pa jobb|pa plass);
        (pa|har|avvikler|tar ut|ute i) (ferie|permisjon|foreldrepermisjon|tjenestereise|reise|fri|avspasering); fravaerende; fravaer;
        tilbake (pa|igjen|den|mandag); bortreist; begrenset tilgang; ute av kontoret; ute pa reise
    fi: (poissa|lomalla|vuosilomalla|kesalomalla|matkoilla|virkamatkalla|tyomatkalla|vanhempainvapaalla|opintovapaalla|perhevapaalla|toimistolta|aitiyslomalla|talvilomalla);
        en ole (~|) (toimistolla|paikalla|tavoitettavissa|toissa); (palaan|palaa) (toihin|toimistolle|lomalta|takaisin); poissaolo*; tavoitettavissa
    pl: (na|w) (urlopie*|zwolnieniu|delegacji|podrozy sluzbowej|zwolnieniu lekarskim|wyjezdzie);
        (poza|nieobecn*) (biurem|biurze|w biurze|w pracy|do|od|w dniach); nieobecn*; nie (ma mnie|bedzie mnie) (~|) (w biurze|w pracy); przebywam;
        (po|do mojego) powrocie; ograniczony dostep; jestem nieobecn*; bede (niedostepn*|nieobecn*|dostepn*); do biura wracam
    cs: (mimo kancelar|nepritomen|nepritomna|dovolene|dovolenou|na sluzebni ceste|materske|nebudu v kanceláři|nejsem v kancelari|nemocenske);
        (na|cerpam) (dovolene|dovolenou); nepritomnost*; omezeny pristup; po navratu; zpet (v kancelari|budu); nebudu (~|) (k dispozici|k zastizeni)
    sk: (mimo kancelarie|nepritomny|nepritomna|dovolenke|na sluzobnej ceste); nepritomnost*; po navrate; nebudem (~|) k dispozicii
    hu: (szabadsagon|hazon kivul|irodan kivul|tavol|szabadsagomat); nem (vagyok|leszek) (~|) (irodaban|elerheto|bent);
        (visszatereskor|visszateresem|visszaerkezesem)
    ro: (in concediu|in afara biroului|plecat din birou|absent*|in delegatie); nu (sunt|voi fi) (~|) (birou|disponibil*); la intoarcere; acces limitat
    tr: (ofis disinda*|ofiste degil*|izinde*|yillik izin*|izinli*|tatilde*|seyahatte*|dogum izninde*);
        (ofiste|ofisimde) (olmayacagim|bulunmayacagim|bulunmamaktayim|degilim); dondugumde; yurt disinda*
    ru: (в|нахожусь в|ухожу в) (отпуске|командировке|отпуск|отпуску|декретном отпуске); (отсутствую|отсутствовать|отсутствую в офисе|отсутствия);
        (нет|не буду|не нахожусь) (~|) (на рабочем месте|в офисе|на месте); вне офиса; (после|по) (моего|) (возвращения|возвращении);
        ограничен* доступ; не на связи; на больничном
    uk: (у|в|перебуваю у) (відпустці|відрядженні); (відсутній|відсутня|відсутності); після повернення
    el: εκτός γραφείου; (σε|με) άδεια; απουσιάζω; θα απουσιάσω; κατά την επιστροφή μου; διακοπές
    he: לא נמצא במשרד; מחוץ למשרד; בחופשה; בחופש; אינני במשרד; בחו"ל
    ar: خارج المكتب; في إجازة; في اجازة; غير متواجد
    ja: 不在; 休暇; 出張中; 夏季休業; 休業; お休みをいただ; 休みをいただ; 外出中; 席を外し; 休職; 育休; 産休; 年末年始; 出社予定
    zh: 不在办公室; 不在辦公室; 休假; 出差; 外出; 度假; 放假; 請假; 请假; 年假; 产假; 病假; 无法及时; 無法及時; 不能及时; 暂时无法; 暫時無法
    ko: 부재중; 휴가; 출장; 자리를 비; 사무실에 없; 휴무; 육아휴직
    hr: (izvan ureda|godisnjem odmoru|sluzbenom putu|odsutan|odsutna); nisam (~|) u uredu
    sl: (odsoten|odsotna|dopustu|sluzbeni poti); nisem (~|) v pisarni
    bg: (извън офиса|в отпуск|отсъствам|в командировка)
    vi: (vắng mặt|nghỉ phép|không có mặt tại văn phòng|đi công tác)
    id: (di luar kantor|cuti|tidak berada di kantor|sedang cuti)
    th: ไม่อยู่ที่สำนักงาน; ลาพักร้อน; ลาหยุด
    ca: fora de l (oficina|despatx); (de|en) (vacances|baixa); absent
    et: (puhkusel|puhkan|kontorist ara|komandeeringus|ei viibi kontoris|eemal)
    lv: (atvalinajuma|prombutne|neesmu biroja|komandejuma)
    lt: (atostogauju|atostogose|nesu biure|komandiruoteje|isvykes|isvykusi)
    """
)

# What a notice adds and a person seldom does: each makes it likelier that a machine speaks.
NOTICE: Final = table(
    """
    en: (for|in) (any|case of|all|an|) (urgent|immediate|emergency|important|pressing|emergencies) (~|) (matters|matter|issues|issue|assistance|help|attention|inquiries|enquiries|requests|questions|queries|cases|concerns|please|contact);
        (if|in case|should) (~|) (urgent|immediate|emergency|urgently|immediately|pressing); in (my|his|her) absence;
        (will|shall) (respond|reply|answer|get back|be responding|reply to your message|return your) (~|) (upon|when|after|on|once|as soon);
        as soon as (possible|i can|i return|i am back|im back|i get back); (upon|on|after|when) my return;
        (when|once) i (return|am back|get back|come back);
        thank you for (your|the|contacting|writing|emailing|reaching) (email|e mail|mail|message|interest|us|note|out)*;
        thanks for (your|the) (email|e mail|mail|message|note); (limited|no|intermittent|sporadic) (~|) access;
        please (contact|call|email|e mail|reach out to|direct|refer|get in touch|write to|send) (~|) (instead|directly|at|on|my|if|colleague|assistance|assist);
        (will not|wont|not) be (forwarded|redirected|read|monitored|checked);
        (your|this) (message|email|e mail|mail) (will|has been|was) (~|) (received|forwarded|deleted|read|answered);
        automated (reply|response|message); automatic (reply|response|message|email); auto (reply|response); you can reach (me|my);
        (please|kindly) contact
    de: (in|bei|fur) (dringenden|dringende|eiligen|wichtigen) (fallen|fall|angelegenheiten|anliegen|fragen|anfragen);
        (bitte|) wenden sie sich (~|) an; wende dich (~|) an;
        (nachricht*|e mail*|mail*|email*) (wird|werden) (~|) nicht (~|) (weitergeleitet|gelesen|bearbeitet);
        (vielen dank|danke) fur (ihre|deine|die|eure) (nachricht|e mail|mail|email|anfrage); nach meiner ruckkehr; (meine|meiner) vertretung;
        vertritt mich; vertreten; wahrend meiner abwesenheit; automatisch* (antwort|nachricht|generiert*|erstellt*|erzeugt*);
        (schnellstmoglich|umgehend|baldmoglichst|so bald wie moglich|sobald wie moglich);
        (steht|stehen|hilft) (ihnen|dir) (~|) (zur verfugung|gerne|weiter|kollege|kollegin|team); kontaktieren sie; ab dem ~ wieder
    fr: (en cas d|en cas de|pour toute) (urgence|urgent|demande urgente|question urgente|besoin); en cas durgence;
        (merci|vous pouvez|veuillez|je vous invite a) (~|) (contacter|joindre|vous adresser); (a|des|apres) mon retour;
        (merci|je vous remercie) (pour|de) votre (message|mail|e mail|email|courriel); pendant (mon absence|cette periode);
        (repondrai|repondrons|traite) (~|) (retour|plus tot|delais|possible|rapidement); (reponse|message) automatique;
        ne (sera|seront) (~|) (transfere*|lu*); (bien recu|pris connaissance)
    es: (en caso de|para|por|si es|cualquier|asuntos) (urgencia|urgente|urgentes|emergencia|asuntos urgentes|temas urgentes|cualquier urgencia);
        (por favor|puede|favor de|pueden|puedes|rogamos) (~|) (contactar|contacte|comunicarse|dirigirse|dirijase|ponerse en contacto|pongase en contacto|escribir a);
        (a|en) mi (regreso|vuelta|retorno); gracias por (su|tu|el|) (mensaje|correo|email|mail|escribir*|contactar*); durante mi ausencia;
        (respondere|contestare|atendere) (~|) (antes|posible|regreso|vuelta); (respuesta|mensaje) automatic*; (lo antes posible|a la brevedad)
    pt: (em caso de|para|assuntos|caso seja) (urgencia|urgente|urgentes|emergencia|assuntos urgentes);
        (por favor|favor|queira|podera|pode) (~|) (contactar|contatar|contacte|contate|entrar em contato|entre em contato|dirigir);
        (no|ao) meu (regresso|retorno); obrigad* (por|pelo|pela) (~|) (mensagem|email|e mail|contacto|contato);
        durante (a minha|minha|este) (ausencia|periodo); (responderei|retornarei|respondo) (~|) (possivel|breve|regresso|retorno);
        (resposta|mensagem) automatica; (assim que possivel|o mais breve possivel|com a maior brevidade)
    it: (in caso di|per) (urgenze|urgenza|necessita|qualsiasi urgenza|questioni urgenti|comunicazioni urgenti|richieste urgenti|emergenze);
        (potete|puo|vi prego di|si prega di|prego|puoi) (~|) (contattare|rivolgervi|rivolgersi|scrivere); (al|dopo il) mio (rientro|ritorno);
        grazie per (il|la|) (vostro|tuo|suo|vostra|tua|sua|) (messaggio|mail|email|e mail); durante la mia assenza;
        (rispondero|leggero) (~|) (possibile|rientro|ritorno); (risposta|messaggio) automatic*; appena possibile; quanto prima
    nl: (voor|bij|in) (dringende|urgente|spoedeisende|spoed) (zaken|vragen|gevallen|kwesties|);
        (kunt|kan|kunnen) (u|je) (~|) (contact|terecht|mailen|bellen|contacteren|bereiken); neem (~|) contact op; (bij|na) mijn terugkomst;
        (bedankt|dank|dank u wel|dank je wel) voor (uw|je|jouw) (bericht|e mail|mail|email); tijdens mijn afwezigheid;
        (uw|je) (bericht|e mail|mail) wordt (~|) niet (~|) (doorgestuurd|gelezen); zo (snel|spoedig) mogelijk;
        automatisch (antwoord|bericht|gegenereerd*)
    sv: (vid|for) (bradskande|akuta|akut|bradska); (kontakta|vand dig till|maila|ring); tack for (ditt|din|er|ert) (mail|mejl|meddelande|e post);
        nar jag (ar tillbaka|kommer tillbaka|atervander); sa snart (jag kan|som mojligt); automatiskt svar; autosvar
    da: (ved|i|for) (hastende|presserende|akutte|haste*); (kontakt|kontakte) (venligst|~|) (min kollega|mine|pa|hovednummer*|kollega);
        tak for (din|jeres|) (mail|besked|henvendelse|e mail); nar jag (er|kommer) tilbage; nar jeg (er|kommer) tilbage; (hurtigst|snarest) muligt;
        automatisk svar; autosvar
    no: (ved|i|for) (hastesaker|haster|presserende|haste*); (kontakt|vennligst kontakt|ta kontakt med);
        takk for (din|) (e post*|mail*|henvendelse*|melding*); nar jeg (er|kommer) tilbake; (sa snart som|snarest|sa fort som) mulig; automatisk svar;
        autosvar
    fi: (kiireellisissa|kiireisissa|kiireellisissa asioissa); (ota|ottakaa|voitte ottaa|voit ottaa) yhteytta;
        kiitos (viestistasi|viestistanne|sahkopostistasi|yhteydenotostasi); vastaan (~|) (palattuani|viesteihin|viestiisi); automaattinen vastaus;
        sijais*
    pl: (w|sprawach|sprawy) (pilnych|pilne|nagłych) (sprawach|przypadkach|); prosze (o|) (kontakt*|kierowac|skontaktowac);
        (dziekuje|dziekujemy) za (wiadomosc|kontakt|e mail|maila|mail); po (moim|) powrocie;
        (odpowiem|odpowiedz) (~|) (po powrocie|najszybciej|mozliwe|jak najszybciej); (wiadomosc|odpowiedz) (~|) automatyczn*; zastepuje mnie
    cs: (v|ve) (nalehavych|urgentnich|neodkladnych|pripade) (~|) (pripadech|zalezitostech|potreby); (kontaktujte|obratte se|obracejte se);
        dekuji za (~|) (zpravu|e mail|email); po (mem|) navratu; automatick* (odpoved|zprava); zastupuje me
    sk: (v|vo) (nalehavych|urgentnych|sure*); (kontaktujte|obratte sa); dakujem za (~|) (spravu|e mail|email); po (mojom|) navrate; automatick*
    hu: surgos (esetben|ugyben|ugyekben); (keresse|kerem forduljon|vegye fel); koszonom (~|) (levelet|uzenetet|megkereseset);
        automatikus (valasz|uzenet)
    ro: (pentru|in) (urgente|cazuri urgente|caz de urgenta|probleme urgente); (va rog|puteti) (~|) (contactati|contacta);
        multumesc pentru (mesaj|email); (mesaj|raspuns) automat
    tr: acil (durumlarda|durumlar|konular|isleriniz|hallerde|konularda);
        (iletisime gecebilirsiniz|irtibata gecebilirsiniz|iletisime geciniz|ulasabilirsiniz); (mesajiniz|e postaniz|mailiniz) icin tesekkur*;
        dondugumde; otomatik (yanit|cevap|mesaj)
    ru: (по|в) (срочным|экстренных|срочных) (вопросам|случаях|делам); (обращайтесь|обратитесь|свяжитесь|связаться|пишите|звоните);
        (спасибо|благодарю) за (ваше|) (письмо|сообщение|обращение); (отвечу|ответить) (~|) (возвращения|возвращении|возможности|вернусь);
        автоматическ*; как только
    uk: (з|у) (термінових|невідкладних) (питань|справах|випадках); (звертайтесь|звертайтеся|зв яжіться); дякую за (ваш|) (лист|повідомлення);
        автоматич*
    el: για επείγοντα; παρακαλώ (επικοινωνήστε|απευθυνθείτε); ευχαριστώ για το (μήνυμα|email); αυτόματη
    he: במקרים דחופים; לעניינים דחופים; נא לפנות; תודה על פנייתך
    ar: للأمور العاجلة; يرجى التواصل; شكرا لرسالتك
    ja: お急ぎ; 緊急; メールありがとう; ご連絡ありがとう; 代わりに; 自動返信; 自動応答; 自動送信; 返信が遅れ; ご返信; ご迷惑; ご了承
    zh: 紧急; 緊急; 急事; 如有; 请联系; 請聯繫; 請聯絡; 尽快回复; 儘快回覆; 盡快回覆; 已收到; 收到您的; 自动回复; 自動回覆; 感谢您的; 感謝您的; 回复您; 回覆您
    ko: 급한; 긴급; 연락 주시; 연락주시; 문의; 메일 감사; 복귀 후; 확인 후; 자동
    hr: (hitnim|hitne) (slucajevima|slucaju); (obratite se|kontaktirajte); hvala na (poruci|mailu); automatsk*
    sl: nujnih (primerih|zadevah); (obrnite se|kontaktirajte); samodej*
    bg: (при|за) (спешни|спешност); моля свържете
    vi: (khẩn cấp|vui lòng liên hệ|cảm ơn)
    id: (mendesak|silakan hubungi|terima kasih)
    th: กรุณาติดต่อ; เร่งด่วน
    ca: urgencia*; gracies pel (vostre|teu)
    et: (kiireloomulis*|palun poorduge)
    lv: (steidzam*|ludzu sazinieties)
    lt: (skubiais|kreipkites)
    """
)

# What only somebody says who talks with us: such a mail is a person's, whatever else it says.
TALKS: Final = table(
    """
    en: (can|could|shall|should) we;
        lets (talk|speak|chat|meet|do|schedule|connect|catch|set|have|aim|plan|touch|try|discuss|find|reconnect|pick|book);
        (sounds|looks) (good|great|interesting|fine|perfect);
        (could|can|would|will) you (please|) (send|call|tell|share|resend|explain|clarify|give|try|ping|write|let|follow|forward|give me|confirm|provide|reach);
        (call|ping|text|try) me (again|on|next|after|when|at|back|then|in|tomorrow|later|monday|tuesday|wednesday|thursday|friday);
        (happy|glad|keen) to (talk|chat|discuss|meet|hear|speak|connect|take|jump|hop|have|see|look); (not|im) interested; (how|what) about;
        (works|work) for (me|us|you); (i|we) (ll|will) (have a look|take a look|review|look at|get back to you about|send you|discuss);
        your (proposal|offer|pricing|product|quote|demo|pitch); (remind|follow up with) me;
        (what|when|where|why|who|how) (is|are|do|does|did|would|can|will|much|many|long); send (me|us|over); (speak|talk|chat) (soon|then|next|when);
        free (on|at|next|for); (schedule|book|set up) (a|some|the) (call|meeting|time|chat|demo); (that|this) (said|being said)
    de: (konnen|konnten|wollen|sollen) wir; (lassen sie uns|lass uns); (klingt|hort sich) (gut|interessant|spannend|super);
        (konnen|konnten) sie (mir|bitte|uns|mich); kannst du; (rufen sie|ruf) mich; (kein|habe|haben) interesse;
        (passt|passte) (mir|uns|es|das|ihnen|dir); (ihr|euer|dein) angebot; (wann|wie|was|warum|wo) (ist|sind|kostet|haben|ware|passt|konnen);
        (melden sie|meld) (sich|dich) (bitte|gern|gerne|) (danach|dann|wieder|im|nachste|nochmal|noch); schicken sie (mir|uns)
    fr: (pouvons|pourrions|peut|pourrait) (nous|on); (pouvez|pourriez|peux|pourrais) (vous|tu) (me|m|nous); (appelez|rappelez|appelle|rappelle) (moi);
        (interesse|interessee|pas interesse); (ca me|cela me) (convient|va); votre (offre|proposition|produit);
        (quel|quelle|combien|quand|comment) (est|sont|serait|coute); (envoyez|recontactez|relancez) (moi)
    es: (podemos|podriamos) (hablar|quedar|ver*|vernos); (puede|puedes|podria|podrias) (enviarme|llamarme|mandarme|decirme);
        (llameme|llamame|escribame|escribeme); (me|no me) interesa; (me parece|suena) (bien|interesante); (su|tu) (oferta|propuesta|producto);
        (cuanto|cuando|como|que) (cuesta|es|podemos|seria)
    pt: (podemos|poderiamos) (falar|marcar|conversar); (pode|poderia) (me enviar|enviar me|ligar me|me ligar); (ligue me|me ligue);
        (tenho|nao tenho) interesse; (parece|soa) (bem|bom|otimo|interessante); (sua|vossa) (oferta|proposta); (quanto|quando|como) (custa|e|podemos)
    it: (possiamo|potremmo) (sentirci|parlare|vederci); (puo|puoi|potrebbe) (mandarmi|inviarmi|chiamarmi|dirmi); (mi chiami|chiamami|sentiamoci);
        (mi|non mi) interessa; (sembra|mi sembra) (interessante|buono); (vostra|sua|tua) (offerta|proposta); (quanto|quando|come) (costa|e|possiamo)
    nl: (kunnen|zullen) we; (kunt|kan) (u|je) (me|mij|ons); (bel|mail) (me|mij); (wel|geen|heb) interesse;
        (klinkt|lijkt me|lijkt mij) (goed|interessant); (uw|jullie|je) (aanbod|voorstel|offerte); (wat|wanneer|hoe) (kost|is|kunnen)
    """
)
