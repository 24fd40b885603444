"""Texts with dates in them, and what is found there."""

from datetime import date

from hypothesis import strategies as st

from chatbot.language.datetext import find_dates

TODAY = date(2026, 3, 5)


def found(text):
    return [(text[m.start : m.end], m.interval.edtf, m.relation) for m in find_dates(text, TODAY)]


#: Days of years with four digits.
DAYS = st.dates(date(1000, 1, 1), date(2099, 12, 31))
#: Dates and parts of dates, in EDTF.
SHOWN = st.one_of(
    DAYS.map(date.isoformat),
    DAYS.map(lambda day: day.isoformat()[:7]),
    DAYS.map(lambda day: day.isoformat()[:4]),
    DAYS.map(lambda day: f"{day.year // 10}X"),
    DAYS.map(lambda day: f"{day.year // 100}XX"),
    st.builds(lambda day, season: f"{day.year}-{season}", DAYS, st.integers(21, 24)),
    st.builds(
        lambda day, months: f"{day.year}-{months[:2]}/{day.year}-{months[2:]}",
        DAYS,
        st.sampled_from(["0104", "0508", "0912", "0103", "0709", "0106", "0712"]),
    ),
)

_PIECES = (
    "2005|1994|98|3|12|31|March|may|Sept|.|,|-|–|/|'|s|th|st|after|from|to|between|and|the|end of|early|mid|"
    "century|19th|nineties|nineteen|two|thousand|last|years|ago|AD|BC|Q|winter|turn of the|fiscal year|"
    "first half of|2010-03-03|0000|9999|present|(|İ|²|٣|year|as|ended|this"
).split("|")
_pieces = st.lists(st.sampled_from(_PIECES), max_size=12)
#: Texts that are nearly dates, and any others.
TEXTS = _pieces.map(" ".join) | _pieces.map("".join) | st.text()
