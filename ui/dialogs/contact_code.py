"""A contact as a code that a phone photographs: shown, copied, saved as a picture or a card."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from models.phone import contact_card
from models.phone.contact_card import EDGE, Code
from models.sheets import placing
from models.texts import N_, tr
from ui import files, help_pages, theme
from ui.flow import Flow
from ui.session import Session

_SIDE = 320  # points of the code on the screen
_AROUND = 250  # points that the rest of the dialog takes
_LEAST = 240  # points below which no camera reads it
_PIXELS = 12  # of a module in a saved picture


class CodeView(QWidget):
    """Draws a code, black on white in every theme: cameras want it so."""

    def __init__(self, code: Code, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._code = code
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr(N_("QR code of {name}"), name=name))
        self.setAccessibleDescription(code.text)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """A square that a camera reads from where one holds a phone, and that the screen has room for."""
        room = self.screen().availableGeometry().height() - theme.scaled(_AROUND)
        side = min(theme.scaled(_SIDE), max(room, _LEAST))
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The modules, and a frame while the keys are here."""
        painter = QPainter(self)
        draw(painter, self._code, QRectF(self.rect()))
        if self.hasFocus():
            painter.setPen(self.palette().highlight().color())
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def draw(painter: QPainter, code: Code, into: QRectF) -> None:
    """Draw a code with its white edge; modules meet without a seam."""
    painter.fillRect(into, QColor(Qt.GlobalColor.white))
    size = len(code.modules) + 2 * EDGE
    step = into.width() / size
    for y, line in enumerate(code.modules, EDGE):
        top, below = into.top() + round(y * step), into.top() + round((y + 1) * step)
        for x, dark in enumerate(line, EDGE):
            if dark:
                left, right = into.left() + round(x * step), into.left() + round((x + 1) * step)
                module = QRectF(left, top, right - left, below - top)
                painter.fillRect(module, QColor(Qt.GlobalColor.black))


def picture(code: Code) -> QImage:
    """A code as a picture."""
    side = (len(code.modules) + 2 * EDGE) * _PIXELS
    made = QImage(side, side, QImage.Format.Format_RGB32)
    painter = QPainter(made)
    draw(painter, code, QRectF(0, 0, side, side))
    painter.end()
    return made


class ContactCode(QDialog):
    """One person's code, and what did not fit into it."""

    def __init__(
        self, session: Session, entity: str, row: int, code: Code, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._entity, self._row, self._code = session, entity, row, code
        help_pages.offer(self, "phone")
        self._name = session.book.label(entity, row)
        self.setWindowTitle(tr(N_("QR code of {name}"), name=self._name))
        head = QLabel(self._name, self)
        head.setObjectName("title")
        head.setWordWrap(True)
        about = QLabel(tr(N_("Photograph it with a phone, or scan it in WeChat.")), self)
        about.setObjectName("muted")
        about.setWordWrap(True)
        self.view = CodeView(code, self._name, self)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 14, 18, 14)
        box.setSpacing(10)
        box.addWidget(head)
        box.addWidget(about)
        box.addWidget(self.view, 0, Qt.AlignmentFlag.AlignCenter)
        if code.left_out:
            box.addWidget(self._left_out(code))
        box.addLayout(self._buttons())
        self.setMinimumWidth(theme.scaled(430))

    def _left_out(self, code: Code) -> QLabel:
        names = tr(N_(", ")).join(code.left_out)
        text = tr(N_("Left out, so that a camera can read it: {names}."), names=names)
        made = QLabel(text, self)
        made.setObjectName("warning")
        made.setWordWrap(True)
        return made

    def _buttons(self) -> QHBoxLayout:
        acts: tuple[tuple[str, Callable[[], object]], ...] = (
            (tr(N_("Copy picture")), self.copy),
            (tr(N_("Save as picture…")), self._ask_picture),
            (tr(N_("Save as card…")), self._ask_card),
            (tr(N_("Close")), self.reject),
        )
        flow = Flow()
        for text, act in acts:
            button = QPushButton(text, self)
            button.setAccessibleName(text)
            button.setAutoDefault(False)
            button.clicked.connect(act)
            flow.addWidget(button)
        row = QHBoxLayout()
        row.addLayout(flow, 1)
        return row

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setImage(picture(self._code))
        self._session.said.emit(tr(N_("The picture is on the clipboard.")), 0)

    def _ask_picture(self) -> None:
        kinds = "PNG (*.png);;SVG (*.svg)"
        path = files.ask_save(self, tr(N_("Save as picture…")), f"{self._name}.png", kinds)
        if path is not None:
            self.save(path)

    def _ask_card(self) -> None:
        kinds = tr(N_("Contact cards")) + " (*.vcf)"
        path = files.ask_save(self, tr(N_("Save as card…")), f"{self._name}.vcf", kinds)
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        """Write a picture or the card, by the name; a refusal is said."""
        from models.refusals import Refused

        try:
            placing.put(path, self._content(path.suffix.lower()))
        except Refused as refused:
            self._session.refused.emit(str(refused))
            return
        self._session.said.emit(tr(N_("Written: {file}"), file=path.name), 0)

    def _content(self, ending: str) -> bytes:
        if ending == ".svg":
            return contact_card.svg(self._code).encode()
        if ending == ".vcf":
            return contact_card.cards(self._session.book, self._entity, [self._row])
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(picture(self._code))
        buffer.close()
        return bytes(content.data())
