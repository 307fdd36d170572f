"""What one session proves: started side by side, collected for the proofs file."""

from concurrent.futures import Future, ThreadPoolExecutor

from proving import proofs, services
from proving.examples import Example, examples
from proving.prove import Outcome, place, prove
from proving.running import AT_ONCE, Runners


class Board:
    """What this session has to prove, what it has proven, and what not."""

    def __init__(self, fresh: bool) -> None:
        self.fresh = fresh
        self.examples = examples()
        self.runners = Runners(fresh)
        self.pool = ThreadPoolExecutor(AT_ONCE)
        self.futures: dict[str, Future[Outcome]] = {}
        self.rows: list[dict] = []
        self.proven: set[str] = set()
        self.repeated = 0
        self.not_run: dict[str, str] = {}
        self.seconds: dict[str, list[float]] = {}
        self.not_run_on: dict[str, list[str]] = {}
        self.written = False

    def begin(self, wanted: list[Example]) -> None:
        """Start proving these examples, side by side; their servers first."""
        services.begin(wanted)
        for example in wanted:
            self.start(example)

    def start(self, example: Example) -> Future[Outcome]:
        """Start proving this example, unless that has begun."""
        if example.id not in self.futures:
            self.futures[example.id] = self.pool.submit(
                prove, example, self.runners, self.fresh
            )
        return self.futures[example.id]

    def outcome(self, example: Example) -> Outcome:
        """The example's outcome, waited for; one that is kept needs no server."""
        if self.fresh or not place(example).is_file():
            services.begin([example])
        return self.start(example).result()

    def enter(self, example: Example, outcome: Outcome) -> None:
        """Write an example's proofs on the board."""
        self.proven.add(example.id)
        self.repeated += outcome.repeated and not outcome.not_run
        if outcome.not_run:
            self.not_run[example.id] = outcome.not_run
        for database, seconds in outcome.seconds.items():
            self.seconds.setdefault(database, []).append(seconds)
        for database in outcome.missing:
            self.not_run_on.setdefault(database, []).append(example.id)
        self.rows += proofs.rows_of(example, outcome)

    def close(self) -> None:
        """End what was started."""
        self.pool.shutdown(cancel_futures=True)
        self.runners.close()
