"""Months, weekdays and what stands around a date, by language. All in lower case and without accents (see `fold`)."""

from __future__ import annotations

from typing import Final

# The names of the twelve months in order; several forms of one are parted by "/".
MONTHS: Final[dict[str, str]] = {
    "en": "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct november/nov december/dec",
    "de": "januar/janner/jan februar/feber/feb marz/mrz/maerz april mai juni/juno juli/julei august september oktober/okt november dezember/dez",
    "fr": "janvier/janv fevrier/fevr/fev mars avril/avr mai juin juillet/juil aout septembre octobre novembre decembre",
    "es": "enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre/set octubre noviembre diciembre/dic",
    "pt": "janeiro fevereiro/fev marco/mar abril maio/mai junho julho agosto setembro/set outubro/out novembro dezembro/dez",
    "it": "gennaio/gen febbraio/febb marzo aprile maggio/mag giugno/giu luglio/lug agosto settembre/sett ottobre/ott novembre dicembre",
    "nl": "januari februari maart/mrt april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember/des",
    "fi": "tammikuuta/tammikuun helmikuuta/helmikuun maaliskuuta/maaliskuun huhtikuuta/huhtikuun toukokuuta/toukokuun kesakuuta/kesakuun heinakuuta/heinakuun elokuuta/elokuun syyskuuta/syyskuun lokakuuta/lokakuun marraskuuta/marraskuun joulukuuta/joulukuun",
    "pl": "stycznia/styczen lutego/luty marca/marzec kwietnia/kwiecien maja/maj czerwca/czerwiec lipca/lipiec sierpnia/sierpien wrzesnia/wrzesien pazdziernika/pazdziernik listopada/listopad grudnia/grudzien",
    "cs": "ledna/leden unora/unor brezna/brezen dubna/duben kvetna/kveten cervna/cerven cervence/cervenec srpna/srpen zari rijna/rijen listopadu prosince/prosinec",
    "sk": "januara februara marca aprila maja juna jula augusta septembra oktobra novembra decembra",
    "hu": "januar februar/febr marcius/marc aprilis/apr majus junius julius augusztus szeptember/szept oktober november december",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "tr": "ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik",
    "ru": "января/январь февраля/февраль марта/март апреля/апрель мая/май июня/июнь июля/июль августа/август сентября/сентябрь октября/октябрь ноября/ноябрь декабря/декабрь",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "el": "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου",
    "he": "ינואר/בינואר פברואר/בפברואר מרץ/במרץ/במרס אפריל/באפריל מאי/במאי יוני/ביוני יולי/ביולי אוגוסט/באוגוסט ספטמבר/בספטמבר אוקטובר/באוקטובר נובמבר/בנובמבר דצמבר/בדצמבר",
    "ca": "gener febrer marc abril maig juny juliol agost setembre octubre novembre desembre",
    "hr": "sijecnja veljace ozujka travnja svibnja lipnja srpnja kolovoza rujna listopada/listopad studenog/studenoga prosinca",
    "sl": "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "et": "jaanuar/jaanuari/jaanuaril veebruar/veebruari marts/martsi aprill/aprilli mai/maist juuni/juunil juuli/juulil august/augustil september/septembril oktoober/oktoobril november/novembril detsember/detsembril",
    "lv": "janvaris/janvari februaris/februari marts/marta aprilis/aprili maijs/maija junijs/junija julijs/julija augusts/augusta septembris/septembri oktobris/oktobri novembris/novembri decembris/decembri",
    "lt": "sausio vasario kovo balandzio geguzes birzelio liepos rugpjucio rugsejo spalio lapkricio gruodzio",
}

