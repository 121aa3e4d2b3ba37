"""Takes what later starts of the program hand over; see ``running``."""

from __future__ import annotations

import json
import os

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop.running import GLANCE, TAKEN, address

_LONGEST = 65_536  # bytes of a message


class Listener(QObject):
    """Listens for later starts."""

    asked = Signal(str)  # the path of a book; "" only to come to the front

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)

    def listen(self) -> bool:
        """Begin; the socket of a program that died is cleared. False when another one listens."""
        place = address()
        if not place or _anybody(place):
            return False
        QLocalServer.removeServer(place)
        return self._server.listen(place)

    def stop(self) -> None:
        """Listen no longer."""
        self._server.close()

    def _connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(socket.deleteLater)

    def _read(self) -> None:
        socket = self.sender()
        assert isinstance(socket, QLocalSocket)
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST:
                socket.abort()
            return
        try:
            message = json.loads(bytes(socket.readLine().data()))
            book, token = str(message["open"]), str(message["token"])
        except (ValueError, KeyError, TypeError):
            socket.abort()
            return
        socket.write(TAKEN)
        socket.disconnectFromServer()
        if token:  # what allows a window to come to the front, where the desktop asks for it
            os.environ["XDG_ACTIVATION_TOKEN"] = token
        self.asked.emit(book)


def _anybody(place: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(place)
    found = socket.waitForConnected(GLANCE)
    socket.abort()
    return found
