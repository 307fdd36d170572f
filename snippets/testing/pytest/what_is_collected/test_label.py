from label import Label


def test_area_of_a_label() -> None:
    assert Label(30, 20).area == 600


def area_of_a_square() -> None:
    assert Label(20, 20).area == 400


class TestEmptyLabel:
    def test_no_width(self) -> None:
        assert Label(0, 20).area == 0


class EmptyLabelTests:
    def test_no_height(self) -> None:
        assert Label(30, 0).area == 0
