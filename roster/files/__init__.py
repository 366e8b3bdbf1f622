"""Reading and writing instances: a folder of tables, or the same tables as the sheets of one workbook."""

from roster.fault import Fault, InvalidInput, Notice
from roster.files.atomic import new_folder, write_text
from roster.files.read import Reading, read
from roster.files.template import write_template
from roster.files.write import write_folder, write_workbook

__all__ = [
    "Fault",
    "InvalidInput",
    "Notice",
    "Reading",
    "new_folder",
    "read",
    "write_folder",
    "write_template",
    "write_text",
    "write_workbook",
]
