"""Messages between processes that never make the sender wait: a thread takes them in while the receiver is busy."""

import threading
from collections import deque
from multiprocessing.connection import Connection
from typing import Any


class Inbox:
    """A connection whose messages are taken in as they come. It has the part of a connection that a search needs."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._arrived: deque[Any] = deque()
        threading.Thread(target=self._take_in, daemon=True).start()

    def _take_in(self) -> None:
        try:
            while True:
                self._arrived.append(self._connection.recv())
        except (EOFError, OSError):
            return

    def send(self, message: object) -> None:
        """Send, as the connection does."""
        self._connection.send(message)

    def poll(self) -> bool:
        """Whether a message is there."""
        return bool(self._arrived)

    def recv(self) -> Any:
        """The oldest message that is there. Raises IndexError where there is none."""
        return self._arrived.popleft()
