"""What people and their machines say of who is there: somebody has left, somebody is the wrong one."""

from __future__ import annotations

from typing import Final

from outreach.domain.reply.words.tables import table

LEFT: Final = table(
    """
    en: (no longer|not longer) (~|) (work|works|working|employed|an employee|part of|a member of|associated|affiliated) (anymore|here|for|at|by|of|in); (not|doesnt|dont|isnt|im not|am not) (work|working|employed|with|part of) (~|) (anymore|any longer|any more); (doesnt|does not|dont|do not|isnt|is not) (work|working|employed) here;
        (am|is|im|was|has been|are) no longer (with|at|working|employed|part of|an employee|a member|in the employ|here|affiliated|associated|in this role|employee|available at this);
        no longer (works|work|working|employed|part) (for|here|at|by|of|in);
        (has|have|had|ve|i) left (the|our|my|this|us|for) (company|organization|organisation|firm|business|team|role|position|employment|office|new|group|us|good|department|school|university|agency|bank)*;
        left (the|our) (company|organization|organisation|firm|business|employment|group|agency|bank);
        (has|have|ve) (moved on|departed|resigned|retired|left us|left);
        (i|ive|he|she) (have|has|) (moved on|retired|resigned) (from|to|and|as|effective)*;
        (is|am|im|has|have|now) (now|) (retired|deceased|passed away);
        (my|his|her) last (day|working day|day at|day with) (at|with|in|was|of|on|is|here); (former|ex) (employee|colleague);
        moved to (a|another|a new|different) (company|role|employer|position|job);
        (taken|accepted|started) (a|on a|) (new|another) (position|job|role|opportunity) (at|with|outside|in|elsewhere);
        ceased (to|employment|working); (new job|new position|new role) (at|elsewhere|outside); not work* here (anymore|any longer|any more|now|);
        (mailbox|email|address|account) (~|) (former employee|left the|no longer employed); parted ways
    de: nicht mehr (~|) (bei|im|fur|in|tatig|beschaftigt|angestellt|mitarbeiter|teil|arbeite|im unternehmen|in unserem|arbeitet);
        (arbeite|arbeitet|bin|ist|war) (~|) nicht (mehr|langer) (~|) (bei|fur|hier|im|in|tatig|beschaftigt|unternehmen|uns);
        (hat|habe|haben) (~|) (das unternehmen|die firma|unser unternehmen|unser haus|uns|die firma|die gesellschaft) (~|) verlassen;
        (aus|aus dem|aus unserem) (~|) (unternehmen|firma|dienst) (~|) (ausgeschieden|aus); ausgeschieden; im ruhestand;
        in (rente|pension|den ruhestand) (gegangen|); (letzter|mein letzter) (arbeitstag|tag); (neuen|anderen) (arbeitgeber|job);
        ehemalige* mitarbeiter*
    fr: (ne|n) (~|) plus (~|) (partie|travaille|dans|chez|au sein|employe*|salarie*|membre|poste); ne (travaille|fait|fais|suis|est) plus;
        n est plus (dans|chez|employe*|en poste|au|salarie*|parmi); nest plus (dans|chez|employe*|en poste|au|salarie*|parmi);
        (a|ai|avons) quitte (l|la|le|notre|mes|ses|son|ma) (entreprise|societe|fonctions|poste|groupe|equipe|lentreprise|organisation|*);
        (a|ai) quitte (lentreprise|la societe|notre societe|nos); (parti|partie|depart) (a la|en) retraite; (pris|prends|prend) (ma|sa) retraite;
        (mon|son) dernier jour
    es: ya no (~|) (trabaja|trabajo|forma|formo|labora|laboro|pertenece|esta|estoy|colabora|presta);
        (dejo|deje|ha dejado|he dejado|abandono) (~|) (la empresa|la compania|la organizacion|nuestra|esta empresa);
        (se jubilo|jubilad*|me jubile|retirad*); (mi|su) ultimo dia; no (trabaja|labora) mas
    pt: ja nao (~|) (trabalha|trabalho|faz|faco|colabora|esta|estou|pertence|exerce);
        nao (trabalha|trabalho|faz|faco|integra|pertence|esta|estou) mais;
        (deixou|deixei|saiu|sai) (~|) (empresa|companhia|organizacao|da empresa|a empresa); (aposentad*|reformad*|aposentou);
        (meu|seu|o meu) ultimo dia; nao faz mais parte; desligad* da empresa
    it: non (~|) (lavora|lavoro|fa|faccio|collabora|opera|e|sono|presta) piu; non (fa|faccio) piu parte;
        (ha|ho) lasciato (~|) (azienda|societa|lazienda|la societa|l azienda); (in pensione|pensionat*); (mio|suo) ultimo giorno
    nl: niet (meer|langer) (~|) (werkzaam|in dienst|bij|werkt|verbonden|actief|werk);
        (werk|werkt|ben|is) (~|) niet (meer|langer) (~|) (bij|werkzaam|in dienst|hier|voor);
        (heeft|heb) (~|) (het bedrijf|ons bedrijf|de organisatie|onze organisatie|ons) (~|) verlaten; uit dienst; (met pensioen|gepensioneerd);
        (mijn|zijn|haar) laatste (werkdag|dag)
    sv: (inte|ej|inte langre|ej langre) (langre|kvar) (~|) (anstalld|arbetar|kvar|jobbar|pa|inom|hos|i);
        (arbetar|jobbar|ar) (~|) (inte langre|ej langre|inte kvar); (slutat|lamnat) (sin|min|pa|hos|foretaget|vid|i); har slutat; gatt i pension;
        (min|sista|hans|hennes) sista (arbetsdag|dag)
    da: (ikke laengere|ikke mere) (~|) (ansat|arbejder|hos|i|pa|er); (arbejder|er) (~|) ikke laengere;
        (fratradt|stoppet|forladt) (~|) (stilling|hos|i|virksomheden|firmaet); (gaet pa pension|pensioneret); sidste arbejdsdag; er stoppet (i|hos|pa)
    no: (ikke lenger) (~|) (ansatt|jobber|arbeider|hos|i|pa); (jobber|arbeider|er) (~|) ikke lenger; (sluttet|fratradt) (i|hos|ved|pa); har sluttet;
        (gatt av med pensjon|pensjonert); siste arbeidsdag
    fi: (en|ei) (~|) (enaa|ole enaa) (~|) (toissa|tyoskentele|palveluksessa|yrityksessa)*; (jaanyt|siirtynyt) (~|) (elakkeelle|pois|muihin|toisen)
    pl: (nie|juz nie) (~|) (pracuje|jest pracownik*|jestem pracownik*|pracuja) (~|) (juz|w|dla|firmie|tu)*;
        (odszedl|odeszla|zakonczyl*|zakonczyla|zakonczylem|zakonczylam) (~|) (firmy|prace|wspolprace|zatrudnienie|z firmy); (na emerytur*)
    cs: (jiz|uz) (~|) (nepracuje|nepracuji|neni|nejsem) (~|); (odesel|odesla|ukoncil*) (~|) (spolecnost*|firm*|pracovni)
    sk: (uz) (~|) (nepracuje|nepracujem|nie je) (~|)
    hu: (mar nem|tobbe nem) (~|) (dolgozik|dolgozom|munkatarsa); (nem dolgozik|nem dolgozom) (mar|tobbe)
    tr: (artik|) (~|) (calismiyor|calismamaktadir|calismiyorum|calismamaktayim);
        (isten|sirketten|gorevinden|gorevimden) (ayrildi|ayrilmistir|ayrilmis|ayrildim)
    ru: (больше|уже|более) не (~|) (работает|работаю|является|сотрудник*); (уволен|уволился|уволилась|покинул|покинула)
    uk: (більше|вже) не (~|) (працює|працюю)
    ja: 退職; 退社いたし; 退社しました; 在籍しておりません; 異動いたし; 異動しました
    zh: 已离职; 已離職; 已经离职; 離職; 离开公司; 离开了公司; 不再任职; 不在本公司; 已退休; 已调离
    ko: 퇴사; 퇴직; 근무하지 않
    """
)

