"""The values of a resolved time: TIMEX3, TEI, EDTF. Three writers from one algebra; no value is copied."""

from tei_serge.temporal.calendar import SEASONS, add_days, last_day
from tei_serge.temporal.model import Temporal, Timex

_MONTHS = {"early": (1, 4), "middle": (5, 8), "late": (9, 12)}
_DAYS = {
    "early": (1, 10), "middle": (11, 20), "late": (21, 0), "first days": (1, 7), "last days": (-7, 0),
    "first half": (1, 15), "second half": (16, 0), "first week": (1, 7), "second week": (8, 14),
    "third week": (15, 21), "fourth week": (22, 28), "last week": (-7, 0),
}  # fmt: skip
_DECADE = {"early": (0, 3), "middle": (4, 6), "late": (7, 9)}
_CENTURY = {
    "early": (1, 33),
    "middle": (34, 66),
    "late": (67, 100),
    "first half": (1, 50),
    "second half": (51, 100),
}
_EDTF_SEASONS = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
Bounds = tuple[str, str]


def _iso_year(year: int) -> str:
    """The year for TEI: proleptic Gregorian with a year 0, as XML Schema 1.1 has it."""
    return f"{year:04d}" if year > 0 else f"-{-year - 1:04d}" if year < -1 else "0000"


def _timex_year(year: int) -> str:
    return f"{year:04d}" if year > 0 else f"BC{-year:04d}"


def _date(year: str, month: int | None, day: int | None) -> str:
    return year + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if month and day else "")


def timex(temporal: Temporal) -> Timex | None:
    """The TIMEX3 attributes; None for what TimeML has no value for."""
    mod = "" if temporal.mod == "figures" else temporal.mod
    if temporal.amount:
        return Timex("DURATION", temporal.amount, mod)
    if temporal.repeated:
        return Timex("SET", temporal.repeated)
    if temporal.vague:
        return Timex("DATE", temporal.vague)
    value = _timex_value(temporal)
    if not value:
        return None
    if temporal.clock:
        return Timex("TIME", f"{value}{temporal.clock}", mod)
    if temporal.daypart:
        return Timex("TIME", f"{value}T{temporal.daypart}", mod)
    return Timex("DATE", value, mod)


def _timex_value(temporal: Temporal) -> str:
    if temporal.decade is not None:
        return f"BC{temporal.decade:03d}" if temporal.era == -1 else f"{temporal.decade:03d}"
    if temporal.century is not None:
        return f"BC{temporal.century:02d}" if temporal.era == -1 else f"{temporal.century:02d}"
    if temporal.tens is not None:
        return f"XX{temporal.tens}"
    year = "XXXX" if temporal.year is None else _timex_year(temporal.year)
    if temporal.short is not None:
        year = f"XX{temporal.short:02d}"
    if temporal.week is not None:
        return f"{year}-W{temporal.week:02d}"
    if temporal.season:
        return f"{year}-{temporal.season}"
    if temporal.quarter:
        return f"{year}-Q{temporal.quarter}"
    if temporal.half:
        return f"{year}-H{temporal.half}"
    if temporal.weekday is not None and temporal.day is None:
        return f"XXXX-WXX-{temporal.weekday + 1}"
    if temporal.month is None and temporal.day is not None:
        return f"{year}-XX-{temporal.day:02d}"
    if temporal.month is None and temporal.year is None and temporal.short is None:
        if temporal.daypart or temporal.clock:
            return "XXXX-XX-XX"
        return {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "weekday": "XXXX-WXX"}.get(
            temporal.unit, "PRESENT_REF" if temporal.unit == "time" else ""
        )
    return _date(year, temporal.month, temporal.day)


def bounds(temporal: Temporal) -> Bounds | None:
    """First and last possible day, month or year of a resolved time, in the form of TEI; None for a point."""
    year = temporal.year
    if temporal.decade is not None and temporal.era != -1:
        first, last = _DECADE.get(temporal.part, (0, 9))
        return f"{temporal.decade * 10 + first:04d}", f"{temporal.decade * 10 + last:04d}"
    if temporal.decade is not None:
        return _iso_year(-(temporal.decade * 10 + 9)), _iso_year(-(temporal.decade * 10))
    if temporal.century is not None:
        first, last = _CENTURY.get(temporal.part, (1, 100))
        if temporal.era == -1:
            first, last = 101 - last, 101 - first  # before Christ a century ends with its first year
            return _iso_year(-(temporal.century * 100 + last)), _iso_year(-(temporal.century * 100 + first))
        return f"{temporal.century * 100 + first:04d}", f"{temporal.century * 100 + last:04d}"
    if year is None:
        return None
    text = _iso_year(year)
    if temporal.week is not None:
        return _week(year, temporal.week)
    if temporal.season:
        return _season(year, temporal)
    if temporal.quarter:
        return f"{text}-{temporal.quarter * 3 - 2:02d}", f"{text}-{temporal.quarter * 3:02d}"
    if temporal.half:
        return f"{text}-{temporal.half * 6 - 5:02d}", f"{text}-{temporal.half * 6:02d}"
    if temporal.year_to:
        return text, _iso_year(temporal.year_to)
    if temporal.part and temporal.month and temporal.part in _DAYS:
        first, last = _DAYS[temporal.part]
        size = last_day(year, temporal.month)
        return (
            _date(text, temporal.month, first if first > 0 else size + first + 1),
            _date(text, temporal.month, last or size),
        )
    if temporal.part in _MONTHS and not temporal.month:
        first, last = _MONTHS[temporal.part]
        return f"{text}-{first:02d}", f"{text}-{last:02d}"
    return None


