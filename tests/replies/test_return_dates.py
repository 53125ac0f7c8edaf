"""When somebody who is out of office is there again, in the words of many languages."""

from __future__ import annotations

from datetime import date

import pytest

from outreach.domain.reply.dates import back_on
from outreach.domain.reply.day import Order

MONDAY = date(2026, 3, 2)  # the day the notices were written

# fmt: off
TOLD = [
    ("I am out of the office until 12 March", "2026-03-13"),
    ("I'm back on 13 March", "2026-03-13"),
    ("I will be out of the office from 3 to 14 August and back on August 17th, 2026.", "2026-08-17"),
    ("I will be on leave from 3 to 14 August.", "2026-08-15"),
    ("out of office 3-14 August", "2026-08-15"),
    ("Ich bin vom 3. bis 14. August nicht im Büro.", "2026-08-15"),
    ("Ich bin bis einschließlich 12.03.2026 nicht im Büro. Ab dem 13.03.2026 bin ich wieder erreichbar", "2026-03-13"),
    ("Ich bin ab 16. März wieder im Büro", "2026-03-16"),
    ("Ich bin bis zum 12.3. im Urlaub", "2026-03-13"),
    ("Je suis absent du 3 au 14 août inclus", "2026-08-15"),
    ("Je serai de retour le lundi 16 mars", "2026-03-16"),
    ("absent jusqu'au 12 mars 2026", "2026-03-13"),
    ("Estaré fuera de la oficina hasta el 12 de marzo de 2026", "2026-03-13"),
    ("Regresaré el 16 de marzo", "2026-03-16"),
    ("de vacaciones del 3 al 14 de agosto", "2026-08-15"),
    ("Estarei de férias até 12 de março. Regresso no dia 16/03/2026", "2026-03-16"),
    ("Sono in ferie fino al 12 marzo", "2026-03-13"),
    ("rientrerò il 16 marzo", "2026-03-16"),
    ("assente dal 3 al 14 agosto", "2026-08-15"),
    ("Ik ben afwezig tot en met 12 maart", "2026-03-13"),
    ("Ik ben weer bereikbaar op maandag 16 maart 2026", "2026-03-16"),
    ("van 3 t/m 14 augustus", "2026-08-15"),
    ("Jag är på semester t.o.m. 12 mars", "2026-03-13"),
    ("Jeg er tilbage mandag den 16. marts", "2026-03-16"),
    ("Olen lomalla 12.3. asti", "2026-03-13"),
    ("palaan töihin 16.3.2026", "2026-03-16"),
    ("Jestem na urlopie do 12 marca", "2026-03-13"),
    ("wracam 16 marca 2026", "2026-03-16"),
    ("3月12日まで休暇をいただいております", "2026-03-13"),
    ("3月16日（月）より出社いたします", "2026-03-16"),
    ("我将休假至2026年3月12日", "2026-03-13"),
    ("3月16日回来上班", "2026-03-16"),
    ("12 Mart tarihine kadar izinliyim", "2026-03-13"),
    ("16 Mart'ta ofise döneceğim", "2026-03-16"),
    ("Я в отпуске до 12 марта", "2026-03-13"),
    ("вернусь 16 марта 2026 г.", "2026-03-16"),
    ("в отпуске с 3 по 14 августа", "2026-08-15"),
    ("I'm back on Monday", "2026-03-09"),
    ("I will return next week", "2026-03-09"),
    ("out until Friday", "2026-03-07"),
    ("I am away today", "2026-03-03"),
    ("I'll be back tomorrow", "2026-03-03"),
    ("I will be out of the office all week, returning Monday the 9th of March", "2026-03-09"),
    ("I will not be back until 13 March", "2026-03-13"),
    ("I was out of office until 20 February 2026", None),
    ("until 12 February", None),
    ("AUTO: Smith, John is out of the office (returning 05/04/2026)", "2026-05-04"),
    ("I will be out of the office starting 03/03/2026 and will not return until 03/16/2026.", "2026-03-16"),
    ("Return date: 2026-03-16", "2026-03-16"),
    ("until the end of March", "2026-04-01"),
    ("I am out of the office until March 12th at 5pm. Call 24/7 line", "2026-03-13"),
    ("I will be on holidays between the 3rd and the 14th of August", "2026-08-15"),
    ("3.8.-14.8.2026 im Urlaub", "2026-08-15"),
    ("Nemohu odpovědět, jsem na dovolené do 12. 3. 2026", "2026-03-13"),
    ("2026. március 12-ig szabadságon vagyok", "2026-03-13"),
    ("부재중: 3월 12일까지 휴가입니다", "2026-03-13"),
    ("I am on maternity leave until September 2026", "2026-09-01"),
    ("Out of office - returning 16th", None),
    ("Thank you for your email. I'm currently out of the office and will return on Monday, March 16. If urgent call 555-1234 or visit us at 5.10.", "2026-03-16"),
]
# fmt: on


