"""Single words by which people ask to be left alone, in many languages at once: STOP is STOP everywhere."""

from __future__ import annotations

from typing import Final

# Words that are a request when they are all that somebody says. The first line: 47 CFR 64.1200(a)(10) and Twilio's list.
ALONE: Final = frozenset(
    (
        "stop quit end revoke optout opt-out cancel unsubscribe stopall stop_all opt_out cancel_all end_all "
        "remove removed delete dnc do_not_call do_not_text do_not_email blocked list_removal take_off_list discontinue desist cease enough unsub un_subscribe opt_me_out no_more please_no_more no_mas block_me stopp stahp never_again reply_stop text_stop send_stop stop_it stop_this stop_that just_stop please_stop stop_now stop_please unsubscribed unsubscribing i_am_unsubscribing im_unsubscribing i_unsubscribe "
        "entfernt_mich entfernen entfernen_sie_mich loscht_mich ruhe ruhe_jetzt lassen_sie_das lass_das lasst_das abmelden abbestellen stoppen aufhoren austragen loschen abbestellung abmeldung kundigen schluss hor_auf horen_sie_auf nicht_mehr aufhoren_bitte streichen "
        "arrete cesser cessez opposition se_desabonner arret arreter arretez desabonner desabonnement desinscrire desinscription desabonnez_moi desinscrivez_moi arretez_tout stop_sms stop_pub resilier supprimer retirer "
        "alto parar no_molestar pare para_ya basta baja cancelar desuscribir desuscribirme dar_de_baja darme_de_baja darse_de_baja cancelen paren detener borrar eliminar ya_basta dejen_de_escribir "
        "remova removam desinscrever sair remover descadastrar cancele chega parem descadastre parar_agora deixem_me "
        "smettete smetti fermare fermati smettere smettila smettetela cancella cancellami cancellatemi disiscrivi disiscrivimi disiscrizione rimuovi rimuovimi rimuovetemi annulla basta_cosi fermatevi disdire disdetta "
        "afmelden uitschrijven stoppen_aub stop_ermee afmelding uitschrijving genoeg verwijderen opzeggen "
        "dosc rezygnuje rezygnacja wypisz wypisac koniec przestan przestancie usun wypisz_mnie stop_prosze anuluj "
        "avbestall avregistrera avsluta avprenumerera sluta stoppa avanmal avanmala ta_bort_mig "
        "hold_op afmeld frameld stop_nu afmeld_mig avslutt avmeld meld_av meld_meg_av slutt framelding afmelding "
        "lopeta peruuta poista peru poistu lopettakaa "
        "odhlasit zrusit prestante dost konec stacilo odhlaste "
        "iptal dur durdur ret cik abonelikten_cik listeden_cik "
        "стоп отписаться отписка отпишите отмена хватит прекратите отпиши удалите отказ відписатися "
        "leiratkozas leiratkozom elég allj dezabonare dezabonati opriti "
        "停止 退订 退訂 取消 取消订阅 取消訂閱 拒收 td t 停 配信停止 解除 配信解除 停止してください やめて やめてください 止めて 수신거부 중지 그만 중단 거부 "
    ).split()
)  # "_" is a space

# Added to a request without changing it.
COURTESY: Final = frozenset(
    (
        "please pls plz plse thanks thank thx ty you now immediately asap hi hello hey rosa no nope ok okay yes just already sir maam guys everybody kindly dear this it all and "
        "bitte danke sofort nein hallo jetzt merci svp stp sil vous te plait immediatement maintenant non bonjour por favor gracias ya ahora hola inmediatamente obrigado obrigada agora ola nao "
        "per favore grazie subito prego ora ciao aub alstublieft graag dank bedankt u je nee nu hoi tack snalla nej hej tak venligst takk vennligst prosze dziekuje natychmiast nie kiitos prosim dekuji hned lutfen tesekkurler пожалуйста спасибо сейчас нет lol ugh k omg haha lmao smh jeez geez god wow fuck fucking wtf damn omg ffs man dude bro regards best cheers lg mfg kr"
    ).split()
)

# Words of which a short request is put together: "no texts", "Adresse löschen". One of the first and one of the second
# must be there, and nothing that is in none of the three.
ENDS: Final = frozenset(
    (
        "stop end cancel quit cease remove delete erase dont never unsubscribe discontinue block exclude "
        "keine kein nicht nie loschen losche losch entfernen entfernt streichen abmelden abbestellen austragen beenden unterlassen aufhoren unerwunscht einstellen "
        "plus arretez arreter cessez supprimer supprimez retirer retirez desinscrire desabonner "
        "no_more deje dejen paren borrar borre borren eliminar elimine eliminen quitar quiten cancelar "
        "parar parem remover remova retirar retire excluir exclua apagar niente smettere cancellare cancellate rimuovere rimuovi togliere togliete eliminate "
        "geen stoppen verwijderen verwijder uitschrijven afmelden usun usunac usuncie przestan przestancie sluta inga radera ikke ingen slet fjern slett poista lopeta smazat smazte"
    ).split()
)
CONTACTS: Final = frozenset(
    (
        "text texts txt txts texting txting email emails mail mails mailing mailings emailing message messages messaging msg msgs sms call calls calling contact contacting spam newsletter newsletters list number "
        "zusendung zusendungen zuschriften nachricht nachrichten anruf anrufe kontakt werbung reclame publicidad publicite pubblicita reklam reklame reklamy reklama adresse nummer daten liste verteiler messages courriel courriels numero donnees mensaje mensajes correo correos llamadas datos lista "
        "mensagem mensagens contato dados messaggi messaggio indirizzo dati bericht berichten lijst gegevens adres wiadomosci maili mejli smsow listy numer mejl meddelanden utskick beskeder mails meldinger eposter viesteja viestit numeroni"
    ).split()
)
AROUND: Final = frozenset(
    (
        "me my us our you your the a an this that these those all any more further from to of off out on again anymore ever future do sending send marketing "
        "mich mir uns mein meine meinen unsere ihre ihrer mehr weiteren weitere alle diese die der das den dem aus von zu e moi nous mon mes vos votre de des la le les du d "
        "mi mis nos su sus el los las mas meu minha meus da do o os as sua mais mio mia i il dalla vostra di piu mij mijn ons uw van het meer uit mnie moj moje z wiecej juz mig min mina er fran fler mer fra flere mere enaa minut"
    ).split()
)
