import asyncio
from concurrent.futures import (
    Executor,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from multiprocessing import get_context
from socket import create_connection

from desk import EXTRA_CENTS, HOST, LIMIT, LIST_CENTS, measure

QUESTIONS = [
    (name, isbn) for isbn in LIST_CENTS for name in EXTRA_CENTS
]


def ask(supplier: str, isbn: str, port: int) -> int:
    with create_connection((HOST, port)) as line:
        line.sendall(f"{supplier} {isbn}\n".encode())
        with line.makefile() as answer:
            return int(answer.readline())


def sweep(pool: Executor, port: int) -> list[int]:
    with pool:
        jobs = [pool.submit(ask, *q, port) for q in QUESTIONS]
        return [job.result() for job in jobs]


def in_threads(port: int) -> list[int]:
    return sweep(ThreadPoolExecutor(LIMIT), port)


def in_processes(port: int) -> list[int]:
    spawn = get_context("spawn")
    return sweep(ProcessPoolExecutor(LIMIT, mp_context=spawn), port)


async def ask_in_a_task(
    places: asyncio.Semaphore, supplier: str, isbn: str, port: int
) -> int:
    async with places:
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(f"{supplier} {isbn}\n".encode())
        price = int(await reader.readline())
        writer.close()
        await writer.wait_closed()
        return price


def in_tasks(port: int) -> list[int]:
    async def sweep() -> list[int]:
        places = asyncio.Semaphore(LIMIT)
        questions = (ask_in_a_task(places, *q, port) for q in QUESTIONS)
        return await asyncio.gather(*questions)

    return asyncio.run(sweep())


async def main() -> None:
    for model in (in_threads, in_tasks, in_processes):
        await measure(model)


if __name__ == "__main__":
    asyncio.run(main())
