import pytest


def check_email(email: str) -> None:
    if "@" not in email:
        raise ValueError(f"no @ in {email!r}")


@pytest.mark.refusla
def test_refuses_an_email_without_at() -> None:
    with pytest.raises(ValueError, match="no @"):
        check_email("amara.example")
