from label import Label


def test_height_is_kept() -> None:
    assert Label(30, 20).height == 20