@pytest.mark.parametrize(("words", "day"), TOLD)
def test_the_first_day_back_is_read_from_a_notice(words: str, day: str | None) -> None:
    """An absence "until 12 March" ends with that day; a return that has passed is none."""
    found = back_on(words, MONDAY, Order.MONTH_FIRST)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("order", "day"), [(Order.MONTH_FIRST, date(2026, 3, 5)), (Order.DAY_FIRST, date(2026, 5, 3))]
)
def test_digits_are_read_as_their_author_writes_them(order: Order, day: date) -> None:
    assert back_on("I am back on 3/5", MONDAY, order) == day


def test_another_date_in_the_notice_tells_how_its_author_writes() -> None:
    words = "I am away from 28/02/2026 and will be back on 05/03/2026"
    assert back_on(words, MONDAY, Order.MONTH_FIRST) == date(2026, 3, 5)


def test_an_absence_over_new_year_ends_in_the_new_year() -> None:
    words = "I am out of the office from 24 December to 2 January"
    assert back_on(words, date(2026, 12, 20)) == date(2027, 1, 3)


def test_a_day_that_has_passed_is_no_return() -> None:
    assert back_on("I am back on 20 February", MONDAY) is None


def test_a_notice_without_a_day_names_none() -> None:
    assert back_on("I am out of the office. Call 24/7 at 555-12-34, version 3.8", MONDAY) is None


