"""Reading many rows as they all were at one moment, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Within the block the database is as it was at its beginning. Nothing may be written in it.

    Inside a transaction the block is part of that, and sees what the transaction sees.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")  # a transaction of Django's would keep others from writing
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
