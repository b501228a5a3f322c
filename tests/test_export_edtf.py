"""EDTF and the days that dates admit: a time that ends before it begins is neither."""

import pytest

from tei_serge.chronicle.days import day_number, interval
from tei_serge.chronicle.model import Dates
from tei_serge.export.edtf_values import bounds, edtf


@pytest.mark.parametrize(
    ("dates", "wanted"),
    [
        (Dates(first="1794", last="1790"), ""),
        (Dates(first="1936-05", last="1936-03"), ""),
        (Dates(not_before="1794", not_after="1790"), ""),
        (Dates(first="0014", last="-0044"), ""),
        # Less precise is not turned round.
        (Dates(first="1936-05", last="1936"), "1936-05/1936"),
        (Dates(first="1936", last="1936"), "1936/1936"),
        (Dates(first="-0044", last="0014"), "-0043/0014"),
    ],
)
def test_a_time_that_is_turned_round_has_no_edtf_and_no_days(dates: Dates, wanted: str) -> None:
    assert edtf(dates) == wanted
    assert bounds(dates) == (interval(dates) if wanted else (None, None))


def test_a_day_counts_before_a_time_that_is_turned_round() -> None:
    day = day_number(1936, 8, 25)
    dates = Dates(when="1936-08-25", first="1794", last="1790")
    assert edtf(dates) == "1936-08-25"
    assert bounds(dates) == (day, day)