# fmt: off
MORE = [
    ("I will be out of the office from Monday, March 2nd through Friday, March 13th, returning Monday, March 16th.", Order.MONTH_FIRST, "2026-03-16"),
    ("I'm OOO 3/2-3/13", Order.MONTH_FIRST, "2026-03-14"),
    ("I'll be back in the office Tues 3/17", Order.MONTH_FIRST, "2026-03-17"),
    ("On PTO thru 3/13", Order.MONTH_FIRST, "2026-03-14"),
    ("Returning 17 March", Order.MONTH_FIRST, "2026-03-17"),
    ("I am out of office from 02.03.2026 till 13.03.2026", Order.MONTH_FIRST, "2026-03-14"),
    ("Please note that I'll be away from 2nd March until 13th March (inclusive)", Order.MONTH_FIRST, "2026-03-14"),
    ("I am out of office until further notice", Order.MONTH_FIRST, None),
    ("vom 02.03. – 13.03.2026 nicht im Büro", Order.MONTH_FIRST, "2026-03-14"),
    ("bis inkl. Freitag, den 13. März 2026", Order.MONTH_FIRST, "2026-03-14"),
    ("Ich bin wieder ab Mo, 16.03.26 im Büro", Order.MONTH_FIRST, "2026-03-16"),
    ("ab 16.03. stehe ich Ihnen wieder zur Verfügung", Order.MONTH_FIRST, "2026-03-16"),
    ("Ich bin am 16.03. wieder erreichbar", Order.MONTH_FIRST, "2026-03-16"),
    ("Ich bin bis Ende März in Elternzeit", Order.MONTH_FIRST, "2026-04-01"),
    ("Je suis absente jusqu'au vendredi 13 mars 2026 inclus et serai de retour lundi 16 mars", Order.MONTH_FIRST, "2026-03-16"),
    ("Absent(e) du 02/03/2026 au 13/03/2026", Order.DAY_FIRST, "2026-03-14"),
    ("de retour au bureau à compter du 16/03", Order.DAY_FIRST, "2026-03-16"),
    ("Estoy de vacaciones hasta el próximo 15 de marzo", Order.MONTH_FIRST, "2026-03-16"),
    ("Volveré a estar disponible a partir del 16 de marzo", Order.MONTH_FIRST, "2026-03-16"),
    ("del 2 al 13 de marzo, ambos inclusive", Order.MONTH_FIRST, "2026-03-14"),
    ("de 2 a 13/03/2026 estarei de férias", Order.DAY_FIRST, "2026-03-14"),
    ("Estarei de volta a partir do dia 16/03", Order.DAY_FIRST, "2026-03-16"),
    ("Sono assente dal 2 al 13/03/2026", Order.DAY_FIRST, "2026-03-14"),
    ("fino a venerdì 13 marzo incluso", Order.MONTH_FIRST, "2026-03-14"),
    ("Sarò nuovamente in ufficio lunedì 16 marzo", Order.MONTH_FIRST, "2026-03-16"),
    ("Ik ben van 2 t/m 13 maart met vakantie", Order.MONTH_FIRST, "2026-03-14"),
    ("Vanaf maandag 16 maart ben ik weer aanwezig", Order.MONTH_FIRST, "2026-03-16"),
    ("Jag är åter den 16/3", Order.DAY_FIRST, "2026-03-16"),
    ("Jeg er tilbage d. 16/3", Order.DAY_FIRST, "2026-03-16"),
    ("Jeg er tilbake på kontoret 16.03", Order.MONTH_FIRST, "2026-03-16"),
    ("Olen lomalla 2.–13.3.2026", Order.MONTH_FIRST, "2026-03-14"),
    ("Palaan 16.3.", Order.MONTH_FIRST, "2026-03-16"),
    ("W dniach 2-13 marca przebywam na urlopie", Order.MONTH_FIRST, "2026-03-14"),
    ("do 13.03.2026 włącznie", Order.MONTH_FIRST, "2026-03-14"),
    ("Od 2. do 13. března čerpám dovolenou", Order.MONTH_FIRST, "2026-03-14"),
    ("budu zpět 16. března", Order.MONTH_FIRST, "2026-03-16"),
    ("2026/3/2から3/13まで休暇です", Order.MONTH_FIRST, "2026-03-14"),
    ("3月2日～3月13日は休業", Order.MONTH_FIRST, "2026-03-14"),
    ("本人自3月2日至13日休假", Order.MONTH_FIRST, "2026-03-14"),
    ("3月16日恢复上班", Order.MONTH_FIRST, "2026-03-16"),
    ("2026년 3월 2일부터 13일까지 휴가", Order.MONTH_FIRST, "2026-03-14"),
    ("I'm out of the office today and tomorrow", Order.MONTH_FIRST, "2026-03-04"),
    ("I am out until Wednesday", Order.MONTH_FIRST, "2026-03-05"),
    ("I'll be out the rest of the week", Order.MONTH_FIRST, "2026-03-09"),
    ("I am out sick today", Order.MONTH_FIRST, "2026-03-03"),
    ("I will be back in the office on the 16th of March", Order.MONTH_FIRST, "2026-03-16"),
    ("I will be out of the office until Monday 16th March 2026", Order.MONTH_FIRST, "2026-03-17"),
    ("I am out of the office until Monday, March 16, 2026", Order.MONTH_FIRST, "2026-03-17"),
    ("I am currently out of office. I will return on 16-Mar-2026", Order.MONTH_FIRST, "2026-03-16"),
    ("returning on Mar 16, 2026.", Order.MONTH_FIRST, "2026-03-16"),
    ("Return date: 16/03/26", Order.DAY_FIRST, "2026-03-16"),
    ("I will have limited access to email from March 2 - 13", Order.MONTH_FIRST, "2026-03-14"),
    ("Thanks for your email sent on 1 March. I'm away until 12 March.", Order.MONTH_FIRST, "2026-03-13"),
    ("I am away from 28 February to 12 March", Order.MONTH_FIRST, "2026-03-13"),
    ("I left on 20 February and will be back on 16 March", Order.MONTH_FIRST, "2026-03-16"),
    ("I'm on holiday until 12/3", Order.DAY_FIRST, "2026-03-13"),
    ("Je serai absent jusqu'au 12/03", Order.DAY_FIRST, "2026-03-13"),
    ("Ik ben vrij en maandag weer aanwezig", Order.MONTH_FIRST, "2026-03-09"),
    ("Ich bin heute nicht im Büro", Order.MONTH_FIRST, "2026-03-03"),
    ("Ich bin morgen wieder da", Order.MONTH_FIRST, "2026-03-03"),
    ("Je suis absent aujourd'hui, de retour demain", Order.MONTH_FIRST, "2026-03-03"),
    ("Ich bin ab Montag wieder da", Order.MONTH_FIRST, "2026-03-09"),
    ("Ich bin diese Woche im Urlaub", Order.MONTH_FIRST, "2026-03-09"),
    ("Ich bin nächste Woche wieder im Büro", Order.MONTH_FIRST, "2026-03-09"),
    ("I'm traveling and will respond when I return on March 16. My cell is 555 0102.", Order.MONTH_FIRST, "2026-03-16"),
    ("I'm out of the office attending the ACME Summit 2026 in Rome and will be back 16 March", Order.MONTH_FIRST, "2026-03-16"),
    ("I am away 02/03 - 13/03", Order.DAY_FIRST, "2026-03-14"),
    ("Out of office Mon 2 Mar - Fri 13 Mar", Order.MONTH_FIRST, "2026-03-14"),
    ("I'm on annual leave, back Mon 16 Mar", Order.MONTH_FIRST, "2026-03-16"),
    ("I'll be back at my desk first thing Monday morning", Order.MONTH_FIRST, "2026-03-09"),
    ("I am on leave till 12-03-2026", Order.DAY_FIRST, "2026-03-13"),
    ("I will be unavailable on 5 March", Order.MONTH_FIRST, "2026-03-06"),
    ("As of April 1 I will be back full time", Order.MONTH_FIRST, "2026-04-01"),
    ("I'll be returning after March 12", Order.MONTH_FIRST, "2026-03-13"),
    ("nach dem 12. März bin ich wieder erreichbar", Order.MONTH_FIRST, "2026-03-13"),
    ("Rückkehr: 16.03.2026", Order.MONTH_FIRST, "2026-03-16"),
    ("Rückkehr am 16. März", Order.MONTH_FIRST, "2026-03-16"),
    ("Jag är ledig fram till den 12 mars", Order.MONTH_FIRST, "2026-03-13"),
    ("Estaré de regreso el lunes 16", Order.MONTH_FIRST, "2026-03-16"),
    ("Out until 3/16", Order.MONTH_FIRST, "2026-03-17"),
    ("wieder im Büro: 16.3.2026", Order.MONTH_FIRST, "2026-03-16"),
    ("Retorno em 16 de março", Order.MONTH_FIRST, "2026-03-16"),
    ("Retour prévu le 16 mars", Order.MONTH_FIRST, "2026-03-16"),
    ("Reincorporación: 16 de marzo", Order.MONTH_FIRST, "2026-03-16"),
    ("будет на месте с 16 марта", Order.MONTH_FIRST, "2026-03-16"),
    ("буду на месте 16.03.2026", Order.MONTH_FIRST, "2026-03-16"),
    ("отсутствую по 13 марта включительно", Order.MONTH_FIRST, "2026-03-14"),
    ("с 2.03 по 13.03", Order.MONTH_FIRST, "2026-03-14"),
    ("izinliyim. 16.03.2026 tarihinde döneceğim", Order.MONTH_FIRST, "2026-03-16"),
    ("2-13 Mart tarihleri arasında izindeyim", Order.MONTH_FIRST, "2026-03-14"),
    ("szabadságon vagyok március 13-ig", Order.MONTH_FIRST, "2026-03-14"),
    ("sunt plecat până pe 13 martie", Order.MONTH_FIRST, "2026-03-14"),
    ("Будьте добры, пишите после 12 марта", Order.MONTH_FIRST, "2026-03-13"),
]
ON_A_WEEKDAY = [
    ("I'm out of the office Friday. For urgent matters call Ben.", "2026-03-07"),
    ("I am off on Wednesday", "2026-03-05"),
    ("Ich bin am Freitag nicht im Büro", "2026-03-07"),
    ("Let's talk on Friday", None),
]
BEFORE_CHRISTMAS = [
    ("Our offices will be closed December 24th through January 1st and will reopen January 2nd", Order.MONTH_FIRST, "2027-01-02"),
    ("I'm off until the new year and back on the 4th of January", Order.MONTH_FIRST, "2027-01-04"),
    ("Ich bin bis 06.01. im Urlaub", Order.DAY_FIRST, "2027-01-07"),
    ("closed from 12/24 to 1/1, back 1/2", Order.MONTH_FIRST, "2027-01-02"),
    ("Buongiorno, l'ufficio è chiuso fino al 6 gennaio 2027", Order.DAY_FIRST, "2027-01-07"),
]
# fmt: on


@pytest.mark.parametrize(("words", "order", "day"), MORE)
def test_people_tell_their_return_in_many_ways(words: str, order: Order, day: str | None) -> None:
    found = back_on(words, MONDAY, order)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(("words", "order", "day"), BEFORE_CHRISTMAS)
def test_a_notice_of_december_may_end_in_january(words: str, order: Order, day: str) -> None:
    found = back_on(words, date(2026, 12, 22), order)
    assert found is not None
    assert found.isoformat() == day


@pytest.mark.parametrize(("words", "day"), ON_A_WEEKDAY)
def test_a_weekday_is_an_absence_when_the_notice_says_so(words: str, day: str | None) -> None:
    found = back_on(words, MONDAY)
    assert (found.isoformat() if found else None) == day
