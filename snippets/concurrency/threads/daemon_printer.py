from threading import Event, Thread

PAUSE = 0.01  # seconds between two looks at the paper


def watch_paper(watching: Event, closing: Event) -> None:
    try:
        while not closing.is_set():
            watching.set()
            closing.wait(PAUSE)
    finally:
        print("printer: paper cut")


def main() -> None:
    watching, closing = Event(), Event()
    printer = Thread(
        target=watch_paper, args=(watching, closing), daemon=True
    )
    printer.start()
    watching.wait()
    print("daemon:", printer.daemon)
    closing.set()
    printer.join()
    print("shop closed")


if __name__ == "__main__":
    main()
