import pytest

from govproc_desktop.views.kit.tokens import (
    DARK,
    LIGHT,
    PART_AA,
    PART_PAIRS,
    TEXT_AA,
    TEXT_PAIRS,
    Tokens,
    contrast,
)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_every_text_pair_is_readable(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(tokens.value(ink), tokens.value(ground)) >= TEXT_AA


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("part", "ground"), PART_PAIRS)
def test_every_control_edge_is_seen(tokens: Tokens, part: str, ground: str) -> None:
    assert contrast(tokens.value(part), tokens.value(ground)) >= PART_AA


@pytest.mark.parametrize(
    ("tokens", "ink", "ground", "ratio"),
    [
        (LIGHT, "text", "surface", 16.7),
        (LIGHT, "text2", "surface", 8.1),
        (LIGHT, "text3", "soft", 4.51),
        (LIGHT, "accent", "surface", 7.2),
        (LIGHT, "danger", "danger_soft", 5.8),
        (LIGHT, "paid_text", "paid", 8.4),
        (LIGHT, "edge", "surface", 3.65),
        (DARK, "text", "surface", 14.3),
        (DARK, "accent", "surface", 8.0),
        (DARK, "onacc", "accent", 7.3),
        (DARK, "warn", "warn_soft", 7.7),
        (DARK, "paid_text", "paid", 9.9),
    ],
)
def test_the_published_ratios_are_recomputed(
    tokens: Tokens, ink: str, ground: str, ratio: float
) -> None:
    assert contrast(tokens.value(ink), tokens.value(ground)) == pytest.approx(ratio, abs=0.06)


def test_black_on_white_is_the_greatest_contrast() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#FFFFFF") == 1


def test_an_unknown_token_is_a_bug() -> None:
    with pytest.raises(KeyError, match="lime"):
        LIGHT.value("lime")
    with pytest.raises(KeyError):
        LIGHT.value("name")
