from label import Label


def test_width_is_kept() -> None:
    assert Label(30, 20).width == 30
