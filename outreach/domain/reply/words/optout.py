"""How people ask to be left alone, by language (rule R8: any reasonable wording counts)."""

from __future__ import annotations

from typing import Final

from outreach.domain.reply.words.tables import table

# Requests in sentences.
ASKS: Final = table(
    """
    en: (stop|quit) (hitting|pinging|buzzing|flooding|filling|wasting|pushing|selling|marketing|promoting|trying to sell|trying to contact|stalking);
        (want|like|need|wish) (this|these|it|them|you|the texts|the emails|the messages) to stop; (want|like|wish|trying|how do i|how can i) (to|) stop (getting|receiving|these|this|the); make (~|) (these|those|them|this|it) stop;
        dont bother (emailing|texting|calling|contacting|writing|following|reaching); no (soliciting|solicitation|solicitations|marketing|promos|promotions|ads|advertising|advertisements|spam);
        no more (marketing|promos|promotions|ads|offers|advertising); (no need|no reason|dont need|do not need|not need) to (email|contact|text|call|write|message|follow up|reach out) (me|us|with me|to me|) (again|anymore|any more);
        stop the (follow|texts|emails|messages|spam|madness|calls|mails); enough (emails|texts|messages|spam|calls|mails|follow);
        (dont|do not|never|not) (have|had|given|gave|give) (~|) (permission|consent) (to|) (text|email|contact|call|message|use|for); (no longer|doesnt|does not) (owns|own|has|have|uses|use) (~|) (number|email|address|phone) (~|) (remove|stop|delete);
        unsubscribe ~ (com|net|org|example|edu|gov|de|fr|uk|io|co|es|it|nl|us); leave my (inbox|phone|email|number) alone; stay out of my (inbox|phone|email);
        (ill|will|going to) (sue|report) (you|this|if); (lawyer|attorney) (~|) (stop|cease); (withdrawing|revoking|withdrawn|revoked) (~|) (consent|permission); consent (is|has been|) (withdrawn|revoked|rescinded);
        (my name|my number|my email|me|us|number|this) (on|to) (~|) dnc; dnc list; (mark|flag|list|put) (me|us|this number) (as|down as) (do not|dont|dnc); turn (these|this|them) off;
        (deactivate|disable|turn off|end|stop|discontinue) (my|this|the|these|all|) (subscription|subscriptions|service|texts|messages|sms|notifications|alerts|emails|updates);
        (unsubscribe|opt out) (link|button|page) (~|) (broken|doesnt work|not working|dead|does not work|fails);
        (revoke|withdraw|rescind) (my|our|any|all|) (consent|permission|authorization|authorisation); (refrain|abstain) from (~|) (contact*|email*|mailing|texting|calling|sending|messaging|writing|any); (prefer|rather|appreciate) (~|) (not|didnt|dont|stop|stopped|removed|being removed|no longer) (~|) (receive|get|receiving|be contacted|email|emailed|contact|contacted|text|texted|call|called|hear|from|these|being|message|emailing|texting|sending); (do not|dont|not) (~|) (consent|give consent|give permission|give you permission|authorize|authorise) (~|); object to (~|) (processing|being contacted|marketing|use|emails|messages|your); (delete|erase|remove) (all|any) (~|) (data|information|details|records|info) (~|); (exclude|suppress|unlist) (me|us|my (email|number|address|name)|this (number|email|address)); block my (number|email|address); (request*|ask*|demand*) (~|) (removal|be removed|unsubscribed|unsubscribe|deletion|remove me|remove us|my data); you need to stop; have to stop (texting|emailing|contacting|calling|sending); (request|requesting) removal; delete (me|us) (now|please|); (take|get) (my|our) (name|number|email|address|info) (~|) (off|out); (stop|quit|cease) (texting|txting|txt|text|mail|email|sms|msging|smsing|e mailing|emailing|mailing|calling|contacting|writing|messaging|sending|spamming|bothering|harassing|pestering|bugging|soliciting|reaching out|blowing up|hitting me up|annoying|following up|phoning|ringing|disturbing|with the (emails|texts|messages|spam)|with these|with your);
        (stop|end|cease|discontinue|halt) (all|these|the|your|this|any|further|sending|with) (~|) (emails|email|e mails|mails|texts|text|messages|message|msgs|sms|contact|communication|communications|correspondence|calls|spam|mailings|newsletters|newsletter|solicitation|solicitations|outreach|harassment|crap|nonsense|junk);
        (please|pls|plz|just|i said|told you to|asked you to|asking you to|want you to|need you to|can you|could you|would you|will you) (just|please|) stop (it|this|that|now|already|immediately|all|please|thanks|);
        make (it|this|them) stop;
        (please|pls|plz|kindly|just|can you|could you|will you|would you|can i|could i|may i|to be|be) (please|) (unsubscribe|unsubscribed|unsub);
        unsubscribe (me|us|my|this (email|address|number|account|mail|e mail|person)|immediately|now|asap|please|pls|thanks|thank|from (your|this|these|all|any|future)|all|her|him|our);
        (want|like|wish|wanted|need|how do i|how can i|how to|trying to|tried to|asking to|request to|asked to|choose to|id|let me|going to|would) (~|) (unsubscribe|be unsubscribed|opt out|be removed|be taken off|stop receiving|be deleted);
        i (hereby|) unsubscribe; (is there|where is|wheres|send me|whats) (~|) unsubscribe; (am|im) unsubscribing (now|from your|from this|from these|please|thanks);
        (remove|delete|erase|unlist) (me|us|my (number|email|e mail|name|address|data|details|info|information|contact|phone|cell|account|record|records|personal data)|our (number|email|name|address|data|details|info|contact)|this (number|email|address|e mail|phone|contact)) (off|from|out|of|now|immediately|please|asap|thanks|);
        (take|strike|drop|scrub|scratch|cross|wipe|pull) (me|us|my (number|email|e mail|name|address)|this (number|email|address)) (off|from|out);
        (remove|delete|take) (~|) (from|off) (your|this|the|any|all|these|ur) (~|) (list|lists|database|mailing|mailings|contacts|system|crm|records|distribution|campaign|emails|texts|outreach|sequence|cadence|sms|marketing|email list);
        (get|keep) (me|us|my (name|number|email|address)) (off|out|out of|away);
        (off|from) (your|this|ur|the) (mailing list|email list|text list|call list|contact list|calling list|distribution list|spam list|marketing list|sms list|list|lists);
        (want|like|wish|need|asked|asking|request*|demand) (~|) (off|removed|out of) (~|) (list|this|lists|database|your|these)*;
        opt (me|us|my number|this number|my email) out; (opt|opting|opted) (us|me|) out; optout; opt out; (i|we) (~|) opt out;
        (revoke|withdraw|rescind|retract|cancel) (my|our|any|all) (~|) (consent|permission|authorization|subscription|authorisation);
        (cancel|end|terminate|discontinue) (my|our|this|these|all|any|your) (~|) (subscription|emails|texts|messages|newsletter|mailings|sms|notifications|membership);
        no more (~|) (emails|email|e mails|texts|text|txt|txts|messages|mails|mail|calls|contact|spam|sms|msgs|follow ups|followups|newsletters|of these|of this|correspondence|communication);
        no (further|additional|future|other) (~|) (emails|texts|messages|mails|calls|contact|communication|communications|correspondence|outreach|follow ups);
        (leave|let) (me|us) (the (hell|fuck) |) (alone|be|in peace);
        (lose|loose|forget|delete|erase|burn) my (number|email|e mail|address|contact|info); (do not|dont|never|please not|no longer|not) (ever|) (contact|e mail|email|mail|text|call|message|msg|write|write to|bother|phone|ring|sms|spam|disturb|solicit|approach|reach out to|reach out|harass) (me|us|my|this (number|email|address)|here|again|back|any|anymore|to me) (again|anymore|any more|any longer|ever|further|with|about|);
        (do not|dont|never|please not) (ever|) (send|write|forward) (me|us|any|anymore|anything|these|this|more|to|further|another|such|stuff);
        (do not|dont|no longer|not|never) (~|) (want|wish|care|need|like|interested|desire|consent|agree|authorize|willing|asked|ask|allow) (~|) (to (receive|get|hear|be contacted|be emailed|be texted|be called|be on|see|be bothered)|in (receiving|getting|hearing)|(any more|more|any|further|your|these|this|those) (emails|e mails|email|mails|texts|text|messages|message|calls|contact|mail|spam|sms|newsletters|newsletter|communications|communication|solicitation|junk|crap|stuff|kind of emails)|emails|texts|messages|spam|marketing|solicitations);
        (do not|dont) (~|) want (~|) (you|u) (~|) (contact*|email*|text*|call*|writ*|messag*); cease and desist;
        (cease|discontinue) (all|any|contact|communication*|further|sending|emailing|texting);
        (put|add|place) (me|us|my number|this number|my email) (on|to) (~|) (do not|dont|no) (~|) (contact|call|email|text|list);
        do not (contact|call|email|disturb) (list|registry);
        take me off (this|the|your|ur|that|all|any|of|please|now|list|lists|immediately|asap|thanks|it|everything);
        (blocking|blocked|block|reporting|reported|report) (you|u|this number|this sender|your (number|email)|this|as spam|you as spam|for spam);
        (right to|be) (erasure|forgotten); (enough|sick|tired|fed up) (of|with) (~|) (emails|texts|messages|spam|these|this|you|your)*;
        (knock it off|give it up|give it a rest|cut it out|quit it|quit this|stop it);
        unwanted (emails|texts|messages|communication|calls|solicitation*);
        (no|not) (~|) interested (~|) (stop|remove|unsubscribe|dont contact|take me|please stop|delete);
        wrong number (~|) (stop|remove|delete|dont text|lose|please stop|unsubscribe|take);
        (text|email|message|contact|call|write|mail) me (no more|never again);
        never (text|email|message|contact|call|write|mail|write to) (me|us|here|this)
    de: (stellen|stell|stellt) (sie|) (bitte|) (die|den|das|ihre|alle|jede) (~|) ein; verzichte auf (~|) (mails|nachrichten|werbung|zusendungen|e mails|kontakt*); um (~|) (loschung|entfernung|austragung|abmeldung) (~|) (daten|adresse|liste|verteiler|nummer|kontakt*|); (melden sie sich|meldet euch|meld dich|melde dich) (bitte|) (nicht|nie) mehr; verschon* (sie|) (mich|uns) (~|);
        (von|aus) (der|dieser|ihrer|eurer|allen) (mailingliste|liste|verteilerliste|mailliste|adressliste) (nehmen|streichen|loschen|entfernen|austragen|runter|raus); (kein|keine|keinen|keinerlei) (~|) erwunscht; (sehen|sieh|seht) (sie|) (bitte|) von (~|) (mails|e mails|nachrichten|kontaktaufnahme*|kontakten|anrufen|zusendungen|werbung|weiteren) (~|) (ab|); (unterlassen|unterlasst) (sie|) (es|das|bitte|dies|kunftig); (streichen|austragen|abmelden|entfernen|loschen) sie (mich|uns); (newsletter|verteiler|liste) (~|) (abgemeldet|abmelden|ausgetragen|entfernt|gestrichen|raus); (mails|kontakt|nachrichten|werbung|kontaktaufnahme|anrufe|zusendungen) (~|) (unerwunscht|nicht erwunscht|nicht mehr erwunscht|mehr erwunscht); (alle|meine|adresse|nummer|daten|mailadresse|kontaktdaten|kontakt|e mail adresse) (~|) loschen; vergessen sie (mich|meine|uns); keine (weiteren|weitere|mehr|) (~|) (mails|mail|e mails|emails|e mail|email|nachrichten|nachricht|sms|newsletter|werbung|anrufe|kontaktaufnahme|kontakt|anfragen|werbemails|werbe mails|zuschriften|angebote|info*) (~|) (mehr|senden|schicken|zusenden|bitte|wunscht|erwunscht);
        (nehmen|nehmt|nimm|streichen|streicht|streich|loschen|loscht|losch|losche|entfernen|entfernt|entferne|entfern|tragen|tragt|trag|werfen) (sie|) (mich|uns|meine|meinen|unsere|diese|bitte|die) (~|) (aus|vom|von der|adresse|nummer|daten|e mail*|mail*|namen|kontakt*|raus);
        aus (~|) (verteiler|liste|mailingliste|datenbank|adressliste|kartei|verteilerliste|newsletter|kontaktliste) (~|) (entfernen|nehmen|streichen|loschen|austragen|raus|entfernt|genommen|gestrichen|geloscht|);
        (horen|hort|hor) (sie|) (bitte|endlich|doch|) auf; (aufhoren|unterlassen|einstellen) (~|) (schreiben|senden|schicken|mails|belastigen)*;
        (unterlassen|stoppen|beenden|unterlasst|stoppt) (sie|) (~|) (mails|nachrichten|werbung|sms|belastigung|kontakt*|zusendung*|weitere|das|dies|anrufe|spam|e mails|emails);
        (schreiben|schreibt|schreib|kontaktieren|kontaktiert|kontaktier|mailen|mailt|rufen|ruft|ruf|senden|schicken|sendet|schickt|schick|belastigen|anschreiben|anrufen|nerven|nerv) (sie|) (mir|mich|uns|) (bitte|) (nicht|nie|nichts|keine|kein) (mehr|wieder|weiter*|mails|nachrichten|e mails|sms|werbung);
        (mochte|mochten|will|wollen|wunsche|wunschen) (~|) (keine|keinen|nicht) (~|) (mails|mail|e mails|emails|nachrichten|sms|werbung|newsletter|kontakt|kontaktiert|angeschrieben|angerufen|post|infos|zusendung*|weiteren|mehr|belastigt);
        (nicht|nie) (mehr|wieder|weiter) (~|) (kontaktieren|anschreiben|schreiben|anrufen|melden|mailen|kontaktiert|behelligen|belastigen|angeschrieben);
        (mich|uns) (~|) (abmelden|abbestellen|austragen|abgemeldet|ausgetragen|aus ihrem|aus eurem|aus dem verteiler);
        (bitte|hiermit|newsletter|kann ich|wie|melden sie mich|meldet mich|meld mich) (~|) (abmelden|abbestellen|austragen|kundigen|abmeldung|ab);
        (newsletter|mails|abo|abonnement|sms) (~|) (abbestellen|abmelden|kundigen|stornieren);
        (lass|lassen sie|lasst) (mich|uns) (~|) (in ruhe|in frieden);
        (widerrufe|widerruf|widerspreche|widerspruch) (~|) (einwilligung|nutzung|werbung|verwendung|verarbeitung|kontakt*|daten|zusendung)*;
        (loschen|losch|loscht|losche) (sie|) (bitte|) (meine|alle|unsere|die) (~|) (daten|nummer|adresse|e mail*|mail*|kontaktdaten|mailadresse);
        (verpiss|verpisst|verzieht|hau ab); kein (interesse|bedarf) (~|) (keine|loschen|entfernen|nicht mehr|aufhoren|abmelden|verteiler);
        (mich|uns) (bitte|) (in ruhe); (nie wieder|nicht mehr) (schreiben|anschreiben|kontaktieren|melden|mailen);
        (werbung|spam) (~|) (unerwunscht|einstellen|unterlassen)
    fr: merci (darreter|de stopper|de cesser) (~|); (merci de|veuillez|priere de|svp|vous demande de) ne plus (~|); plus aucun* (message|mail|email|sms|appel|courriel|publicite); plus de (pub|pubs|publicite|publicites|spam|demarchage); (nenvoyez|necrivez|nappelez|mecrivez|menvoyez|mappelez) plus; moppose a (tout|toute|ce|cette|la|votre|vos|lutilisation);
        stop (aux|a|au|les|vos|de|avec|) (~|) (mails|mail|messages|sms|emails|pubs|pub|courriels|appels|newsletters|spam|e mails|publicites|publicite|textos); ne (m*|me|nous) (~|) plus; (nenvoyez|envoyez) plus (~|); n (envoyez|ecrivez|appelez) plus; (oubliez|oublie) (moi|nous); (se|me|vous) desabonner; (suppression|retrait|radiation) (de|du|des) (~|) (liste|base|donnees|adresse|numero); (arretez|arrete|cessez|cesse|stoppez|arreter|cesser) (aux|a|au|de|d|d*|m*|vos|ces|les|tout|toute|avec|ca|cela|immediatement|svp|maintenant|s il|sil|tes|votre|le|la) (~|);
        (desabonnez|desinscrivez|desabonne|desinscris|retirez|supprimez|enlevez|retire|supprime|enleve|radiez|effacez|rayez|sortez) (moi|nous|mon|mes|ma|mon adresse|notre|cette|ce|de votre);
        (me|m|nous) (desabonner|desinscrire|retirer|supprimer|enlever|desabonne|desinscris);
        (me|moi|nous|pour|veux|souhaite|comment|voudrais) (~|) (desabonner|desinscrire|desabonnement);
        plus (~|) (recevoir|de mails|de mail|d emails|demails|de messages|d e mails|de sms|de courriels|de courriel|de newsletters|d appels|dappels|etre contacte*|etre sollicite*|etre derange*|de vos);
        ne (plus|pas|m|me) (~|) (contacter|contactez|ecrire|ecrivez|appeler|appelez|envoyer|envoyez|relancer|relancez|solliciter|derangez|recontactez|contacte*);
        ne (m|me|nous) (~|) plus; (laissez|laisse|foutez|fous|fichez) (moi|nous) (~|) (tranquille*|paix|la paix);
        (retirer|supprimer|enlever|effacer|retirez|supprimez) (~|) (de|liste|listes|fichiers|base|donnees|coordonnees|adresse|numero|contact);
        (de|dans) (votre|vos|cette|la) (~|) (liste|listes|base|fichier|fichiers|mailing) (~|) (retir*|supprim*|enlev*|desinscr*);
        (n ai pas|je ne) (~|) (donne|consens|souhaite|veux|desire) (~|) (plus|pas) (~|) (recevoir|mails|messages|etre|vos|sms|contact*|emails|courriels);
        (ne veux|veux|ne souhaite|souhaite) plus (~|) (mails|messages|recevoir|sms|emails|etre|vos|entendre); (je me|) desabonne; (fiche|lache) moi;
        (retrait|opposition) (~|) (consentement|liste|donnees|traitement); (oubliez|perdez) mon (numero|adresse|mail|email);
        (degage*|cassez vous|casse toi)
    es: alto a (los|las|sus|estos|estas) (mensajes|correos|llamadas|emails|sms); no (llamen|llame|escriban|escriba|contacten|contacte|envien|envie|manden|mande) mas; no (vuelva|vuelvan|vuelvas) a (~|);
        no (molestar|molesten|moleste); (eliminen|elimine|borren|borre|supriman|quiten) (~|) (datos|numero|correo|contacto|nombre); (darse|dar|darme|dame) baja; (deje|dejen|deja|pare|paren|para|parad|dejad|dejar|parar|deje ya) (ya|) (de|con) (~|) (enviar*|mandar*|escribir*|contactar*|llamar*|molestar*|mensajes|correos|emails|spam|insistir|joder|acosar*);
        (quitame|quiteme|quitenme|quitarme|borrame|borreme|borrenme|borrarme|eliminame|elimineme|eliminenme|eliminarme|sacame|saqueme|saquenme|sacarme|remuevame|remuevanme|retireme|retirenme|retirarme|desuscribanme|desuscribame|desuscribeme|desuscribirme|desapuntame|desapunteme|desinscribirme);
        (quitar|quite|quiten|borre|borren|borra|borrar|elimine|eliminen|elimina|eliminar|saque|saquen|retire|retiren|remover|remueva*) (~|) (mi|mis|nuestro*|este|de su lista|de la lista|de sus|de tu lista|de esta lista|de vuestra) (~|) (correo|numero|email|datos|nombre|contacto|direccion|lista|listas|base|telefono|mail|);
        (darme|dame|deme|denme|dar|darnos|darse|doy|damos|de) (me|) de baja;
        (quiero|quisiera|deseo|solicito|pido|favor de|como) (~|) (baja|desuscribirme|cancelar la suscripcion|desuscribir|darme de baja|darse de baja|dejar de recibir);
        (cancelar|cancele|cancelen|cancela|anular|anulen) (~|) (suscripcion|mensajes|correos|envios|sms|emails|subscripcion);
        no (~|) (mas|quiero mas|deseo mas) (mensajes|correos|emails|mails|sms|textos|llamadas|spam|publicidad|correo|informacion);
        no mas (~|) (mensajes|correos|emails|por favor|gracias|de esto|textos|sms|llamadas|spam);
        no (me|nos) (vuelva*|vuelvas|escriba*|escriban|escribas|envie|envien|envies|mande|manden|mandes|contacte|contacten|contactes|llame|llamen|llames|moleste|molesten|molestes|siga|sigan|sigas) (~|);
        no (quiero|deseo|queremos|deseamos|quisiera) (~|) (recibir|mas|seguir recibiendo|que me|mensajes|correos|saber|ser contactad*|sus|tus|emails|contacto);
        no (enviar|mandar|contactar|escribir|llamar|molestar|envien|envie|manden|escriban|contacten) (~|) (mas|mensajes|correos|nada|emails)*;
        (dejeme|dejenme|dejame|dejadme) (~|) (en paz|tranquil*);
        (revoco|retiro|revocar|cancelo) (~|) (consentimiento|autorizacion|permiso|suscripcion);
        (ya no) (~|) (quiero|deseo|me) (~|) (recibir|mensajes|correos|envien|escriban|contacten|manden|mas|emails|mande|escriba|envie);
        (olvide|borre|pierda|olvida) mi (numero|correo); (larguese|largate|vayanse|vete a); basta (de|ya|con); fuera de (su|tu|la) lista
    pt: (cancelem|cancele|cancelar) (a|) (minha|meu|inscricao|assinatura) (~|);
        (pare|parem|parar) com (isso|isto|essas|esses|as|os|estas|estes); (desinscrever|desinscreva|desinscrevam|desinscrevo) (~|); (remover|retirar|excluir|apagar|remova|retire|exclua) (o|a|) (meu|minha|meus|nosso) (~|); nao (perturbe*|incomode*|importune*); (pare|parem|para|parar|deixe|deixem) (ja|) (de|com) (~|) (enviar*|mandar*|escrever*|contatar*|contactar*|ligar*|incomodar*|mensagens|emails|spam|me);
        (remova|removam|retire|retirem|retira|tire|tirem|exclua|excluam|apague|apaguem|elimine|eliminem|cancele|descadastre|descadastrem) (~|) (me|meu|minha|meus|o meu|a minha|nosso|esse|da lista|da sua|de sua|dessa lista|desta lista|inscricao|assinatura|subscricao);
        (me|nos) (remova|removam|retire|retirem|tire|tirem|exclua|descadastre|tira|remove|apague|deixe em paz|deixem em paz|exclui);
        (quero|gostaria de|desejo|queria|como|pretendo|solicito) (~|) (sair da lista|cancelar|descadastrar|remover|ser removid*|descadastro|cancelar a|cancelar inscricao|deixar de receber|parar de receber|anular);
        (cancelar|cancele|anular) (~|) (inscricao|assinatura|subscricao|mensagens|envio|emails|cadastro);
        nao (quero|desejo|queremos|gostaria) (~|) (receber|mais|mensagens|emails|que|contato|contacto|ser contatad*|suas);
        nao (me|nos) (envie|enviem|mande|mandem|escreva|escrevam|contate|contatem|contacte|contactem|ligue|liguem|incomode|incomodem|perturbe*|volte*|chame*) (~|);
        nao (envie|enviem|mande|mandem|contate|contactem|contacte|escreva*|entre|entrem|ligue|liguem) (~|) (mais|mensagens|emails|nada|contato|me)*;
        (chega|basta) (de|com) (~|); (sem|nao|nada de) mais (mensagens|emails|contatos|contactos|sms|ligacoes);
        (deixe|deixem) me (~|) (em paz|sossegad*); (revogo|retiro|cancelo) (~|) (consentimento|autorizacao|inscricao);
        (tire|tirem|retire|remova|apague) (~|) (da|de|do) (~|) (lista|base|mailing|cadastro); sair da lista;
        (esqueca|apague|perca) o meu (numero|email); (sair|descadastrar|descadastro) (~|) (lista|newsletter)
    it: (cancellazione|rimozione) (dei|del|della|dal|dalla|mio|miei) (~|) (dati|indirizzo|contatto|numero|lista|nominativo); come (mi|posso|faccio a) (~|) (cancell*|disiscriv*);
        (rimuovi|rimuova|rimuovete|cancella|cancelli|togli|elimina|elimini|eliminate|togliete) (il|la|i|lo) (mio|mia|miei|nostro) (~|); (cancellazione|rimozione|disiscrizione) (da|dal|dalla|dalle) (~|); non (disturbare|disturbate); (smetta|smettete|smetti|smettila|smettetela|smetterla|smettere|basta|la smetta|finitela|finiscila|piantatela|piantala) (di|con|a) (~|);
        (cancellatemi|cancellami|cancellarmi|rimuovetemi|rimuovimi|rimuovermi|toglietemi|toglimi|togliermi|eliminatemi|eliminami|eliminarmi|disiscrivetemi|disiscrivimi|disiscrivermi|depennatemi|levatemi);
        (mi cancelli|mi rimuova|mi tolga|mi elimini|mi disiscriva|mi tolga);
        (cancellare|cancellate|cancelli|rimuovere|rimuovete|rimuova|togliere|togliete|tolga|eliminare|eliminate|elimini|disiscrivere) (~|) (il mio|la mia|i miei|dalla|dal|dalle|mio|mia|dai|iscrizione|indirizzo|numero|contatto|lista|mailing|nominativo);
        (vorrei|voglio|desidero|come|chiedo di|posso) (~|) (cancellarmi|disiscrivermi|essere rimoss*|essere cancellat*|essere tolt*|disdire|annullare|non ricevere);
        non (voglio|desidero|vogliamo|vorrei|intendo) (~|) (ricevere|piu|messaggi|mail|email|essere contattat*|vostre|altre);
        non (mi|ci) (scriv*|contatt*|mand*|invi*|chiam*|disturb*|cerc*|telefon*) (~|) (piu|);
        (non) (inviate*|inviatemi|mandate*|mandatemi|scrivete*|scrivetemi|contattate*|contattatemi|chiamatemi|inviarmi|contattarmi|scrivermi|mandarmi|chiamarmi) (~|) (piu|);
        (niente|nessun*|stop a|no) (piu|altre|altri|altra) (mail|email|messaggi|sms|comunicazioni|contatti|chiamate|e mail);
        (lasciatemi|lasciami|mi lasci|lasciateci) (~|) (in pace|stare|perdere); (revoco|ritiro|revocare) (~|) (consenso|autorizzazione);
        (annullare|annullate|disdire|disdico|annulla|cancellare) (~|) (iscrizione|abbonamento|invio|newsletter);
        basta (messaggi|email|mail|sms|spam|con|cosi|grazie); dalla (vostra|sua|tua) (lista|mailing list)
    nl: (wilt u|wil je|kunt u|kun je) (mij|me|ons) (uitschrijven|afmelden|verwijderen);
        (graag|wilt u|wil je|kunt u|kun je|gelieve) (~|) (uit de lijst|van de lijst|uitschrijven|verwijderen uit|af te melden|afmelden); afmelden (van|voor|nieuwsbrief|nieuwsbrieven);
        stop (hiermee|daarmee|met); niet (meer|langer) (~|) (benaderen|benaderd|bellen|mailen|schrijven|storen|contacteren); niet storen; (stop|stopt|houd|hou|houdt|kap) (u|) (~|) (met|op|ermee) (~|);
        (haal|haalt|verwijder|verwijdert|schrijf|schrap|gooi|wis|meld|doe) (u|) (mij|me|ons|mijn|onze|dit) (~|) (van|uit|af|lijst|bestand|gegevens|nummer|adres|e mail*|mail*|aub|alstublieft|graag|svp|);
        (mij|me|ons) (~|) (uitschrijven|afmelden|verwijderen|van de lijst|uit uw|van uw lijst|uit het bestand|schrappen|af te melden|uit te schrijven);
        (wil|graag|willen|kunt u|kan je|hoe kan ik|hierbij|gelieve|wens) (~|) (afmelden|uitschrijven|verwijderd worden|uitgeschreven|afgemeld|verwijderen|uit te schrijven|af te melden);
        (geen|niet) (~|) (meer|verdere) (~|) (mails|mail|e mails|berichten|emails|sms|sms jes|reclame|contact|nieuwsbrieven|ontvangen|mailen|benaderen|benaderd|schrijven|bellen|sturen|contacteren|worden|lastig*|spam|appen);
        (geen|nooit) (~|) (mails|mail|e mails|berichten|emails|sms|contact|reclame|spam) (~|) (meer|sturen|opnemen|aub|alstublieft|van u|graag);
        (wil|wens|willen|hoef) (~|) (geen|niet) (~|) (mails|mail|berichten|e mails|emails|contact|benaderd|ontvangen|meer|reclame|lastig*);
        (mail|bel|schrijf|stuur|benader|contacteer|app|val|sms) (mij|me|ons) (~|) (niet|nooit|geen|niets) (meer|mails|berichten|lastig|);
        (laat|laten) (mij|me|ons) (~|) (met rust); (trek|intrek*) (~|) toestemming (~|);
        van (uw|jullie|de|deze) (~|) (lijst|mailinglijst|verzendlijst|maillijst); (nieuwsbrief|mails|abonnement) (~|) (opzeggen|afmelden|stopzetten);
        (rot op|donder op|flikker op|opgehoepeld)
    pl: (prosze|prosimy) o (~|) (niewysyl*|nieprzesyl*|niekontakt*|niedzwon*); koniec (z|) (wiadomosci|maili|smsow|spamu|reklam);
        nie (wysylac|pisac|dzwonic|kontaktowac|przysylac) (~|); koniec z (~|) (mailami|wiadomosciami|spamem|smsami|tym|telefonami); (wypisuje|wyrejestrowuje) sie; nie (niepokoic|przeszkadzac); (prosze|prosimy|chce|chcialbym|chcialabym|zadam|mozecie|jak|moge) (~|) (wypis*|usun* (~|) (mnie|moj*|nas|z listy|z bazy|dane|danych|numer|adres|mail*|kontakt)|przesta*|rezygn*|zaprzesta*|nie wysyl*|nie pis*|nie kontakt*|nie dzwon*|nie przysyl*|skresl*|wykresl*);
        (wypisz|wypiszcie|usun|usuncie|wykreslcie|skreslcie|skresl|wyrejestruj*) (~|) (mnie|moj|moje|nas|nasz|ten|z listy|z bazy);
        (nie|zadnych|bez|koniec|dosc) (~|) (wiecej|dalszych) (~|) (maili|wiadomosci|mejli|e maili|smsow|sms|kontaktu|telefonow|spamu);
        (nie chce|nie zycze|nie zyczymy|nie chcemy|nie wyrazam) (~|) (maili|wiadomosci|otrzymywac|dostawac|kontaktu|sobie|wiecej|zgody|mejli|zadnych|smsow);
        nie (pisz|piszcie|wysylaj|wysylajcie|kontaktuj|kontaktujcie|dzwon|dzwoncie|przysylaj|przysylajcie|prosze pisac) (~|) (do mnie|wiecej|juz|sie|mi|nic|);
        (przestan|przestancie|skonczcie|skoncz) (~|) (pis*|wysyl*|dzwon*|kontakt*|przysyl*|spam*|mnie|nekac|juz);
        (rezygnuje|cofam|wycofuje) (~|) (zgod*|subskrypcj*|newsletter*|z)*; (dajcie|daj) mi (swiety|) spokoj;
        (usun|usuncie|usunac|prosze usunac) (~|) (dane|numer|adres|mail*|kontakt); zostaw* mnie (w spokoju|);
        (wypisac|wypisanie|wypisanie sie) (~|) (list*|newsletter*|mnie|sie)
    sv: (avsluta|stoppa|avbestall) (~|) (utskick*|mejl*|mail*|sms*|prenumeration*|nyhetsbrev*); lamna (mig|oss) (ifred|i fred); (hur|vill) (~|) (avregistrer*|avanmal*|avprenumerer*) (~|);
        skicka (inget|inte|ingenting|inga) (~|); hor (inte|aldrig) av (er|dig) (~|); stor (inte|ej); (sluta|slutar|upphor|upphora) (~|) (skicka|mejla|maila|mejla mig|kontakta|skriva|ringa|sms*|spamma|hora|med|tjata|stora);
        (ta|tag|plocka|stryk|avregistrera|avanmal|radera) (~|) (mig|min|mina|mitt|oss|vart|var adress);
        (avregistrera|avanmala|avprenumerera) (~|) (mig|oss|fran|);
        (vill|onskar|undanber) (~|) (inte|ej|inga|inget|mig|slippa|avregistrera*|avsluta*|avprenumerera) (~|) (fler|ha|mejl|mail|meddelanden|bli|langre|kontaktad|utskick|kontakt|mer|sms|fran|vidare)*;
        (inga|inte|ej) (fler|mer|flera) (~|) (mejl|mail|meddelanden|sms|utskick|samtal|e post|tack|kontakt);
        (skicka|mejla|maila|kontakta|ring|skriv|sms a|messa) (~|) (inte|ej|inga|aldrig) (~|) (mer|mera|fler|mig|igen|langre|mejl|);
        (lamna|lat) (mig|oss) (~|) (i fred|vara); (aterkallar|drar tillbaka) (~|) samtycke;
        fran (er|din|eran|denna) (~|) (lista|utskickslista|sandlista|maillista|mejllista|databas|register);
        (vill|onskar) (~|) bli (~|) (borttagen|avregistrerad)
    da: (oensker|onsker|vil) ikke (~|) (kontaktet|kontaktes); hvordan (afmelder|framelder) (~|);
        (vil|oensker|onsker) (~|) (afmeldes|frameldes|slettes|fjernes); (ikke|aldrig|aldri) (send|sende|kontakt|kontakte|ring|ringe|skriv|skrive|mail) (~|); (stop|hold op|lad vaere) (~|) (med|at) (~|) (sende|skrive|kontakte|maile|ringe|sms*|spamme|det|jeres|dine);
        (fjern|slet|afmeld|frameld|tag|meld) (~|) (mig|os|min|mit|mine|fra|af|venligst);
        (oensker|onsker|vil|gider) (~|) (ikke|ingen|afmelde*|framelde*|fjernes|slettes) (~|) (modtage|flere|have|mere|mails|kontaktes|beskeder|hore|laengere|mig|fra)*;
        (ikke|ingen) (flere|mere) (~|) (mails|beskeder|sms*|mail|henvendelser|tak|opkald|kontakt|reklamer);
        (skriv|send|kontakt|ring|mail) (~|) (ikke|aldrig|ingen) (~|) (mere|flere|igen|til mig|mig|mails|laengere|);
        (lad mig|lad os) (~|) (vaere|i fred); (afmelde|framelde) (~|) (mig|nyhedsbrev*|fra)*;
        fra (jeres|din|denne|listen) (~|) (liste|mailingliste|maillist*|database); (traekker|tilbagetraekker) (~|) samtykke
    no: (onsker|vil) ikke (~|) (kontaktet|kontaktes|kontaktet); hvordan (melder|avslutter) (~|) av;
        (ikke|aldrig|aldri) (send|sende|kontakt|kontakte|ring|ringe|skriv|skrive|mail) (~|); (slutt|stopp|la vaere) (~|) (a sende|a skrive|a kontakte|a ringe|a maile|med|a mase|a spamme|a sms*);
        (fjern|slett|meld|ta|stryk) (~|) (meg|oss|min|mitt|mine) (~|) (fra|av|bort|epost*|nummer*|adresse*|);
        (onsker|vil) (~|) (ikke|ingen|melde|avslutte) (~|) (motta|flere|ha|mer|mailer|kontaktes|meldinger|hore|lenger|av|eposter|e post*);
        (ikke|ingen) (flere|mer) (~|) (eposter|meldinger|sms*|mailer|henvendelser|takk|e poster|e post|epost);
        (skriv|send|kontakt|ring|mail) (~|) (ikke|aldri|ingen) (~|) (mer|flere|igen|igjen|til meg|meg|); la meg (~|) (vaere|i fred);
        (melde|meld) (~|) (meg|) av; fra (deres|din|denne|listen) (~|) (liste|epostliste|mailingliste|database)
    fi: (lopeta|lopettakaa|lopettaisitteko) (~|) (viest*|sahkopost*|lahett*|hairit*|soitt*|yhteyden*|nama|tekstivies*|mainos*);
        (poista|poistakaa|poistakaa|poistatteko|poistaisitteko|ottakaa) (~|) (minut|tietoni|numeroni|osoitteeni|meidat|sahkopostini|yhteystietoni) (~|);
        (en|emme) (~|) (halua|haluaisi|toivo) (~|) (viest*|sahkopost*|enaa|enempaa|vastaanottaa|tekstivies*|mainos*);
        (alkaa|ala) (~|) (enaa|lahett*|ota|ottako|soit*|kirjoit*|hairit*);
        ei (enaa|enempaa) (~|) (viest*|sahkopost*|kiitos|mainoksia|tekstivies*|yhteydenottoja);
        (peruuta|peruuttakaa|perun|peru) (~|) (tilaus*|uutiskirje*); (jattakaa|jata) minut rauhaan;
        (pois|poistaa) (~|) (listalta|postituslistalta|rekisterista)
    cs: (prestante|prestan) (~|) (posil*|psat|volat|kontaktovat|obtezovat|spamovat|mi);
        (vyrad*|odhlas*|smaz*|odstran*|vymaz*|vyskrt*) (~|) (me|mne|muj|moje|mou|nas|z);
        (nechci|neprejeme|neprejí|nepreji) (~|) (dostavat|dalsi|si|emaily|zpravy|vase|maily|kontakt*|byt);
        (uz|jiz|vice) (~|) (nepis*|neposil*|nekontakt*|nevol*); (neposilejte|nepiste|nekontaktujte|nevolejte) (~|) (mi|mne|me|uz|);
        (zadne|zadny) (dalsi|) (~|) (emaily|zpravy|maily|e maily|sms); (dejte|dej) mi (pokoj); (nechte|nech) me (na pokoji|byt);
        (odvolavam|rusim) (~|) (souhlas|odber); (odhlasit|zrusit) (~|) (odber|me|newsletter*|se); chci (se|) (~|) odhlasit
    tr: (listenizden|listeden|listenden) (~|) (cikarin|cikar|silin|cikariniz|cikartin); (artik|bir daha|lutfen|bana|) (mesaj|mail|e posta|sms|email) (~|) (atmayin|gondermeyin|atma|gonderme|istemiyorum|yollamayin|atmayiniz|gondermeyiniz|almak istemiyorum);
        (beni|numarami|adresimi|mailimi) (~|) (listenizden|listeden|cikarin|silin|cikartin|sil|cikar|cikariniz|siliniz|aramayin|rahat birakin|rahatsiz etmeyin);
        (abonelikten|listeden) (cik*|ayril*); (iptal) (~|) (etmek|edin|istiyorum|edilsin); (mesaj|mail|e posta|sms|iletisim) (~|) istemiyorum;
        (rahatsiz etmeyin|aramayin|yazmayin)
    ru: (прекратите|перестаньте|хватит|прекрати|перестань|довольно) (~|) (писать|слать|звонить|присылать|отправлять|рассыл*|спам*|беспокоить|мне|это|уже|названивать);
        (отпишите|отпиши|удалите|уберите|удали|убери|исключите|вычеркните) (~|) (меня|мой|мою|мои|нас|из|номер|адрес|почту);
        (хочу|прошу|как|можно) (~|) (отписаться|отписать|удалить меня|исключить меня|удалите);
        не (~|) (пишите|пиши|присылайте|присылай|шлите|шли|звоните|звони|отправляйте|беспокойте|беспокоить|писать|присылать|слать|надо|нужно) (~|) (мне|больше|сюда|писать|слать|никогда|писем|присылать|сообщений|);
        (больше|никогда) не (~|) (пишите|присылайте|шлите|звоните|отправляйте|пиши);
        не (хочу|желаю) (~|) (получать|писем|сообщений|ваши|вашу|рассыл*); (оставьте|оставь) (меня|нас) в покое; (отзываю|отзыв) (~|) соглас*;
        (отписаться|отпишусь|отписываюсь) (~|)
    uk: (припиніть|перестаньте|досить) (~|) (писати|надсилати|телефонувати|дзвонити); (відпишіть|видаліть|приберіть) (~|) (мене|мій|мою);
        не (~|) (пишіть|надсилайте|телефонуйте|дзвоніть) (~|) (мені|більше|); не (хочу|бажаю) (~|) (отримувати|листів)
    hu: (kerem|kerjuk|szeretnek|akarok) (~|) (leiratkozni|leiratkozom|toroljenek|torolje*|vegyenek le|vegyen le|ne kuldjon*|ne irjon*);
        (ne|tobbet ne) (~|) (kuldjon*|irjon*|keressen*|hivjon*|zaklasson*) (~|);
        (toroljenek|toroljon|toroljek|vegyenek) (~|) (listarol|le|engem|adatbazis*|);
        (nem szeretnek|nem akarok|nem kerek) (~|) (tobb|emailt|levelet|uzenetet|kapni); hagyjanak beken; leiratkoz*
    ro: (nu|sa nu) (mai|imi|ma|mi) (~|) (trimiteti|scrieti|contactati|sunati|trimite|scrie);
        (stergeti|scoateti|dezabonati|eliminati) (ma|) (~|) (lista|din|numarul|adresa|va rog|);
        (vreau|doresc|as vrea) (~|) (dezabonez|dezabonare|nu mai primesc|sa ma dezabonez);
        nu (mai|) (vreau|doresc) (~|) (mesaje|emailuri|sa primesc|mailuri|primesc); lasati ma in pace
    ja: 配信不要; 連絡不要; 連絡は不要; メール不要; メールはもう結構; メールは結構; 削除お願い; 削除を希望; 配信停止希望; 停止希望; 受け取りたくありません; 受信したくありません; 送付不要; 今後送ら; 二度と; 迷惑です; 配信停止; 配信を停止; 配信を止め; 配信を解除; 送らないで; 送ってこないで; 連絡しないで; メールしないで; 解除してください; 登録解除; 解除をお願い; 削除してください; リストから外し; リストから削除; もう送; 停止してください; 停止をお願い; メール不要;
        今後の連絡は不要; 今後の配信は; やめてください; 止めてください; 一切連絡; 受信を拒否; 退会
    zh: 停止给; 停止給; 停止发; 停止再发; 別再給; 别再给; 请不要再; 請不要再; 不想再收到; 移出; 不要再给我; 不要再給我; 別再傳; 别再传; 请勿打扰; 請勿打擾; 勿扰; 不要再联络; 不要再來; 別再寄; 不要再寄; 不需要再发; 不用再发; 以后不要; 停止推送; 不要骚扰; 别骚扰; 退订; 退訂; 取消订阅; 取消訂閱; 不要再发; 不要再發; 别再发; 別再發; 不要发; 不要給我; 不要给我; 请勿再; 請勿再; 不想再收; 不想收到; 停止发送; 停止發送; 停止联系; 停止聯繫; 把我移除; 将我移除; 將我移除; 把我从; 从名单; 從名單;
        删除我的; 刪除我的; 别再联系; 不要再联系; 不要再聯絡; 别烦我; 不要打扰; 拒收; 不要再打; 别给我发
    ko: 그만 하세요; 그만하세요; 보내지 말; 연락 그만; 연락 원치; 삭제 부탁; 수신거부합니다; 발송 중지; 발송중지; 전화하지 마; 수신거부; 수신 거부; 그만 보내; 보내지 마; 보내지마; 연락하지 마; 연락하지마; 삭제해 주; 삭제해주; 구독 취소; 구독취소; 구독 해지; 수신을 원하지; 원치 않습니다; 받고 싶지 않; 명단에서 빼; 그만 연락; 메일 그만; 문자 그만; 차단
    el: (διαγράψτε|αφαιρέστε|βγάλτε) (με|) (~|); (σταματήστε|μην) (~|) (στέλνετε|ξαναστείλετε|επικοινωνήσετε|στείλετε|ενοχλείτε|μου);
        (δεν θέλω|δεν επιθυμώ) (~|) (λαμβάνω|μηνύματα|άλλα)
    he: תסירו אותי; הסירו אותי; להסיר אותי; הסר אותי; אל תשלחו; תפסיקו; הסרה; תמחקו אותי
    ar: الغاء الاشتراك; إلغاء الاشتراك; توقف عن; توقفوا عن; لا ترسل; لا ترسلوا; احذفوا; احذفني; ازالتي
    vi: (hủy đăng ký|ngừng gửi|đừng gửi|xóa tôi|không muốn nhận)
    id: (berhenti|jangan) (~|) (kirim*|mengirim*|hubungi|menghubungi); (hapus|keluarkan) (saya|nomor|email); berhenti berlangganan
    ca: (deixeu|deixi|para) de (~|) (enviar*|escriure*|trucar*); (donar*|donim|doneu) (~|) de baixa; no (~|) (mes) (correus|missatges);
        (elimineu|esborreu|traieu)*(m|me) (~|)
    """
)

