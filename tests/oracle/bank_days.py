"""The bank holidays of the four nations in 2026, 2027 and 2028, written out by hand.

As published for each nation: where a holiday falls on a weekend, the weekday that stands in for it is the bank
holiday and the weekend day is not. Scotland, 15 June 2026 is the one-off holiday of the men's World Cup.
"""

from datetime import date

ENGLAND_AND_WALES = """
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28 2028-12-25 2028-12-26
"""
SCOTLAND = """
2026-01-01 2026-01-02 2026-04-03 2026-05-04 2026-05-25 2026-06-15 2026-08-03 2026-11-30 2026-12-25 2026-12-28
2027-01-01 2027-01-04 2027-03-26 2027-05-03 2027-05-31 2027-08-02 2027-11-30 2027-12-27 2027-12-28
2028-01-03 2028-01-04 2028-04-14 2028-05-01 2028-05-29 2028-08-07 2028-11-30 2028-12-25 2028-12-26
"""
ONLY_NORTHERN_IRELAND = "2026-03-17 2026-07-13 2027-03-17 2027-07-12 2028-03-17 2028-07-12"

_WRITTEN = {
    "england": ENGLAND_AND_WALES,
    "wales": ENGLAND_AND_WALES,
    "scotland": SCOTLAND,
    "northern-ireland": ENGLAND_AND_WALES + ONLY_NORTHERN_IRELAND,
}
BANK_HOLIDAYS = {
    nation: frozenset(date.fromisoformat(word) for word in text.split()) for nation, text in _WRITTEN.items()
}
YEARS = (2026, 2027, 2028)


def bank_holidays(nation: str, year: int) -> frozenset[date]:
    """The bank holidays of a nation in a year; ValueError outside the years written down here."""
    if year not in YEARS:
        raise ValueError(f"the oracle's table of bank holidays has no {year}: it covers 2026 to 2028")
    return frozenset(day for day in BANK_HOLIDAYS[nation] if day.year == year)
