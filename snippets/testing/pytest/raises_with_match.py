import pytest


def check_email(email: str) -> None:
    if "@" not in email:
        raise ValueError(f"no @ in {email!r}")


def check_all(emails: list[str]) -> None:
    errors = []
    for email in emails:
        try:
            check_email(email)
        except ValueError as error:
            errors.append(error)
    if errors:
        raise ExceptionGroup("bad addresses", errors)


def test_one_bad_address() -> None:
    with pytest.raises(ValueError, match=r"no @ in 'amara\.example'"):
        check_email("amara.example")


def test_the_error_can_be_looked_at() -> None:
    with pytest.raises(ValueError) as caught:
        check_email("bilal")
    assert caught.value.args == ("no @ in 'bilal'",)


def test_two_bad_addresses() -> None:
    with pytest.RaisesGroup(
        pytest.RaisesExc(ValueError, match="amara"),
        pytest.RaisesExc(ValueError, match="bilal"),
        match="bad addresses",
    ):
        check_all(["amara", "emi@books.example", "bilal"])