WRONG: Final = table(
    """
    en: (wrong|incorrect) (person|guy|contact|email|e mail|address|individual|department|number|recipient|one|team|lady|party|man|woman|company|mailbox|inbox|human|mike|john);
        (not|isnt|arent) the (right|correct|best|appropriate|proper) (person|contact|one|fit|point of contact|department|recipient|individual|address|guy|team|email|people|lady);
        (you have|youve|you ve|you) (~|) (reached|got|contacted|emailed|have) (~|) wrong;
        (i am|im|am) not (~|) (who you|whom you|the one you|the person you|your guy|responsible for|in charge|involved|the decision maker|the person);
        (i|we) (do not|dont) (handle|deal with|manage|do|make decisions|take care of|look after|oversee) (~|) (that|this|these|it|purchasing|decisions|procurement|anything|those)*;
        (not|isnt) my (area|department|responsibility|job|remit|role|field|decision|business|bag);
        (should|need to|have to|might want to|would want to|best to|better|please) (~|) (talk to|speak to|speak with|contact|reach out to|ask|email|write to|be talking to|direct) (~|) (instead|he|she|who|handles|in charge|responsible|rather|about this|the right|for this|that);
        mistaken identity; (must have|have|got) (~|) (mistaken|confused) (~|) (me|with someone|for someone); (someone|somebody) else;
        (no one|nobody|there is no|theres no) (~|) (here|by that name|named|called|of that name|by the name); never heard of;
        (intended|meant) for (someone|somebody|another|a different|me)*;
        who is this for;
        sent (this|) to the wrong
    de: (falsche|falscher|falschen|falsches) (person|ansprechpartner*|adresse|adressat*|mailadresse|e mail adresse|abteilung|kontakt|empfanger);
        (nicht|kein) (der|die|das|ihr) (richtige|richtiger|zustandige|passende|ansprechpartner) (~|) (ansprechpartner*|person|adresse|kontakt|stelle|);
        (bin|bin ich) (~|) (nicht zustandig|nicht der richtige|nicht die richtige|nicht verantwortlich|der falsche|die falsche);
        (nicht|dafur nicht|hierfur nicht) zustandig; nicht mein (bereich|zustandigkeitsbereich|thema|gebiet);
        (verwechslung|verwechseln sie|irrtumlich|verwechselt);
        (zustandig|verantwortlich) (ist|dafur|hierfur|ware) (~|) (herr|frau|kollege|kollegin|mein|unser|bei uns);
        (wenden sie sich|sprechen sie|kontaktieren sie) (~|) (besser|lieber|bitte) (~|) (an|mit)
    fr: (mauvaise|mauvais) (personne|interlocuteur|adresse|destinataire|contact|service);
        (pas|ne suis pas) (la bonne|le bon|la|l|le) (personne|interlocuteur|interlocutrice|contact|destinataire|bonne personne|bon interlocuteur|bon contact|adresse);
        (erreur|trompe*) (de|d|) (destinataire|personne|adresse|interlocuteur); (vous vous trompez|vous vous etes trompe);
        (ne suis|n est|nest) pas (en charge|responsable|concerne*|la bonne|la personne)
    es: (persona|direccion|contacto|destinatario|departamento|correo) (equivocad*|incorrect*|erron*);
        no soy (la|el|) (persona|contacto|responsable|indicad*|adecuad*|encargad*|correct*);
        (se ha|se|te has) (equivocado|confundid*|equivoca|confunde|confundio|equivoco);
        no (me corresponde|es mi area|es mi departamento|me encargo|llevo)
    pt: (pessoa|endereco|contacto|contato|destinatario|departamento|email) (errad*|incorret*);
        nao sou (a|o|) (pessoa|contato|contacto|responsavel|indicad*|cert*|correta); (enganou se|se enganou); nao e (a minha|minha) area
    it: (persona|indirizzo|contatto|destinatario|ufficio) (sbagliat*|errat*);
        non sono (la|il|) (persona|contatto|referente|responsabile|giust*|corrett*); (ha|avete|hai) sbagliato (persona|indirizzo|destinatario);
        non (mi occupo|me ne occupo|e di mia competenza|sono io)
    nl: (verkeerde|onjuiste) (persoon|adres|contactpersoon|afdeling|mailadres|ontvanger); niet de (juiste|goede) (persoon|contactpersoon|afdeling);
        (ik ga|ga ik|ben) (~|) niet (over|voor verantwoordelijk|verantwoordelijk); (verkeerd verbonden|bij de verkeerde)
    sv: (fel) (person|adress|mottagare|kontakt|avdelning); inte (ratt) (person|kontakt); (ansvarar inte|inte ansvarig)
    da: (forkert|forkerte) (person|adresse|modtager|kontakt|afdeling); ikke (den rette|rette|den rigtige) (person|kontaktperson|)
    no: (feil) (person|adresse|mottaker|kontakt|avdeling); ikke (rette|riktig|rett) (person|kontaktperson|vedkommende)
    fi: (vaara) (henkilo|osoite|vastaanottaja); en ole (~|) oikea (henkilo|yhteyshenkilo)
    pl: (zla|niewlasciwa|nieodpowiednia) (osoba|adres); (nie jestem|to nie ja) (~|) (wlasciw*|odpowiedni*|odpowiedzialn*); pomylka
    cs: (spatna|spatny|nespravna) (osoba|adresa|clovek); nejsem (~|) (spravna|spravny|ta prava)
    tr: yanlis (kisi|adres|numara|kisiye); dogru kisi degilim
    ru: (не тот|ошиблись|ошибочный) (человек|адрес|адресом|номером|); (вы|) ошиблись; (я|) не (тот|занимаюсь|отвечаю) (~|)
    ja: 人違い; 宛先違い; 担当ではありません; 担当ではござい; 担当外
    zh: 找错人; 发错人; 找錯人; 不是负责; 不负责; 发错了; 寄錯
    ko: 잘못 보내; 담당자가 아닙
    """
)
