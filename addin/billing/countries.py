"""The country of a charge: by the code or name that the file gives it, else by the number that was called.

Numbers are looked up in the numbering plans of Google's libphonenumber (metadata only, no network). No
default region is ever assumed: a national number has no country. A number without + or 00 is read as an
international one, as providers write them, where it is a valid one. A possible length is not enough: half of
the national numbers of the United States have one of another country, and one in ten is valid there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache

import phonenumbers

from addin.billing.country_names import NAMES, OTHER_NAMES
from addin.errors import TollsheetError

SIGNED, BARE, WITH_ZERO = "with + or 00", "without + or 00", "with one 0 before it"
"""How a number is written."""
_WRITTEN = (
    (SIGNED, re.compile(r"(?:\+|00)([1-9]\d{4,17})", re.ASCII)),
    (BARE, re.compile(r"([1-9]\d{6,17})", re.ASCII)),
    (WITH_ZERO, re.compile(r"0([1-9]\d{5,16})", re.ASCII)),
)
"""Without + or 00 fewer than seven digits are a short code."""
_BETWEEN = re.compile(r"[\s().\-/\u00a0\u2011]+")
_NON_GEOGRAPHIC = "001"
"""libphonenumber's region of codes that are no country's, such as +800 and +870."""
_UNREADABLE = "cannot be read as an international number"
_ZERO = "begins with one 0, as national numbers do"
_NO_PLAN = "has no + or 00, and is no valid international number without"
_MOST_REMEMBERED = 262_144
"""Numbers: each takes a tenth of a millisecond, and is asked for once for its file and once for itself."""
_FEW = 5
_NEAR = 0.8
"""Of 1: `Germny` is near Germany, `Deutschland` is not near Netherlands."""
_OF_A_PLACE = frozenset(
    (
        phonenumbers.PhoneNumberType.FIXED_LINE,
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """The country of a number; without one `why_not`. `also` are others that the same number may be of."""

    code: str = ""
    why_not: str = ""
    also: tuple[str, ...] = ()
    written: str = ""
    """`SIGNED`, `BARE`, `WITH_ZERO`; empty where it is no telephone number."""
    is_national: bool = False
    """Whether it seems to be a national number, so that it may be of any country."""


@lru_cache(maxsize=_MOST_REMEMBERED)
def country_of_number(number: str) -> Found:
    """The country that a telephone number is called in.

    A code that several countries share is told apart by the digits that follow. Where the plan cannot tell
    (toll-free numbers of +1 serve Canada, too), the main country of the code is taken, the others are `also`.

    >>> [country_of_number(one).code for one in ("+14155550100", "1 876 555 0123", "0044 7624 412345")]
    ['US', 'JM', 'IM']
    >>> country_of_number("020 7946 0958").why_not, country_of_number("+80012345678").why_not
    ('begins with one 0, as national numbers do', 'belongs to no country (+800)')
    """
    if not number.strip():
        return Found(why_not="is blank")
    plain = _BETWEEN.sub("", number)
    for written, pattern in _WRITTEN:
        if digits := pattern.fullmatch(plain):
            found = _international(digits[1], written) if written != WITH_ZERO else Found(why_not=_ZERO)
            is_national = found.why_not in (_ZERO, _NO_PLAN)
            return replace(found, written=written, is_national=is_national)
    return Found(why_not=_UNREADABLE)


def _international(digits: str, written: str) -> Found:
    try:
        parsed = phonenumbers.parse(f"+{digits}", None)
    except phonenumbers.NumberParseException:
        return Found(why_not=_UNREADABLE if written == SIGNED else _NO_PLAN)
    if written == BARE and not phonenumbers.is_valid_number(parsed):
        return Found(why_not=_NO_PLAN)
    regions = phonenumbers.region_codes_for_country_code(parsed.country_code or 0)
    if regions == (_NON_GEOGRAPHIC,):
        return Found(why_not=f"belongs to no country (+{parsed.country_code})")
    if not phonenumbers.is_possible_number(parsed):
        return Found(why_not="has too few or too many digits for an international number")
    if len(regions) == 1:
        return Found(regions[0])
    main = phonenumbers.region_code_for_number(parsed)
    if main is None:
        return Found(why_not=f"is no number of any country of +{parsed.country_code}")
    if len(regions) > _FEW and phonenumbers.number_type(parsed) in _OF_A_PLACE:
        return Found(main)  # its area code is of one country, and asking all the others takes long
    others = (region for region in regions if region != main)
    also = (region for region in others if phonenumbers.is_valid_number_for_region(parsed, region))
    return Found(main, also=tuple(sorted(also)))


def code_of(written: str) -> str:
    """The code of a country as a file or a person writes it: code or English name; empty where unknown.
    A code is its two letters alone: N/A is not Namibia.

    >>> code_of("gb"), code_of("United Kingdom"), code_of("USA"), code_of("Curaçao"), code_of("N/A")
    ('GB', 'GB', 'US', 'CW', '')
    """
    code = written.strip().upper()
    return code if code in NAMES else _names().get(_folded(written), "")


def chosen_code(written: str) -> str:
    """The code of a country that a person has chosen. Raises TollsheetError that names the nearest.

    >>> chosen_code("Germny")
    Traceback (most recent call last):
    addin.errors.TollsheetError: "Germny" is no country. Is Germany (DE) meant?
    >>> chosen_code("Deutschland")
    Traceback (most recent call last):
    addin.errors.TollsheetError: "Deutschland" is no country. Write its English name or its code, such as DE.
    """
    if code := code_of(written):
        return code
    known = {**_names(), **{code.casefold(): code for code in NAMES}}
    close = get_close_matches(_folded(written), known, 1, _NEAR)
    if close:
        code = known[close[0]]
        remedy = f"Is {name_of(code)} ({code}) meant?"
    else:
        remedy = "Write its English name or its code, such as DE."
    raise TollsheetError(f'"{written}" is no country', remedy, "--country")


def name_of(code: str) -> str:
    """The English name, or the code where there is none."""
    return NAMES.get(code, code)


def metadata_version() -> str:
    """Of the numbering plans."""
    return str(phonenumbers.__version__)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Folded name -> code."""
    return {
        **{_folded(name): code for name, code in OTHER_NAMES.items()},
        **{_folded(name): code for code, name in NAMES.items()},
    }


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """As names are compared: without accents, signs and blanks; & is and."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    return "".join(sign for sign in plain if sign.isalnum()).replace("saint", "st")
