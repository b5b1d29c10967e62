"""The colour tokens of the light and the dark look, and the contrast between two of them."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """One complete set of colours as ``#RRGGBB`` (``#AARRGGBB`` for scrim and shadow)."""

    name: str
    bg: str
    surface: str
    sunken: str
    raised: str
    desk: str
    line: str
    line2: str
    edge: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_hover: str
    accent_pressed: str
    onacc: str
    soft: str
    softline: str
    sel: str
    hover: str
    danger: str
    danger_soft: str
    danger_line: str
    warn: str
    warn_soft: str
    warn_line: str
    ok: str
    ok_soft: str
    ok_line: str
    info: str
    info_soft: str
    info_line: str
    neutral: str
    neutral_soft: str
    neutral_line: str
    paid: str
    paid_text: str
    seal: str
    seal_line: str
    ramp0: str
    ramp1: str
    ramp2: str
    ramp3: str
    ramp4: str
    field_error: str
    nav_current: str
    nav_line: str
    segment: str
    paper: str
    scrim: str
    shadow: str

    def value(self, name: str) -> str:
        """Return the colour called ``name``; an unknown name is a bug (``KeyError``)."""
        if name not in TOKEN_NAMES:
            raise KeyError(name)
        found: str = getattr(self, name)
        return found


TOKEN_NAMES = frozenset(field.name for field in fields(Tokens)) - {"name"}

LIGHT = Tokens(
    name="light",
    bg="#EBF0EF",
    surface="#FFFFFF",
    sunken="#F5F8F7",
    raised="#FFFFFF",
    desk="#E3E9E7",
    line="#DCE4E2",
    line2="#C6D1CE",
    edge="#7B8985",
    text="#15201E",
    text2="#45534F",
    text3="#5F6D69",
    accent="#0E6168",
    accent_hover="#0B5057",
    accent_pressed="#083F45",
    onacc="#FFFFFF",
    soft="#DFEDED",
    softline="#94C3C4",
    sel="#E4F0F0",
    hover="#F1F5F4",
    danger="#B42318",
    danger_soft="#FCEDEB",
    danger_line="#E7A59E",
    warn="#865100",
    warn_soft="#FCF1DD",
    warn_line="#E2B870",
    ok="#1B6B3A",
    ok_soft="#E3F2E8",
    ok_line="#9CCBAE",
    info="#1C5CA3",
    info_soft="#E5EEF9",
    info_line="#A3C2E6",
    neutral="#45534F",
    neutral_soft="#EAEFED",
    neutral_line="#C6D1CE",
    paid="#0E565E",
    paid_text="#FFFFFF",
    seal="#B5382A",
    seal_line="#FFFFFF",
    ramp0="#D3E2E1",
    ramp1="#A5C9C9",
    ramp2="#6BA6A9",
    ramp3="#33828A",
    ramp4="#0C535B",
    field_error="#FCEDEB",
    nav_current="#FFFFFF",
    nav_line="#DCE4E2",
    segment="#FFFFFF",
    paper="#FFFFFF",
    scrim="#6E121E1C",
    shadow="#2E102826",
)

DARK = Tokens(
    name="dark",
    bg="#0E1413",
    surface="#171E1D",
    sunken="#121918",
    raised="#1E2726",
    desk="#0A0F0E",
    line="#293432",
    line2="#3A4744",
    edge="#74837F",
    text="#E7EDEB",
    text2="#B7C3BF",
    text3="#94A29E",
    accent="#5CC1C1",
    accent_hover="#74D0CF",
    accent_pressed="#48AEAE",
    onacc="#04282A",
    soft="#173738",
    softline="#2F6466",
    sel="#183132",
    hover="#1C2524",
    danger="#FF9385",
    danger_soft="#3B1E1B",
    danger_line="#7C3A33",
    warn="#F0B659",
    warn_soft="#382A12",
    warn_line="#7A5C22",
    ok="#76CE94",
    ok_soft="#16311F",
    ok_line="#2F6642",
    info="#8BBBF4",
    info_soft="#182C45",
    info_line="#34567F",
    neutral="#B7C3BF",
    neutral_soft="#26302E",
    neutral_line="#3A4744",
    paid="#86DCD8",
    paid_text="#04282A",
    seal="#E0705F",
    seal_line="#2A0D08",
    ramp0="#22403F",
    ramp1="#2C5C5D",
    ramp2="#3B8384",
    ramp3="#54AAAA",
    ramp4="#86DCD8",
    field_error="#171E1D",
    nav_current="#173738",
    nav_line="#2F6466",
    segment="#3A4744",
    paper="#FFFFFF",
    scrim="#96000000",
    shadow="#99000000",
)

TEXT_AA = 4.5
PART_AA = 3.0

# Every text/ground pair the product draws, and every control edge; a pair used anew is added here.
TEXT_PAIRS = (
    ("text", "surface"),
    ("text", "sel"),
    ("text", "hover"),
    ("text", "sunken"),
    ("text2", "surface"),
    ("text2", "bg"),
    ("text2", "sel"),
    ("text2", "sunken"),
    ("text2", "neutral_soft"),
    ("text3", "surface"),
    ("text3", "bg"),
    ("text3", "sunken"),
    ("text3", "hover"),
    ("text3", "sel"),
    ("text3", "soft"),
    ("text3", "neutral_soft"),
    ("accent", "surface"),
    ("accent", "raised"),
    ("accent", "soft"),
    ("accent", "danger_soft"),
    ("onacc", "accent"),
    ("onacc", "accent_hover"),
    ("onacc", "accent_pressed"),
    ("danger", "surface"),
    ("danger", "sel"),
    ("danger", "danger_soft"),
    ("warn", "surface"),
    ("warn", "warn_soft"),
    ("ok", "surface"),
    ("ok", "ok_soft"),
    ("info", "surface"),
    ("info", "info_soft"),
    ("neutral", "neutral_soft"),
    ("paid_text", "paid"),
)
PART_PAIRS = (
    ("edge", "surface"),
    ("edge", "bg"),
    ("accent", "surface"),
    ("accent", "bg"),
    ("danger", "surface"),
    ("danger", "field_error"),
)


def _luminance(colour: str) -> float:
    def channel(start: int) -> float:
        part = int(colour[start : start + 2], 16) / 255
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)


def contrast(first: str, second: str) -> float:
    """Return the WCAG contrast ratio of two opaque ``#RRGGBB`` colours (1.0 to 21.0)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
