"""Numbers, dates, sizes and amounts as French readers write them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

NBSP = "\u00a0"
THIN = "\u202f"
TO_COMPLETE = "à compléter"


def level_label(level: int) -> str:
    """The level of a directory finding; those without one are observations."""
    return f"niveau {level}" if level else "observation"


def cut(text: str, length: int) -> str:
    """The text, shortened with a visible ellipsis when longer than `length` characters."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def number(value: float | Decimal, decimals: int = 0) -> str:
    """A number with a decimal comma and thin spaces between thousands."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{exact:,f}".replace(",", THIN).replace(".", ",")


def short(value: float) -> str:
    """A number with one decimal only when it has one."""
    rounded = number(value, 1)
    return rounded.removesuffix(",0")


def percent(share: float) -> str:
    """A share between 0 and 1 as a whole percentage; never rounded up to 100."""
    whole = int(share * 100 + 0.5)
    if whole == 100 and share < 1:
        whole = 99
    return f"{whole}{NBSP}%"


def percentage(value: Decimal) -> str:
    """A percentage, 0 to 100, with the decimals it has: « 66 % », « 26,5 % »."""
    text = f"{value:f}"
    bare = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{bare.replace('.', ',')}{NBSP}%"


def euros(amount: Decimal) -> str:
    """An amount in euros, cents always shown."""
    return f"{number(amount, 2)}{NBSP}€"


def day(moment: date | None) -> str:
    """JJ/MM/AAAA; a missing date says so."""
    return f"{moment:%d/%m/%Y}" if moment else "non datée"


_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip


def month_in_words(moment: date) -> str:
    """« novembre 2026 »."""
    return f"{_MONTHS[moment.month - 1]} {moment.year}"


def instant(moment: datetime) -> str:
    """JJ/MM/AAAA à HH:MM UTC."""
    utc = moment.astimezone(UTC)
    return f"{utc:%d/%m/%Y} à {utc:%H:%M}{NBSP}UTC"


def seconds(duration: float) -> str:
    """A duration, in the unit that reads best."""
    if duration < 60:
        return f"{short(duration)}{NBSP}s"
    minutes, rest = divmod(int(duration), 60)
    return f"{minutes}{NBSP}min{NBSP}{rest:02d}{NBSP}s"


def octets(size: int) -> str:
    """A size in bytes, told in the decimal unit that reads best."""
    for unit, scale in (("Go", 10**9), ("Mo", 10**6), ("ko", 10**3)):
        if size >= scale:
            return f"{number(size / scale, 1)}{NBSP}{unit}"
    return f"{size}{NBSP}o"


def counted(quantity: int, singular: str, plural: str = "") -> str:
    """« 1 pièce », « 3 pièces »: zero and one are singular in French."""
    word = singular if quantity < 2 else plural or f"{singular}s"
    return f"{number(quantity)}{NBSP}{word}"


def listed(names: Sequence[str], more: int = 0) -> str:
    """« a, b », or « a, b et 3 autres » when `more` others are left out."""
    others = counted(more, "autre") if more > 0 else ""
    return ", ".join(names) + (f" et {others}" if others else "")
