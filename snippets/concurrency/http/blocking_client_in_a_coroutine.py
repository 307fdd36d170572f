import asyncio
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.request import urlopen

NIGHT_TRAINS = "9780000000064"
WAIT = 0.02  # seconds a supplier takes to answer


class Desk(ThreadingHTTPServer):
    daemon_threads = False  # server_close() waits for its threads
    in_flight = peak = 0
    counting = Lock()


class Price(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        with Desk.counting:
            Desk.in_flight += 1
            Desk.peak = max(Desk.peak, Desk.in_flight)
        time.sleep(WAIT)
        with Desk.counting:
            Desk.in_flight -= 1
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"1250")

    def log_message(self, *_: object) -> None:
        pass


async def ask(supplier: str, isbn: str, url: str) -> int:
    with urlopen(f"{url}/price/{supplier}/{isbn}") as response:
        return int(response.read())


async def ask_all(url: str) -> None:
    names = ("north", "south", "east")
    calls = [ask(name, NIGHT_TRAINS, url) for name in names]
    print("prices:", await asyncio.gather(*calls))


def main() -> None:
    with Desk(("127.0.0.1", 0), Price) as desk:
        Thread(target=desk.serve_forever).start()
        try:
            asyncio.run(ask_all(f"http://127.0.0.1:{desk.server_port}"))
        finally:
            desk.shutdown()
    print("peak in flight:", Desk.peak)


if __name__ == "__main__":
    main()
