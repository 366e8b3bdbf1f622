"""A small folder without faults, and ways to spoil it."""

import csv
import io
from pathlib import Path

from roster.fault import Fault
from roster.files import Reading, read

GOOD = {
    "settings.toml": """\
name = "A small town"
month = "2027-03"
nation = "england"
as_of = 2027-02-19

[policy]
notice_days = 5
see_by = "must"
break_minutes = 30

[prices]
waiting = { A = 12, B = 6, C = 3 }
""",
    "coaches.csv": """\
coach_id,base_lat,base_lon,skills,max_sessions_day,max_sessions_week,max_sessions_month,max_travel_minutes_day
C1,51.53422,-0.11184,welsh;woman,2,5,16,90
C2,51.55,-0.12,,,,,
""",
    "hours.csv": """\
coach_id,weekday,start,end
C1,mon,09:00,12:00
C1,mon,12:00,17:00
C1,tue,09:00,17:00
C2,mon,09:00,17:00
""",
    "leave.csv": """\
coach_id,first_day,last_day
C1,2027-03-15,2027-03-16
C2,2027-03-15,2027-03-15
""",
    "sites.csv": """\
site_id,name,kind,lat,lon,features,min_sessions,max_sessions,hire_pounds
V1,Bridge Surgery,surgery,51.54,-0.09,step_free,1,4,0
V2,Market Library,library,51.53,-0.10,,,,12.50
""",
    "practices.csv": """\
practice_id,name,site_id
P1,Bridge Surgery,V1
P2,"Market, Old and New",V2
""",
    "rooms.csv": """\
room_id,site_id,features
M1,V1,quiet
M2,V2,
""",
    "sessions.csv": """\
session_id,room_id,date,start,end
S1,M1,2027-03-01,09:00,12:00
S2,M1,2027-03-08,13:00,17:00
S3,M2,2027-03-09,09:00,17:00
""",
    "referrals.csv": """\
referral_id,practice_id,referred_on,band,see_by,minutes,needs,sites,away,usual_coach,consent,count
R1,P1,2027-02-01,A,2027-03-09,60,coach:welsh;room:step_free,V1;V2,2027-03-02;2027-03-03,C1,yes,1
R2,P2,2027-02-02,B,,30,,,,,yes,3
R3,P1,2027-02-03,C,2027-03-30,40,interpreter:bsl,V1,2027-03-05,C2,yes,
""",
    "interpreters.csv": """\
booking_id,skill,date,start,end,fee_pounds
B1,bsl,2027-03-08,13:00,17:00,110
B2,bsl,2027-03-09,09:00,17:00,
""",
    "travel.csv": """\
from_id,to_id,minutes
C1,V1,12
V1,C1,15
V1,V2,9
""",
    "pins.csv": """\
coach_id,session_id
C1,S2
C2,S2
""",
}


class Folder:
    """The good folder under ``path``, to be spoilt and read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir()
        for name, text in GOOD.items():
            self.put(name, text)

    def put(self, file: str, text: str | bytes) -> "Folder":
        """Replace a whole file."""
        (self.path / file).write_bytes(text if isinstance(text, bytes) else text.encode())
        return self

    def text(self, file: str) -> str:
        """The text of a file."""
        return (self.path / file).read_text(encoding="utf-8")

    def swap(self, file: str, old: str, new: str) -> "Folder":
        """Replace one piece of text, which must be there once."""
        text = self.text(file)
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        return self.put(file, text.replace(old, new))

    def cell(self, file: str, row: int, column: str, value: str) -> "Folder":
        """Replace one cell; row 1 is the header."""
        rows = list(csv.reader(io.StringIO(self.text(file))))
        rows[row - 1][rows[0].index(column)] = value
        return self.rows(file, rows)

    def column(self, file: str, name: str, *values: str) -> "Folder":
        """Add a column."""
        rows = list(csv.reader(io.StringIO(self.text(file))))
        cells = (name, *values, *[""] * (len(rows) - len(values) - 1))
        return self.rows(file, [[*row, cell] for row, cell in zip(rows, cells, strict=True)])

    def without_column(self, file: str, name: str) -> "Folder":
        """Remove a column."""
        rows = list(csv.reader(io.StringIO(self.text(file))))
        at = rows[0].index(name)
        return self.rows(file, [row[:at] + row[at + 1 :] for row in rows])

    def line(self, file: str, line: str) -> "Folder":
        """Add a line at the end."""
        return self.put(file, self.text(file) + line + "\n")

    def rows(self, file: str, rows: list[list[str]]) -> "Folder":
        """Write the rows of a table."""
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(rows)
        return self.put(file, text.getvalue())

    def read(self) -> Reading:
        """Read the folder."""
        return read(self.path)

    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with it."""
        return self.read().faults

    def only_fault(self) -> Fault:
        """The one thing that is wrong with it."""
        faults = self.faults()
        assert len(faults) == 1, "\n".join(map(str, faults)) or "there is no fault"
        return faults[0]
