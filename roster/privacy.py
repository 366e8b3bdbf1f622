"""What is never held (PROBLEM.md section 7): tells columns and values that identify a person.

Values are told by their form: an NHS number by its check digit (modulus 11), a National Insurance number, an
e-mail address, a phone number, and in a referral a full postcode. Columns are told by the words of their names.
Nothing here keeps, shows or logs a value; callers say which kind it is and no more.
"""

import re
import unicodedata

NHS_NUMBER = "an NHS number"
NINO = "a National Insurance number"
EMAIL = "an e-mail address"
PHONE = "a phone number"
POSTCODE = "a full postcode"

VOLUNTARY = "This is voluntary. Coming, not coming or stopping has no effect on your benefits or your care."
NEVER_HELD = (
    "No name, date of birth, NHS number, National Insurance number, phone, e-mail, address or full postcode of a "
    "person; no diagnosis, fit-note text, benefit, sanction or attendance record; no reason for anybody's absence; "
    "no free text about a person."
)

# -- values ---------------------------------------------------------------------------------------------------

_EMAIL = re.compile(r"[^\s;,:<>()@]+\s?@\s?[\w-]+(\.[\w-]+)+")
_TEN_DIGITS = re.compile(r"(?<!\d)(?<!\d[ -])\d(?:[ -]{0,2}\d){9}(?![ -]?\d)")
_NINO = re.compile(
    r"(?<![A-Z0-9])(?!GB|BG|NK|KN|TN|NT|ZZ)[A-Z]{2}(?:[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D]|(?:[ -]\d{2}){3})"
    r"(?![A-Z0-9])"
)
_NO_ID_BEFORE = r"(?<![\d.])(?<!\b[A-Z])(?<!\b[A-Z]{2})"
_PHONE = re.compile(
    r"(?<![\w.])\+[1-9](?:[ ().-]{0,3}\d){7,13}(?!\d)"
    rf"|{_NO_ID_BEFORE}00[ -]?[1-9](?:[ ().-]{{0,3}}\d){{9,12}}(?!\d)"
    rf"|{_NO_ID_BEFORE}\(?0[1-357-9](?:[ ()-]{{0,2}}\d){{8,9}}(?!\d)"
    rf"|{_NO_ID_BEFORE}0[1-357-9]\d{{0,3}}(?:\.\d{{3,6}}){{1,3}}(?![\d.])"
    rf"|{_NO_ID_BEFORE}7[1-9]\d{{2}}[ -]?\d{{3}}[ -]?\d{{3}}(?![\d.])"
)
_AREAS = (
    "AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX "
    "FK FY G GL GU GX GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE "
    "NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR "
    "TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
_POSTCODE = re.compile(
    rf"(?<![A-Z0-9])(?:(?:{'|'.join(_AREAS.split())})\d[A-Z\d]?|GIR) {{0,2}}\d[ABD-HJLNP-UW-Z]{{2}}(?![A-Z0-9])"
)
_HARMLESS = re.compile(
    r"\b[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\b"  # made-up ids of the usual long form
    r"|\b[0-9A-F]{32,}\b"  # check sums
    r"|(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d)|(?<!\d)\d{1,2}([/.-])\d{1,2}\1\d{4}(?!\d)"  # dates
    r"|(?<!\d)\d{1,2}:\d{2}(:\d{2})?(?!\d)"  # times of day
)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_DASHES = {ord(dash): "-" for dash in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63"}
_PLAIN_DECIMAL = re.compile(r"[+-]?\d*\.\d+")
_MAY_IDENTIFY = re.compile(r"@|(?:\d[^\d;]{0,3}){5}\d|(?:[A-Z]\d[A-Z\d]?|GIR) {0,2}\d[A-Z]{2}", re.IGNORECASE)


def identifies(value: str, *, in_referral: bool) -> str | None:
    """What the text identifies a person by ("an e-mail address"), or None. A postcode only counts in a referral."""
    text = unicodedata.normalize("NFKC", value).translate(_INVISIBLE).translate(_DASHES).upper()
    if not _MAY_IDENTIFY.search(text):
        return None
    if "@" in text and _EMAIL.search(text):
        return EMAIL
    text = _HARMLESS.sub("|", text)
    if _PLAIN_DECIMAL.fullmatch(text):
        return None
    return _by_number(text) or (POSTCODE if in_referral and _POSTCODE.search(text) else None)


def _by_number(text: str) -> str | None:
    if any(_is_nhs_number(found[0]) for found in _TEN_DIGITS.finditer(text)):
        return NHS_NUMBER
    if _NINO.search(text):
        return NINO
    return PHONE if _PHONE.search(text) else None


def _is_nhs_number(text: str) -> bool:
    """Modulus 11 over the first nine digits with weights 10 to 2; the tenth is the check digit.

    Nothing that starts with 00 was ever given out; ids padded with zeros do.
    """
    digits = [int(character) for character in text if character.isdigit()]
    if digits[:2] == [0, 0]:
        return False
    weighted = sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False))
    return (11 - weighted % 11) % 11 == digits[9]


class Screen:
    """``identifies`` over the cells of one input: what was looked at once is not looked at again."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, bool], str | None] = {}

    def identifies(self, value: str, table: str) -> str | None:
        """What a cell of ``table`` identifies a person by, or None."""
        key = value, table == "referrals"
        if key not in self._seen:
            self._seen[key] = identifies(value, in_referral=key[1])
        return self._seen[key]


# -- columns --------------------------------------------------------------------------------------------------


def _vocabulary(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PERSONAL = _vocabulary(
    "name forename forenames surname firstname lastname fullname initials title dob birth birthday birthdate born age "
    "nhs nhsnumber nhsno nino ni insurance phone telephone tel mobile mob contact email mail address street town city "
    "fname lname telno postcode postal zip gender sex ethnicity ethnic religion nationality marital passport photo"
)
_RECORDS = _vocabulary(
    "diagnosis diagnoses condition conditions disability health medical medication symptom symptoms icd snomed fit "
    "fitnote sick sickness sicknote illness benefit benefits uc pip esa jsa claim claimant claims sanction sanctions "
    "attendance attended attends dna reason reasons cause why note notes comment comments remark remarks memo "
    "description details detail text freetext"
)
_OF_A_BUILDING = _vocabulary("name title address street town city postcode postal zip")
_PARTS = _vocabulary("birth surname phone email postcode diagnos benefit sanction attendance fitnote")
_BUILDINGS = frozenset({"sites", "practices", "rooms"})


def column_identifies(name: str, table: str) -> bool:
    """Whether a column of this name, in this table, would hold what is never held."""
    words = _words(name)
    forbidden = _PERSONAL | _RECORDS
    parts = _PARTS
    if table in _BUILDINGS:
        forbidden, parts = forbidden - _OF_A_BUILDING, parts - _OF_A_BUILDING
    joined = "".join(words)
    return bool(forbidden.intersection([*words, joined])) or any(part in joined for part in parts)


def _words(name: str) -> list[str]:
    """The words of a column's name: ``dateOfBirth``, ``Date of birth`` and ``DATE-OF-BIRTH`` have the same."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKD", name)).casefold()
    return [word for word in re.split(r"[\W\d_]+", apart) if word]