# Monday first.
WEEKDAYS: Final[dict[str, str]] = {
    "en": "monday/mon tuesday/tues/tue wednesday/wed thursday/thurs/thur/thu friday/fri saturday sunday",
    "de": "montag/mo dienstag/di mittwoch/mi donnerstag/do freitag/fr samstag/sonnabend/sa sonntag/so",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miercoles jueves viernes sabado domingo",
    "pt": "segunda-feira/segunda/2a-feira terca-feira/terca quarta-feira/quarta quinta-feira/quinta sexta-feira/sexta sabado domingo",
    "it": "lunedi martedi mercoledi giovedi venerdi sabato domenica",
    "nl": "maandag/ma dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "sv": "mandag/mandagen tisdag/tisdagen onsdag/onsdagen torsdag/torsdagen fredag/fredagen lordag/lordagen sondag/sondagen",
    "da": "mandag tirsdag onsdag torsdag fredag lordag sondag",
    "fi": "maanantaina/maanantai/maanantaihin tiistaina/tiistai/tiistaihin keskiviikkona/keskiviikko/keskiviikkoon torstaina/torstai/torstaihin perjantaina/perjantai/perjantaihin lauantaina/lauantai sunnuntaina/sunnuntai",
    "pl": "poniedzialek/poniedzialku/poniedzialek wtorek/wtorku srode/sroda/srody czwartek/czwartku piatek/piatku sobote/soboty niedziele/niedzieli",
    "cs": "pondeli utery stredu/streda/stredy ctvrtek/ctvrtka patek/patku sobotu/soboty nedeli/nedele",
    "hu": "hetfon/hetfo/hetfoig kedden/kedd/keddig szerdan/szerda/szerdaig csutortokon/csutortok/csutortokig penteken/pentek/pentekig szombaton/szombat vasarnap",
    "ro": "luni marti miercuri joi vineri sambata duminica",
    "tr": "pazartesi sali carsamba persembe cuma cumartesi pazar",
    "ru": "понедельник/понедельника вторник/вторника среду/среда/среды четверг/четверга пятницу/пятница/пятницы субботу/субботы воскресенье/воскресенья",
    "ja": "月曜 火曜 水曜 木曜 金曜 土曜 日曜",
    "zh": "周一/星期一/礼拜一/週一 周二/星期二/週二 周三/星期三/週三 周四/星期四/週四 周五/星期五/週五 周六/星期六/週六 周日/星期日/星期天/週日",
    "ko": "월요일 화요일 수요일 목요일 금요일 토요일 일요일",
}

# Words between a role and its date that say nothing: "until [and including Friday the] 13th".
FILLERS: Final = (
    "ende fin fins final finales fim fine eind einde slutet slutten slutningen konca konce vege anfang mitte start beginning the le la el o os as il lo al dem den der des die das de del di du d l den det pa am an on of og med and including incl inkl inkl. und mit einschliesslich zum einschl om op em no na nos w dnia dniu dnem vcetne wlacznie le a ao date inclusive inclus circa about around approximately approx early late end mid klockan kl "
    "ved med att i v dne s по включительно числа day days my return is to een first dan hari ngay um uhr until: dia el dia o dia 的 in onsdag office work again wieder"
)

# What stands before a date, right before it (but for fillers and weekdays). "_" is a space.
UNTIL: Final = """
    至 到 迄 until untill till til through thru upto up_to up_until bis bis_zum bis_einschliesslich bis_inkl bis_und_mit jusqu jusquau jusqu_au jusqua jusqu_a
    jusques_au hasta_ate fino fino_al fino_a sino_al sino_a tot tot_en_met t/m t.m. tm t.e.m. tem t.o.m. t.o.m tom till_och_med til_og_med do az_do
    do_dnia do_konce до по pana_la pana_pe pana_in έως μέχρι עד حتى ate_ao ate_dia ate_ao_dia fins_al fins_el until_and_including through_to through_until
    ending ends end_date last_day letzter_tag lidz iki kuni hingga sampai đến den_het expiring zakonczenie vege to: end: ende: bis: fin: fine: thru:
    until:
"""
FROM: Final = """
    from since between beginning starting as_of as_from effective ab ab_dem vom von seit zwischen du des des_le depuis entre a_partir_du a_partir_de
    a_compter_du desde desde_el del a_partir_del a_partir_do de dal dall da dalla tra van vanaf tussen met_ingang_van per fran fran_och_med fr.o.m.
    from_and_including mellan fra fra_og_med mellem mellom od ode z mezi miedzy pomiedzy с со з від между от incepand_cu din de_la de_pe από מ من 自 从 從 no
    nuo alates mulai dari tu starting_on commencing commencing_on start start: beginn: beginning_on
"""
AFTER: Final = """
    after nach nach_dem apres apres_le despues despues_del tras tras_el apos depois depois_de dopo dopo_il na na_de efter etter jalkeen po после після
    dupa
"""
BEFORE: Final = """
    before vor vor_dem avant avant_le antes antes_del antes_de prima prima_del voor fore for inden ennen przed pred до_того перед inainte prior_to
    earlier_than fruhestens fruhestens_am earliest
"""

# What stands right after a date.
UNTIL_AFTER: Final = (
    "kadar",
    "tarihine kadar",
    "asti",
    "saakka",
    "-ig",
    "ig ",
    "まで",
    "迄",
    "까지",
    "为止",
    "為止",
    "止",
    "e kadar",
    "a kadar",
    "ye kadar",
    "ya kadar",
    "inclus",
    "inclusive",
    "included",
    "einschliesslich",
    "inklusive",
    "compris",
    "incluido",
    "compreso",
    "incluso",
    "vcetne",
    "wlacznie",
    "включительно",
    "之前",
    "前",
    "期间",
    "期間",
    "間",
)
FROM_AFTER: Final = (
    "itibaren",
    "tarihinden itibaren",
    "alkaen",
    "lahtien",
    "から",
    "より",
    "부터",
    "-tol",
    "-tol",
    "起",
    "以降",
    "以后",
    "以後",
    "开始",
    "開始",
    "dan itibaren",
    "den itibaren",
    "tan itibaren",
    "ten itibaren",
    "-an",
    "-en",
    "-n",
)

