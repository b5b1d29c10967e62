"""Icons drawn from the shipped SVG files, coloured by token and cached per size and screen."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from govproc_desktop.paths import resource
from govproc_desktop.views.kit.theme import color

_STROKE = 'stroke-width="1.5"'
_pixmaps: dict[tuple[str, str, int, float, float], QPixmap] = {}


@cache
def _source(name: str) -> str:
    return resource(f"icons/{name}.svg").read_text(encoding="utf-8")


def icon_pixmap(
    name: str, token: str, *, size: int = 18, ratio: float = 1.0, stroke: float | None = None
) -> QPixmap:
    """Return an icon as a pixmap of ``size`` logical pixels for a screen of this pixel ratio.

    Raises:
        FileNotFoundError: no such icon is shipped (a bug).
    """
    width = stroke if stroke is not None else (1.8 if size < 15 else 1.5)
    shade = color(token).name()
    key = (name, shade, size, ratio, width)
    found = _pixmaps.get(key)
    if found is None:
        svg = (
            _source(name).replace("currentColor", shade).replace(_STROKE, f'stroke-width="{width}"')
        )
        side = round(size * ratio)
        found = QPixmap(side, side)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
        found.setDevicePixelRatio(ratio)
        _pixmaps[key] = found
    return found


def draw_icon(
    painter: QPainter,
    name: str,
    x: float,
    y: float,
    token: str = "text2",
    *,
    size: int = 18,
    stroke: float | None = None,
) -> None:
    """Draw an icon with its top left corner at a point, sharp on the painter's own screen."""
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(
        QPointF(x, y), icon_pixmap(name, token, size=size, ratio=ratio, stroke=stroke)
    )


class _Engine(QIconEngine):
    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token

    def paint(self, painter: QPainter, rect: object, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw at whatever size the style asks for."""
        box = QRectF(rect)  # type: ignore[call-overload]
        size = int(min(box.width(), box.height()))
        token = "text3" if mode == QIcon.Mode.Disabled else self._token
        draw_icon(painter, self._name, box.left(), box.top(), token, size=size)

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        """Return a cached pixmap in the colours of the theme in force."""
        token = "text3" if mode == QIcon.Mode.Disabled else self._token
        return icon_pixmap(self._name, token, size=min(size.width(), size.height()))

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float
    ) -> QPixmap:
        """Return a pixmap for a screen of this scale; ``size`` is logical (since Qt 6.8)."""
        token = "text3" if mode == QIcon.Mode.Disabled else self._token
        side = min(size.width(), size.height())
        return icon_pixmap(self._name, token, size=side, ratio=scale)

    def clone(self) -> QIconEngine:
        """Return a copy."""
        return _Engine(self._name, self._token)


def icon(name: str, token: str = "text2") -> QIcon:
    """Return an icon for menus and actions; it follows the theme by itself."""
    return QIcon(_Engine(name, token))


def icon_names() -> frozenset[str]:
    """Return the names of all shipped icons."""
    return frozenset(path.stem for path in resource("icons").glob("*.svg"))
