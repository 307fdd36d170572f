import asyncio
from contextvars import ContextVar

NIGHT_TRAINS = "9780000000064"
WAIT = 0.01  # seconds a supplier takes to answer

last_customer = "nobody"
customer: ContextVar[str] = ContextVar("customer", default="nobody")


async def reserve(isbn: str) -> tuple[str, str]:
    await asyncio.sleep(WAIT)
    return last_customer, customer.get()


async def serve(name: str) -> tuple[str, str]:
    global last_customer
    last_customer = name
    customer.set(name)
    return await reserve(NIGHT_TRAINS)


async def main() -> None:
    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(serve(name))
            for name in ("Amara", "Bilal")
        ]
    print("global", "context")
    for task in tasks:
        print(*task.result())
    print(last_customer, customer.get())


if __name__ == "__main__":
    asyncio.run(main())
