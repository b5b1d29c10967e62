"""The look in force: the current tokens, Fusion's palette and the style sheet made of them."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from govproc_desktop.paths import resource
from govproc_desktop.views.kit.tokens import DARK, LIGHT, Tokens
from govproc_desktop.views.kit.type_scale import font, load_weights

Mode = Literal["light", "dark", "system"]

_ROLES: Final[dict[QPalette.ColorRole, str]] = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "danger",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "onacc",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line2",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Shadow: "text3",
}


class Theme(QObject):
    """The current tokens; ``changed`` fires after the application has taken a new look."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tokens = LIGHT
        self._mode: Mode = "light"
        self._colours: dict[str, QColor] = {}

    @property
    def tokens(self) -> Tokens:
        """The tokens in force."""
        return self._tokens

    @property
    def dark(self) -> bool:
        """Whether the dark look is in force."""
        return self._tokens is DARK

    def color(self, name: str) -> QColor:
        """Return a token as a colour, cached; shared, so never change it in place."""
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = QColor(self._tokens.value(name))
        return found

    def apply(self, app: QApplication, mode: Mode) -> None:
        """Give the application a look; ``system`` follows the desktop, now and later."""
        self._mode = mode
        hints = app.styleHints()
        if mode == "system":
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(Qt.ColorScheme.Dark if mode == "dark" else Qt.ColorScheme.Light)
        hints.colorSchemeChanged.connect(self._follow, Qt.ConnectionType.UniqueConnection)
        dark = hints.colorScheme() == Qt.ColorScheme.Dark if mode == "system" else mode == "dark"
        self._put_on(app, DARK if dark else LIGHT)

    def _follow(self, scheme: Qt.ColorScheme) -> None:
        app = QApplication.instance()
        if self._mode == "system" and isinstance(app, QApplication):
            self._put_on(app, DARK if scheme == Qt.ColorScheme.Dark else LIGHT)

    def _put_on(self, app: QApplication, tokens: Tokens) -> None:
        self._tokens = tokens
        self._colours.clear()
        load_weights()
        if app.style().objectName() != "fusion":
            app.setStyle("Fusion")
        app.setFont(font("body"))
        app.setPalette(self._palette())
        app.setStyleSheet(style_sheet(tokens))
        self.changed.emit()

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, self.color(token))
        off = QPalette.ColorGroup.Disabled
        for role in (
            QPalette.ColorRole.Text,
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.ButtonText,
        ):
            palette.setColor(off, role, self.color("text3"))
        return palette


def style_sheet(tokens: Tokens) -> str:
    """Return the shipped style sheet with the colours filled in; it sets colours, never fonts."""
    text = resource("themes/kit.qss").read_text(encoding="utf-8")
    # longest names first, so that @line2 is not read as @line
    for name in sorted(Tokens.__dataclass_fields__, key=len, reverse=True):
        text = text.replace(f"@{name}", str(getattr(tokens, name)))
    return text


@cache
def theme() -> Theme:
    """Return the one theme of this process."""
    return Theme()


def color(name: str) -> QColor:
    """Return a token of the theme in force as a colour."""
    return theme().color(name)
