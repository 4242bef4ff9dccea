"""The exam room: the paper, the answers, the handing in."""

import json
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from core.errors import Refused
from exams.domain.answering import (
    Answer,
    arrived_from_others,
    open_room,
    save_answers,
    save_by_form,
)
from exams.domain.finishing import finish_if_due, submit_attempt
from exams.domain.invigilating import (
    Absence,
    attempt_in_room,
    note_opening,
    note_presence,
    told_in_room,
)
from exams.domain.kinds import NoAnswer, asking_for
from exams.domain.late.sealing import room_key
from exams.domain.showing import questions_to_answer
from exams.errors import NotAnAnswer, TimeUp
from exams.models import LATE_HOURS, Attempt

MOST_MESSAGES = 200
WORKER = Path(__file__).parents[1] / "static" / "exams" / "worker.js"


def mine(request, uuid, now):
    """The reader's own attempt, finished if its time is over; else 404."""
    own = Attempt.objects.of(request.user).select_related("sitting", "candidate")
    return finish_if_due(get_object_or_404(own, uuid=uuid), at=now)


@never_cache
@require_GET
def room(request, uuid):
    """The whole paper, without its keys; works as plain forms without scripts."""
    now = timezone.now()
    attempt = mine(request, uuid, now)
    try:
        opened = open_room(attempt, at=now)
    except Refused:
        return redirect("exams:result", uuid=uuid)
    attempt.epoch = opened.epoch
    note_opening(attempt, user_agent=request.headers.get("User-Agent", ""), at=now)
    questions = questions_to_answer(attempt)
    context = {
        "attempt": attempt,
        "epoch": opened.epoch,
        "said": opened.said,
        "remaining": attempt.remaining(now).total_seconds(),
        "told": told_in_room(attempt),
        "questions": questions,
        "answered": sum(question.is_answered for question in questions),
        "key": room_key(attempt.uuid),
        "late_seconds": LATE_HOURS * 3600,
    }
    return render(request, "exams/attempt_room.html", context)


@require_GET
@cache_control(max_age=0, must_revalidate=True)
def worker(request):
    """The room's service worker, from where its scope can be the room's own path."""
    script = WORKER.read_text("utf-8")
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_POST
def answer(request, uuid):
    """Take answers in: a batch as JSON from the room's script, or one plain form."""
    if request.content_type == "application/json":
        return answer_by_script(request, uuid)
    now = timezone.now()
    attempt = mine(request, uuid, now)
    try:
        number, value = read_form(request.POST, attempt)
        save_by_form(attempt, number, value, by=request.user, at=now)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("exams:room", uuid=uuid)
    following = min(number + 1, len(attempt.questions))
    return redirect(f"{reverse('exams:room', args=[uuid])}#q-{following}")


def answer_by_script(request, uuid):
    now = timezone.now()
    try:
        answers = read_messages(request.body)
    except (ValueError, TypeError, KeyError):
        return JsonResponse({"code": "malformed"}, status=400)
    try:
        saved = save_answers(uuid, answers, by=request.user, at=now)
    except Attempt.DoesNotExist as error:
        raise Http404 from error
    except NotAnAnswer as refusal:
        return told(refusal, status=422)
    except Refused as refusal:
        if isinstance(refusal, TimeUp):
            mine(request, uuid, now)
        return told(refusal, status=409)
    return JsonResponse(
        {
            "acked": [[answer.epoch, answer.seq] for answer in answers],
            "overruled": saved.overruled,
            "said": saved.attempt.said,
            "epoch": saved.attempt.epoch,
            **time_left(saved.attempt, now),
        }
    )


def time_left(attempt, now) -> dict:
    """By the server's clock: the seconds to count down, and the end in words."""
    return {
        "remaining": attempt.remaining(now).total_seconds(),
        "until": until(attempt),
    }


def until(attempt) -> str:
    ends = timezone.localtime(attempt.deadline_at)
    return _("until %(until)s") % {"until": f"{ends:%H:%M}"}