# Stems that speak of coming back; each counts where a word begins with it.
BACK: Final = """
    back return returning returns returned resume resuming reachable again available_again available_from available_on available_as available_starting
    reconvene be_in_the_office in_the_office_from in_the_office_on reopen reopening reopens wieder zuruck ruckkehr zurueck retour reviens reviendr
    reprendr rentre rentrer joignable_a_nouveau disponible_a_partir nouveau rouvri reouv vuelv volver vuelta regres reincorpor incorpor retorn de_nuevo
    nuevamente reanud disponible_el disponible_nuevamente reabr volto voltar volta regress novamente rientr torn ritorn di_nuovo nuovamente
    disponibile_dal riapr terug weer tillbaka ater aterkom aterkommer igen tilbage tilbake igjen palaa palaan palaamme takaisin paluu tavoitettavissa wroc
    wrac powroc powrot ponownie dostepn zpet vrat navrat opet spat vissza ujra visszater revin intoarce reveni disponibil don donecegim donuyorum donus
    doneceg tekrar вернусь вернётся вернется возвращ выйду выхожу снова буду будет повернусь επιστρ חוזר אחזור عود 戻り 復帰 出社 再開 営業開始 通常通り 出勤 回来 回來 返回 恢复 恢復 上班 返岗
    復工 回到 복귀 돌아 출근 kembali trở_lại torno tornare natrag vracam nazaj tagasi atgriez grisiu grizt
"""
NOT: Final = (
    "not",
    "wont",
    "dont",
    "doesnt",
    "isnt",
    "arent",
    "cannot",
    "unable",
    "never",
    "nicht",
    "kein",
    "pas",
    "ne",
    "no",
    "non",
    "nao",
    "niet",
    "geen",
    "inte",
    "ej",
    "ikke",
    "ei",
    "en",
    "nie",
    "ne",
    "не",
    "nu",
    "nem",
    "earliest",
    "vor",
    "only",
    "erst",
    "pas",
    "seulement",
    "sino",
)

# Days that are told without a date: how many days after the mail was written.
DAYS: Final[dict[str, int]] = {
    "today": 0,
    "heute": 0,
    "aujourdhui": 0,
    "hoy": 0,
    "hoje": 0,
    "oggi": 0,
    "vandaag": 0,
    "idag": 0,
    "i dag": 0,
    "tanaan": 0,
    "dzisiaj": 0,
    "dzis": 0,
    "dnes": 0,
    "bugun": 0,
    "сегодня": 0,
    "本日": 0,
    "今天": 0,
    "오늘": 0,
    "tomorrow": 1,
    "morgen": 1,
    "demain": 1,
    "amanha": 1,
    "domani": 1,
    "imorgon": 1,
    "i morgon": 1,
    "i morgen": 1,
    "huomenna": 1,
    "jutro": 1,
    "zitra": 1,
    "yarin": 1,
    "завтра": 1,
    "明日": 1,
    "明天": 1,
    "내일": 1,
    "manana": 1,
    "day after tomorrow": 2,
    "ubermorgen": 2,
    "apres-demain": 2,
    "pasado manana": 2,
    "depois de amanha": 2,
    "dopodomani": 2,
    "overmorgen": 2,
    "pojutrze": 2,
    "послезавтра": 2,
}
NEXT_WEEK: Final = "next week|following week|coming week|nachste woche|nachster woche|nachsten woche|kommende woche|kommender woche|la semaine prochaine|semaine prochaine|la proxima semana|proxima semana|la semana que viene|semana proxima|na proxima semana|a proxima semana|prossima settimana|settimana prossima|volgende week|nasta vecka|naesta vecka|naeste uge|neste uke|ensi viikolla|przyszlym tygodniu|pristi tyden|jovo heten|gelecek hafta|onumuzdeki hafta|haftaya|на следующей неделе|来週|下周|下週|下星期|다음 주"
THIS_WEEK: Final = "this week|rest of the week|remainder of the week|end of the week|end of this week|diese woche|dieser woche|ende der woche|rest der woche|cette semaine|fin de semaine|fin de la semaine|esta semana|fin de semana|essa semana|final da semana|questa settimana|fine settimana|deze week|einde van de week|denna vecka|denne uge|denne uken|talla viikolla|tym tygodniu|tento tyden|bu hafta|на этой неделе|今週|本周|本週|이번 주"