# Words so rude, or so short, that they are a request only when little else is said.
CURT: Final = table(
    """
    en: (go|stay) away; delete (them|everything|it all); (get lost|piss off|bugger off|fuck off|f off|buzz off|sod off|screw off|go to hell|eff off|shove off); not interested (at all|) (~|) (bye|goodbye|lose|go away); take a hike; do not disturb
    de: (hau ab|verpiss dich|verzieh dich|leck mich)
    fr: (degage|degagez|foutez le camp|casse toi)
    es: (vete|largate|vayanse|fuera)
    it: (vattene|andatevene|vaffanculo)
    nl: (rot op|donder op|flikker op)
    pl: (spadaj|spadajcie|odwal sie|odczepcie sie|odczep sie)
    """
)

# What an "unsubscribe" of somebody's own footer, or a sentence about others, looks like: no request.
NOT_ASKED: Final = table(
    """
    en: (if|should|when|whenever) you (~|) (unsubscribe|opt out|stop|no longer|not|remove|dont);
        to (unsubscribe|opt out|stop receiving|be removed|remove yourself|manage|change|update) (~|) (click|visit|reply|send|from this (group|list|email)|follow|go|please|email|your|here|use)*;
        (click|reply|text|tap|press|respond) (~|) (to|with) (unsubscribe|opt out|stop|be removed);
        you (can|may|could) (~|) (unsubscribe|opt out|stop|remove);
        unsubscribe (here|link|rate|rates|http|https|www|button|page|feature|options|at any time|list id|mailto)
    de: (wenn|falls|sollten) sie (~|) (keine|nicht|abmelden|abbestellen)
    fr: (si vous|pour vous|vous pouvez) (~|) (desabonner|desinscrire|plus|souhaitez)
    es: (si|para) (~|) (no desea|dejar de recibir|darse de baja)
    it: (se|per) (~|) (non desidera|non vuoi|disiscriverti|cancellarti)
    pt: (se|caso|para) (~|) (nao deseja|nao deseje|deixar de receber|cancelar a)
    nl: (als|indien) u (~|) (geen|niet|afmelden|uitschrijven)
    """
)
