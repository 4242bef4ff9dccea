"""An attempt under everything that a network, a clock and an office can do to it."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.errors import Refused
from exams.domain.answering import Answer, open_room, replay_answers, save_answers
from exams.domain.finishing import finish_due, submit_attempt
from exams.domain.late.deciding import decide_late
from exams.domain.late.receiving import receive_late
from exams.domain.late.sealing import Given
from exams.domain.starting import start_attempt
from exams.domain.timing import close_sitting, extend_sitting
from exams.errors import AttemptFinished, NotLate, TimeUp, TooLate
from exams.models import NETWORK_GRACE, AnswerNow, Attempt, DeadlineChange
from tests.factories.exams import NOON, SittingFactory, make_candidate

MINUTE = timedelta(minutes=1)
LAST = 2**60  # a late answer's key that is never reached
FROZEN = ("state", "finished_at", "finish_reason", "score", "passed", "deadline_at")


class AttemptMachine(RuleBasedStateMachine):
    """Devices write messages; the network delivers, repeats, reorders and loses
    them, and a device sends again what was not acknowledged."""

    candidate = sitting = officer = None

    def __init__(self):
        super().__init__()
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.now = NOON
        self.attempt = start_attempt(self.sitting, by=self.candidate, at=NOON)
        self.first_deadline = self.attempt.deadline_at
        self.devices = {}  # epoch -> the last number it gave
        self.written = []
        self.acknowledged = {}
        self.late = {}
        self.declined = set()
        self.finished = None
        self.enter()

    def teardown(self):
        transaction.set_rollback(True)
        self.rollback.__exit__(None, None, None)

    def stored(self):
        return Attempt.objects.get(pk=self.attempt.pk)

    def answers(self):
        return dict(
            AnswerNow.objects.filter(attempt=self.attempt).values_list(
                "item_no", "value"
            )
        )

    # ---- the candidate -----------------------------------------------------------

    @rule()
    def enter(self):
        try:
            self.devices[open_room(self.attempt, at=self.now).epoch] = 0
        except (AttemptFinished, TimeUp):
            assert not self.may_answer()

    @rule()
    def start_again(self):
        try:
            running = start_attempt(self.sitting, by=self.candidate, at=self.now)
        except Refused:
            assert not self.may_answer()
        else:
            assert running == self.attempt
            assert self.may_answer()
        self.note_the_end()

    @precondition(lambda self: self.devices)
    @rule(data=st.data(), no=st.sampled_from([1, 2, 3]), place=st.integers(-1, 1))
    def write(self, data, no, place):
        epoch = data.draw(st.sampled_from(sorted(self.devices)))
        self.devices[epoch] += 1
        value = None if place < 0 else [place]
        self.written.append(Answer(no, value, epoch, self.devices[epoch]))

    @precondition(lambda self: self.written)
    @rule(data=st.data(), reply_is_lost=st.booleans())
    def deliver(self, data, reply_is_lost):
        batch = data.draw(
            st.lists(st.sampled_from(self.written), min_size=1, max_size=5)
        )
        try:
            save_answers(self.attempt.uuid, batch, by=self.candidate, at=self.now)
        except (AttemptFinished, TimeUp):
            assert not self.may_answer()
            return
        assert self.may_answer()
        for message in batch:
            self.acknowledged[message.rank] = message
        if not reply_is_lost:
            self.written = [m for m in self.written if m not in batch]

    @precondition(lambda self: self.written)
    @rule(data=st.data(), left=st.integers(-60, 2700))
    def deliver_late(self, data, left):
        batch = data.draw(
            st.lists(st.sampled_from(self.written), min_size=1, max_size=5)
        )
        given = [Given(message, left) for message in batch]
        try:
            receive_late(self.attempt.uuid, given, by=self.candidate, at=self.now)
        except NotLate:
            assert self.may_answer()
        except (AttemptFinished, TooLate):
            assert not self.stored().is_open
        else:
            for message in batch:
                if message.rank not in {*self.acknowledged, *self.declined}:
                    self.late[message.rank] = message
        self.note_the_end()

    @rule()
    def hand_in(self):
        submit_attempt(self.attempt, by=self.candidate, at=self.now)
        self.note_the_end()

    # ---- time and the office -----------------------------------------------------

    @rule(seconds=st.integers(1, 900))
    def pass_time(self, seconds):
        self.now += timedelta(seconds=seconds)

    @rule()
    def sweep(self):
        finish_due(at=self.now)
        self.note_the_end()

    @rule(minutes=st.integers(1, 30))
    def extend(self, minutes):
        before = self.stored()
        with suppress(Refused):
            extend_sitting(
                self.sitting,
                division=self.sitting.division,
                minutes=minutes,
                by=self.officer,
                at=self.now,
                reason="停电",
            )
        moved = self.stored().deadline_at - before.deadline_at
        could = before.is_open and not before.is_due(self.now)
        assert moved == (minutes * MINUTE if could else timedelta())

    @rule(notice=st.integers(1, 10))
    def close(self, notice):
        before = self.stored()
        with suppress(Refused):
            close_sitting(
                self.sitting, notice=notice, by=self.officer, at=self.now, reason="险情"
            )
        after = self.stored().deadline_at
        if before.is_open and not before.is_due(self.now):
            assert after == min(before.deadline_at, self.now + notice * MINUTE)
        else:
            assert after == before.deadline_at

    @rule(accept=st.booleans())
    def decide(self, accept):
        before = self.picture(self.stored())
        facts = {"accept": accept, "reason": "停电", "by": self.officer}
        try:
            decide_late(self.attempt, upto=LAST, at=self.now, **facts)
        except Refused:
            assert self.picture(self.stored()) == before
            return
        if accept and self.late:
            self.acknowledged |= self.late
            self.finished = self.picture(self.stored())
        elif not accept:
            self.declined |= self.late.keys()
        self.late.clear()

    # ---- what holds whatever happens ---------------------------------------------

    def may_answer(self):
        attempt = self.stored()
        return attempt.is_open and self.now < attempt.deadline_at + NETWORK_GRACE

    def note_the_end(self):
        attempt = self.stored()
        if not attempt.is_open and self.finished is None:
            self.finished = self.picture(attempt)

    def picture(self, attempt):
        return [getattr(attempt, name) for name in FROZEN], self.answers()

    @invariant()
    def there_is_one_attempt(self):
        assert self.sitting.attempts.get() == self.attempt

    @invariant()
    def replaying_the_log_gives_what_stands(self):
        assert self.answers() == replay_answers(self.attempt)

    @invariant()
    def what_was_acknowledged_is_kept_once(self):
        events = self.attempt.events.all()
        kept = {(e.epoch, e.seq): (e.item_no, e.value) for e in events}

        assert len(kept) == len(events)
        assert kept == {
            rank: (m.item_no, m.value) for rank, m in self.acknowledged.items()
        }

    @invariant()
    def what_came_late_waits_and_counts_for_nothing(self):
        waiting = self.attempt.late_answers.filter(decision=None)

        assert {(row.epoch, row.seq) for row in waiting} == set(self.late)

    @invariant()
    def what_is_finished_stays_but_for_an_officers_decision(self):
        if self.finished:
            assert self.picture(self.stored()) == self.finished

    @invariant()
    def the_deadline_is_its_history_and_earlier_only_by_somebody(self):
        deadline = self.first_deadline
        for change in DeadlineChange.objects.filter(attempt=self.attempt):
            assert change.before == deadline
            assert change.after > change.before or change.by == self.officer
            deadline = change.after

        assert self.stored().deadline_at == deadline


@pytest.mark.django_db
def test_an_attempt_survives_whatever_happens_to_it(napo, region_officer):
    class Machine(AttemptMachine):
        candidate = make_candidate()
        sitting = SittingFactory()
        officer = region_officer

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=30,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
