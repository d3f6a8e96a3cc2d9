"""Phones that follow the room: a stream each, begun again like a browser does whenever it ends."""

import asyncio
from contextlib import closing, suppress

from tests.faults.lab import Hall
from tests.faults.phones import Phone
from tests.faults.wire import written

HOST = "127.0.0.1"
AGAIN = 1.0


class Followers:
    """How many of them hear the room now; `begun` counts every stream that said something."""

    def __init__(self, hall: Hall, phones: list[Phone]) -> None:
        self.hall, self.hearing, self.begun = hall, set[int](), 0
        self.tasks = [asyncio.create_task(self._follow(number, phone)) for number, phone in enumerate(phones)]

    async def all_hear(self, within: float) -> bool:
        """Does everybody hear the room, in so many seconds at most?"""
        deadline = asyncio.get_running_loop().time() + within
        while len(self.hearing) < len(self.tasks) and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.1)
        return len(self.hearing) == len(self.tasks)

    def stop(self) -> None:
        for task in self.tasks:
            task.cancel()

    async def _follow(self, number: int, phone: Phone) -> None:
        while True:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                await self._listen(number, phone)
            self.hearing.discard(number)
            await asyncio.sleep(AGAIN)

    async def _listen(self, number: int, phone: Phone) -> None:
        cookies = "; ".join(f"{name}={value}" for name, value in phone.cookies.items())
        reader, writer = await asyncio.open_connection(HOST, self.hall.served.port)
        with closing(writer):
            path = f"/live/{self.hall.room.id}/phone?part=now"
            writer.write(written("GET", path, self.hall.served.port, {"Cookie": cookies}))
            await reader.readuntil(b"event: part")
            self.hearing.add(number)
            self.begun += 1
            while await reader.read(4096):
                pass
