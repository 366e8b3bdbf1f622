"""Reading and writing instances: a folder of tables, or the same tables as the sheets of one workbook."""

from roster.fault import Fault, InvalidInput, Notice
from roster.files.read import Reading, read

__all__ = ["Fault", "InvalidInput", "Notice", "Reading", "read"]
