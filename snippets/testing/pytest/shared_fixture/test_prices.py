def test_salt_roads(catalogue: dict[str, int]) -> None:
    assert catalogue["Salt Roads"] == 2200
