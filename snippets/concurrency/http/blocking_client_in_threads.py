from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Barrier, Lock, Thread
from urllib.request import urlopen

NIGHT_TRAINS = "9780000000064"


class Desk(ThreadingHTTPServer):
    daemon_threads = False  # server_close() waits for its threads
    in_flight = peak = 0
    counting = Lock()
    together = Barrier(3)


class Price(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        with Desk.counting:
            Desk.in_flight += 1
            Desk.peak = max(Desk.peak, Desk.in_flight)
        Desk.together.wait()
        with Desk.counting:
            Desk.in_flight -= 1
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"1250")

    def log_message(self, *_: object) -> None:
        pass


def ask(supplier: str, isbn: str, url: str) -> int:
    with urlopen(f"{url}/price/{supplier}/{isbn}") as response:
        return int(response.read())


def main() -> None:
    threads = []
    with Desk(("127.0.0.1", 0), Price) as desk:
        url = f"http://127.0.0.1:{desk.server_port}"
        Thread(target=desk.serve_forever, name="desk").start()
        for name in ("north", "south", "east"):
            args = (name, NIGHT_TRAINS, url)
            threads.append(Thread(target=ask, args=args, name=name))
            threads[-1].start()
        for thread in threads:
            thread.join()
        desk.shutdown()
    print("peak in flight:", Desk.peak)


if __name__ == "__main__":
    main()
