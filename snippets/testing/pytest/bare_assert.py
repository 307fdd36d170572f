def distinct(titles: list[str]) -> list[str]:
    """Each title of a cart once, in the order they were added."""
    return sorted(set(titles))


def main() -> None:
    titles = ["Salt Roads", "Night Trains", "Salt Roads"]
    assert distinct(titles) == ["Salt Roads", "Night Trains"]
    print("every check passed")


if __name__ == "__main__":
    main()
