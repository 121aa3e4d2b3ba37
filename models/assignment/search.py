"""Ways to a good assignment of many jobs: one after the other, by regret, and what improves them."""

from __future__ import annotations

from models.assignment.worth import Board, gathered
from models.progress import SILENT, Progress

_ROUNDS = 50  # it ends long before, for every step makes the whole better


def greedy(board: Board) -> list[int]:
    """Each job to whoever is best for it once those before it are given; the urgent first."""
    mine: dict[int, list[int]] = {}
    given = []
    for at in range(len(board.jobs)):
        who = _best(board, at, mine)[0][1]
        mine.setdefault(who, []).append(at)
        given.append(who)
    return given


def by_regret(board: Board) -> list[int]:
    """First the job that would lose most if its best person were taken; then the next."""
    mine: dict[int, list[int]] = {}
    given = [0] * len(board.jobs)
    best = {at: _best(board, at, mine) for at in range(len(board.jobs))}
    while best:
        at = max(best, key=lambda one: (_regret(best[one]), -one))
        who = best.pop(at)[0][1]
        mine.setdefault(who, []).append(at)
        given[at] = who
        for other, found in best.items():
            if any(one == who for _, one in found):
                best[other] = _best(board, other, mine)
    return given


def _regret(found: list[tuple[int, int]]) -> int:
    return found[0][0] - found[1][0] if len(found) > 1 else found[0][0]


def _best(board: Board, at: int, mine: dict[int, list[int]]) -> list[tuple[int, int]]:
    """The two best people for a job besides what they have: what it is worth, who."""
    found: list[tuple[int, int]] = []
    for alone, who in board.alone[at]:
        if len(found) == 2 and alone <= found[1][0]:
            break  # with other jobs it is worth no more than alone
        jobs = mine.get(who)
        worth = board.own(who, at, (*jobs, at)) if jobs else alone
        found.append((worth, who))
        found.sort(key=lambda one: -one[0])
        del found[2:]
    return found


class _Hand:
    """An assignment that is being improved, with what each person's jobs are worth."""

    def __init__(self, board: Board, given: list[int]) -> None:
        self.board, self.given = board, list(given)
        self.mine = gathered(given)
        self.worth = {who: board.worth(who, jobs) for who, jobs in self.mine.items()}
        self._alone = [{who: worth for worth, who in one} for one in board.alone]
        self._losses: dict[int, int] = {}
        self._steps = 0
        self._touched: dict[int, int] = {}  # at which step a person's jobs last became others
        self._moved = [-1] * len(given)  # at which step a move, or an exchange, was last in vain
        self._exchanged = [-1] * len(given)

    def of(self, who: int) -> tuple[list[int], int]:
        """A person's jobs and what they are worth."""
        return self.mine.get(who, []), self.worth.get(who, 0)

    def loss(self, at: int) -> int:
        """What is lost when a job is taken from whoever has it."""
        if at not in self._losses:
            jobs, worth = self.of(self.given[at])
            rest = [one for one in jobs if one != at]
            self._losses[at] = worth - self.board.worth(self.given[at], rest)
        return self._losses[at]

    def give(self, at: int, who: int) -> None:
        """Give a job to somebody else."""
        before = self.given[at]
        self.mine[before].remove(at)
        self.mine.setdefault(who, []).append(at)
        self.given[at] = who
        self._steps += 1
        for one in (before, who):
            self.worth[one] = self.board.worth(one, self.mine[one])
            self._touched[one] = self._steps
            for job in self.mine[one]:
                self._losses.pop(job, None)

    def _still(self, who: int, since: int) -> bool:
        """Whether a person's jobs are what they were at a step."""
        return self._touched.get(who, 0) <= since

    def move(self, at: int) -> bool:
        """Give a job to whoever makes the whole better; gives whether somebody does."""
        loss, best, to = self.loss(at), 0, -1
        since = self._moved[at] if self._still(self.given[at], self._moved[at]) else -1
        for alone, who in self.board.alone[at]:
            if alone - loss <= best:
                break
            if who == self.given[at] or self._still(who, since):
                continue
            jobs, worth = self.of(who)
            gain = self.board.worth(who, [*jobs, at]) - worth - loss
            if gain > best:
                best, to = gain, who
        self._moved[at] = self._steps
        if to >= 0:
            self.give(at, to)
        return to >= 0

    def exchange(self, at: int) -> bool:
        """Exchange a job with another's of somebody else, the first that makes the whole better."""
        loss, who, since = self.loss(at), self.given[at], self._exchanged[at]
        same = self._still(who, since)
        for other in range(at + 1, len(self.given)):
            whose = self.given[other]
            if whose == who or (same and self._still(whose, since)):
                continue
            hope = self._alone[at].get(whose), self._alone[other].get(who)
            if hope[0] is None or hope[1] is None:
                continue
            if hope[0] + hope[1] - loss - self.loss(other) > 0 and self._gain(at, other) > 0:
                self.give(at, whose)
                self.give(other, who)
                return True
        self._exchanged[at] = self._steps
        return False

    def _gain(self, at: int, other: int) -> int:
        made = 0
        for out, into in ((at, other), (other, at)):
            who = self.given[out]
            jobs, worth = self.of(who)
            kept = [one for one in jobs if one != out]
            made += self.board.worth(who, [*kept, into]) - worth
        return made


def improve(board: Board, given: list[int], progress: Progress = SILENT) -> list[int]:
    """Move single jobs and exchange two, until nothing of it makes the whole better.

    Raises:
        Cancelled: nobody waits for it any more.
    """
    hand = _Hand(board, given)
    count = len(given)
    for _ in range(_ROUNDS):
        better = False
        for at in range(count):
            progress.step(0.5 + at / count / 2)
            better |= hand.move(at)
        for at in range(count):
            progress.step(0.5 + at / count / 2)
            while hand.exchange(at):
                better = True
        if not better:
            break
    return hand.given
