"""The type scale: the few font roles of the product, its shipped fonts and Qt's own Chinese."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.i18n import N_
from govproc_desktop.paths import resource

FAMILY: Final = "Noto Sans SC"
_REST: Final = "Noto Sans S8"
"""The full Regular once more under a name of its own, as long as ``FAMILY``: see ``_load_rest``."""
_FILES: Final = ("NotoSansSC-Regular.ttf", "NotoSansSC-Medium.ttf", "NotoSansSC-Bold.ttf")

# role: (logical pixels, weight); nothing below 11, nothing to be read below 12
ROLES: Final[dict[str, tuple[int, int]]] = {
    "hero": (24, 700),
    "title": (20, 700),
    "heading": (18, 700),
    "lead": (16, 500),
    "lead_bold": (15, 700),
    "section": (15, 500),
    "figure": (14, 700),
    "large": (14, 400),
    "large_strong": (14, 500),
    "subhead": (13, 700),
    "strong": (13, 500),
    "body": (13, 400),
    "mark": (12, 700),
    "column": (12, 500),
    "note": (12, 400),
    "key": (11, 500),
}


@cache
def load_weights() -> str:
    """Register the three shipped weights once and return their common family.

    Raises:
        Unavailable: a font file is missing or damaged.
    """
    for name in _FILES:
        if QFontDatabase.addApplicationFont(str(resource(f"fonts/{name}"))) < 0:
            raise Unavailable(
                N_("字体文件 {name} 打不开，请重新安装本程序。"), {"name": name}, "E9101"
            )
    return FAMILY


def load_fonts() -> str:
    """Register everything the windows draw with and return the family.

    The login paints with :func:`load_weights` alone and calls this right after: the rest takes
    as long as the weights together.
    """
    load_weights()
    _load_rest()
    return FAMILY


@cache
def _load_rest() -> None:
    """Offer the full Regular to the other weights, which ship only the common characters.

    Qt looks for a missing character in other families, never in another weight of the same one,
    so names such as 龑 would show as boxes wherever they stand in bold.
    """
    data = resource(f"fonts/{_FILES[0]}").read_bytes()
    tables = int.from_bytes(data[4:6], "big")
    for at in range(12, 12 + 16 * tables, 16):
        if data[at : at + 4] == b"name":
            start = int.from_bytes(data[at + 8 : at + 12], "big")
            end = start + int.from_bytes(data[at + 12 : at + 16], "big")
            names = data[start:end].replace(FAMILY.encode("utf-16-be"), _REST.encode("utf-16-be"))
            data = data[:start] + names.replace(FAMILY.encode(), _REST.encode()) + data[end:]
    QFontDatabase.addApplicationFontFromData(data)


@cache
def font(role: str) -> QFont:
    """Return the font of a role (``title``, ``body`` …); shared, so never change it in place."""
    pixels, weight = ROLES[role]
    made = QFont(FAMILY)
    made.setFamilies([FAMILY, _REST])
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return made


@cache
def metrics(role: str) -> QFontMetricsF:
    """Return the measures of a role in logical pixels; needs an application."""
    return QFontMetricsF(font(role))


def text_width(text: str, role: str = "body") -> float:
    """Return how many logical pixels a text takes in a role."""
    return metrics(role).horizontalAdvance(text)


def install_qt_translation(app: QCoreApplication) -> bool:
    """Make Qt's own texts (context menus, calendar) Chinese; False when Qt ships none."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator.load("qtbase_zh_CN", folder) and app.installTranslator(translator)