def _week(year: int, week: int) -> Bounds | None:
    from datetime import date

    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    sunday = add_days(monday, 6)
    return (monday.isoformat(), sunday.isoformat()) if sunday else None


def _season(year: int, temporal: Temporal) -> Bounds:
    first, last = SEASONS[temporal.season]
    if temporal.part and temporal.season != "WI":
        month = {"early": first, "middle": first + 1, "late": last}.get(temporal.part, first)
        return f"{_iso_year(year)}-{month:02d}", f"{_iso_year(year)}-{month:02d}"
    if temporal.season != "WI":
        return f"{_iso_year(year)}-{first:02d}", f"{_iso_year(year)}-{last:02d}"
    following = year + 1 if year != -1 else 1
    begins = "12" if temporal.year_to else "01"
    return f"{_iso_year(year)}-{begins}", f"{_iso_year(following)}-02"


def point(temporal: Temporal) -> str:
    """The value of `@when`, as fine as what is known; empty where it has none or is no point."""
    if temporal.year is None or bounds(temporal) is not None:
        if temporal.year is None and temporal.month and temporal.short is None:
            return f"--{temporal.month:02d}" + (f"-{temporal.day:02d}" if temporal.day else "")
        return ""
    value = _date(_iso_year(temporal.year), temporal.month, temporal.day)
    if temporal.clock and temporal.day:
        hour, minute = temporal.clock[1:].split(":")
        if hour != "24":
            return f"{value}T{hour}:{minute}:00"
    return value


def tei_duration(amount: str) -> str:
    """The value of `@dur`: XML Schema has no weeks, decades, centuries, and no open numbers."""
    number = amount.lstrip("PT").rstrip("DWMYECH")
    if "X" in amount or not number.replace(".", "").isdigit():
        return ""
    unit = amount[len(amount.rstrip("DWMYECHS")) :]
    if "." in number and not amount.endswith("S"):
        whole = {"Y": ("M", 12), "W": ("D", 7), "DE": ("Y", 10), "CE": ("Y", 100), "H": ("M", 60)}.get(unit)
        value = float(number) * whole[1] if whole else 0.0
        if not whole or value != int(value):
            return ""
        return f"P{'T' if 'T' in amount else ''}{int(value)}{whole[0]}"
    scale = {"W": (7, "D"), "DE": (10, "Y"), "CE": (100, "Y"), "WE": (2, "D")}.get(unit)
    if scale:
        return f"P{int(number) * scale[0]}{scale[1]}"
    return amount


def edtf(temporal: Temporal, bound: str = "", other: Temporal | None = None) -> str | None:
    """The Extended Date/Time Format string, level 1; None where there is none."""
    if other is not None:
        first, last = _edtf_edge(temporal, 0), _edtf_edge(other, 1)
        return f"{first}/{last}" if first and last else None
    if bound:
        edge = _edtf_edge(temporal, 0 if bound == "from" else 1)
        return None if not edge else f"{edge}/.." if bound == "from" else f"../{edge}"
    return _edtf_point(temporal)


def _edtf_edge(temporal: Temporal, side: int) -> str:
    """The first (0) or last (1) day, month or year of a time, for an interval."""
    span = bounds(temporal)
    if span:
        return span[side]
    value = point(temporal).partition("T")[0]
    return "" if value.startswith("--") else value  # no year, no interval


def _edtf_point(temporal: Temporal) -> str | None:
    if temporal.decade is not None and temporal.era != -1 and not temporal.part:
        return f"{temporal.decade:03d}X"
    if temporal.century is not None and temporal.era != -1 and not temporal.part:
        return f"{temporal.century:02d}XX"
    if temporal.season and temporal.year is not None and not temporal.year_to and not temporal.part:
        return f"{_iso_year(temporal.year)}-{_EDTF_SEASONS[temporal.season]}"
    span = bounds(temporal)
    if span:
        return f"{span[0]}/{span[1]}"
    if temporal.year is None:
        if temporal.month and temporal.short is None:
            return f"XXXX-{temporal.month:02d}" + (f"-{temporal.day:02d}" if temporal.day else "")
        return None
    value = _date(_iso_year(temporal.year), temporal.month, temporal.day)
    return f"{value}~" if temporal.mod == "APPROX" else value
