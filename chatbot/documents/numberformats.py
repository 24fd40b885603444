"""Numbers and dates of spreadsheet cells as people see them (ECMA-376 part 1, 18.8.30 and 18.8.31).

Dates are worded so that they can be read in one way only: "1 May 1874" where the month is spelt, else
"1874-05-01", and no finer than the format shows them.
"""

import re
from datetime import datetime, timedelta

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    14: "yyyy-mm-dd",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm",
    19: "h:mm",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
    48: "0.0E+0",
}
"""Formats that files refer to by number only; all others are General."""

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)(?:-[^\]]*)?\]')
_BRACKETS = re.compile(r"\[(?!h+\]|m+\]|s+\]|\$)[^\]]*\]", re.I)
_DATE_CODE = re.compile(r"am/pm|a/p|\[[hms]+\]|y+|m+|d+|h+|s+", re.I)
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?,*|\.[#0?]+,*")
_MONTHS = "January February March April May June July August September October November December".split()
_LAST_SERIAL = 2_958_465
"""31 December 9999."""


def shown(value: float, code: str, *, from_1904: bool = False) -> str:
    """A number as a format code shows it. A code that is not understood shows it as it is.

    >>> shown(0.2789, "0.0%"), shown(1234567.5, '#,##0.00 "EUR"'), shown(-3.0, "General")
    ('27.9%', '1,234,567.50 EUR', '-3')
    >>> shown(38412, "dd/mm/yyyy"), shown(38412, "mmmm yyyy"), shown(38412.75, "d mmm yyyy h:mm")
    ('2005-03-01', 'March 2005', '1 March 2005 18:00')
    """
    sections = _sections(code)
    section = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    if value == 0 and len(sections) > 2:
        section = sections[2]
    is_signed = section is sections[0]
    section = _BRACKETS.sub("", section)
    bare = _LITERAL.sub("", section)
    if not code or bare.strip().lower() in ("general", "@") or ("/" in bare.replace("AM/PM", "") and "?" in bare):
        return _general(value)
    if _DATE_CODE.search(bare.lower().replace("e+", "").replace("e-", "")):
        return _date(value, bare.lower(), from_1904)
    return _number(value if is_signed else abs(value), section, bare)


def _sections(code: str) -> list[str]:
    """The parts of a code for positive, negative and zero values."""
    parts = [""]
    for token in re.findall(r'"[^"]*"|\\.|\[[^\]]*\]|.', code, re.S):
        if token == ";":
            parts.append("")
        else:
            parts[-1] += token
    return parts


def _general(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.11g}"


def _number(value: float, section: str, bare: str) -> str:
    digits = _DIGITS.search(bare)
    if digits is None:
        return _literals(section)  # a code such as "-" for zero, that shows a word instead
    pattern = digits.group()
    whole, _, fraction = pattern.rstrip(",").partition(".")
    value *= 100 ** bare.count("%")
    value /= 1000 ** (len(pattern) - len(pattern.rstrip(",")))
    if "e+" in bare.lower() or "e-" in bare.lower():
        return f"{value:.{len(fraction)}E}"
    text = f"{value:{',' if ',' in whole else ''}.{len(fraction)}f}"
    optional = len(fraction) - len(fraction.rstrip("#?"))
    for _ in range(optional):
        text = text.removesuffix("0") if "." in text else text
    text = text.removesuffix(".")
    least = whole.count("0")
    if least > 1 and "," not in whole:
        text = text.zfill(least + len(text) - len(text.partition(".")[0]))
    before, _, after = _marked(section).partition("\0")
    return (_literals(before) + text + _literals(after)).strip()


def _marked(section: str) -> str:
    """A section with its digits as one mark, those inside literals left alone."""
    at = 0
    while at < len(section):
        if literal := _LITERAL.match(section, at):
            at = literal.end()
        elif digits := _DIGITS.match(section, at):
            return section[:at] + "\0" + section[digits.end() :]
        else:
            at += 1
    return section


def _literals(section: str) -> str:
    """The words and signs that a code puts beside a number."""
    return _LITERAL.sub(lambda found: found[1] or found[2] or found[3] or "", section)


def _date(value: float, code: str, from_1904: bool) -> str:
    if not 0 <= value <= _LAST_SERIAL:
        return _general(value)
    tokens = _DATE_CODE.findall(code)
    if any(token.startswith("[") for token in tokens):
        return _elapsed(value)
    moment = _moment(value, from_1904)
    has_hours = any(token[0] in "hs" for token in tokens)
    months = [token for at, token in enumerate(tokens) if token[0] == "m" and not _is_minutes(tokens, at)]
    has_day = any(token[0] == "d" and len(token) < 3 for token in tokens)
    has_year = any(token[0] == "y" for token in tokens)
    parts = []
    if months and len(months[0]) < 3 and has_year:
        parts.append(f"{moment:%Y-%m-%d}" if has_day else f"{moment:%Y-%m}")
    else:
        parts += [str(moment.day)] if has_day else []
        parts += [_MONTHS[moment.month - 1]] if months else []
        parts += [str(moment.year)] if has_year else []
    if has_hours:
        parts.append(f"{moment:%H:%M:%S}" if any(token[0] == "s" for token in tokens) else f"{moment:%H:%M}")
    return " ".join(parts) or _general(value)


def _is_minutes(tokens: list[str], at: int) -> bool:
    """Whether an `m` means minutes: it follows hours or comes before seconds."""
    before = tokens[at - 1] if at else ""
    after = tokens[at + 1] if at + 1 < len(tokens) else ""
    return len(tokens[at]) < 3 and (before[:1] == "h" or after[:1] == "s")


def _moment(serial: float, from_1904: bool) -> datetime:
    """The moment of a serial number; Excel counts a 29 February 1900 that never was."""
    epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if serial >= 60 else 31)
    return (epoch + timedelta(days=serial) + timedelta(milliseconds=500)).replace(microsecond=0)


def _elapsed(value: float) -> str:
    seconds = round(value * 86_400)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
