# Which hardware threads share a core, one entry for each of them
SIBLINGS = ["0-1", "0-1", "2-3", "2-3", "4", "5", "6", "7"]


def main() -> None:
    cores = set(SIBLINGS)
    print(len(cores), "cores,", len(SIBLINGS), "hardware threads")


if __name__ == "__main__":
    main()