def told(refusal: Refused, *, status: int) -> JsonResponse:
    return JsonResponse({"code": refusal.code, "message": str(refusal)}, status=status)


def read_messages(body: bytes) -> list[Answer]:
    rows = json.loads(body)["answers"]
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_MESSAGES:
        raise ValueError
    numbers = ("no", "epoch", "seq")
    if any(type(row[name]) is not int for row in rows for name in numbers):
        raise TypeError
    return [Answer(row["no"], row["value"], row["epoch"], row["seq"]) for row in rows]


def read_form(posted, attempt) -> tuple[int, object]:
    """A form's answer in the shape of a message; what cannot be read is refused."""
    number = posted.get("no", "")
    questions = attempt.questions_at({int(number)} if number.isdecimal() else ())
    if not questions:
        raise NotAnAnswer(number=number)
    (question,) = questions.values()
    try:
        value = asking_for(question.kind).posted(question, posted.getlist, "value")
    except NoAnswer as error:
        raise NotAnAnswer(number=number) from error
    return question.no, value


@never_cache
@require_http_methods(["GET", "POST"])
def pulse(request, uuid):
    """What the room's script asks when it wakes up: time, state, a fresh token, what
    the overseers say. Posting also tells how long the page was out of sight."""
    now = timezone.now()
    attempt = mine_as_pulsing(request, uuid, now)
    try:
        absences = read_absences(request.body) if request.method == "POST" else []
    except (ValueError, TypeError, KeyError):
        return JsonResponse({"code": "malformed"}, status=400)
    if attempt.is_open:
        note_presence(attempt, absences=absences, at=now)
    return JsonResponse(
        {
            "open": attempt.is_open,
            "epoch": attempt.epoch,
            **time_left(attempt, now),
            "others": arrived_from_others(attempt) if attempt.epoch > 1 else {},
            "messages": told_by_pulse(attempt),
            "token": get_token(request),
        }
    )


def mine_as_pulsing(request, uuid, now):
    """As ``mine``, read by fewer words: a room asks every minute."""
    try:
        attempt = attempt_in_room(uuid, by=request.user)
        if attempt.is_due(now):
            mine(request, uuid, now)
            attempt = attempt_in_room(uuid, by=request.user)
    except Attempt.DoesNotExist as error:
        raise Http404 from error
    return attempt


def told_by_pulse(attempt) -> list[list]:
    told = told_in_room(attempt) if attempt.said else ()
    return [[each.pk, each.said] for each in told]


def read_absences(body: bytes) -> list[Absence]:
    rows = json.loads(body)["away"]
    if not isinstance(rows, list) or len(rows) > MOST_MESSAGES:
        raise ValueError
    numbers = ("epoch", "seq", "seconds")
    if any(type(row[name]) is not int for row in rows for name in numbers):
        raise TypeError
    return [Absence(row["epoch"], row["seq"], row["seconds"]) for row in rows]


@never_cache
@require_GET
def review(request, uuid):
    """What is not answered yet, before anything is handed in."""
    now = timezone.now()
    attempt = mine(request, uuid, now)
    if not attempt.is_open:
        return redirect("exams:result", uuid=uuid)
    questions = questions_to_answer(attempt)
    context = {
        "attempt": attempt,
        "questions": questions,
        "unanswered": [q for q in questions if not q.is_answered],
        "answered": sum(question.is_answered for question in questions),
    }
    return render(request, "exams/attempt_review.html", context)


@require_POST
def submit(request, uuid):
    now = timezone.now()
    attempt = mine(request, uuid, now)
    # When the room's own clock hands in, nobody has said that the paper is finished:
    # what the network still holds back may come late.
    by_clock = "by-clock" in request.POST and now >= attempt.deadline_at
    submit_attempt(attempt, by=None if by_clock else request.user, at=now)
    return redirect("exams:result", uuid=uuid)
