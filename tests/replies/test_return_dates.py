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
