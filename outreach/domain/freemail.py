"""Mail hosts of everybody."""

from __future__ import annotations

from typing import Final

# Twenty-five leads there are not twenty-five people of one company.
FREE_MAIL: Final = frozenset(
    {
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com",
        "icloud.com", "me.com", "mac.com", "aol.com", "proton.me", "protonmail.com", "gmx.com", "gmx.net", "gmx.de",
        "web.de", "t-online.de", "mail.com", "mail.ru", "yandex.ru", "qq.com", "163.com", "126.com", "zoho.com",
        "fastmail.com", "hey.com", "comcast.net", "verizon.net", "att.net", "sbcglobal.net", "btinternet.com",
        "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "libero.it", "hotmail.co.uk", "yahoo.co.uk", "live.co.uk",
        "outlook.de",
    }
)  # fmt: skip
