"""How long people wait for a page, how many can be served, and what a worker takes."""

from dataclasses import replace
from statistics import mean

from .figures import Figure
from .part import hand_over, open_site
from .site import WORKERS, Load, Site, Visit, measure, memory_of, serve

open_site()

# Models can be imported only once the site is open.
from django.urls import reverse  # noqa: E402

from certificates.models import Paper  # noqa: E402
from certificates.trust.codes import encode_code  # noqa: E402
from courses.models import LessonPage  # noqa: E402

from .cast import PASSWORD, Informant, informants  # noqa: E402

VISITORS = 8
WARM, ALONE, TOGETHER = 10, 100, 60
# Every PDF is made anew, so each needs a certificate of its own.
PDF_WARM, PDF_ALONE, PDF_TOGETHER = 3, 20, 12
PDFS = PDF_WARM + PDF_ALONE + PDF_TOGETHER

Visitor = tuple[Informant, Visit]


def visitors(site: Site) -> list[Visitor]:
    """Signed in by the sign-in page; PASSWORD was set by this process alone."""
    cast = informants(VISITORS, certificates=PDFS)
    signed_in = []
    for informant in cast:
        visit = Visit(site)
        visit.sign_in(informant.user.phone, PASSWORD, name=informant.user.real_name)
        signed_in.append((informant, visit))
    return signed_in


def load_of(requests: list[list[dict]], warm: int, alone: int, together: int) -> Load:
    """Shares out every visitor's requests; the first visitor is the one alone."""
    return Load(
        warming=[each[:warm] for each in requests],
        alone=requests[0][warm : warm + alone],
        together=[each[warm + alone : warm + alone + together] for each in requests],
    )


def lesson_requests(informant: Informant, visit: Visit) -> list[dict]:
    lesson = LessonPage.objects.live().order_by("path").first()
    request = visit.get_request(
        lesson.url, informant.user.real_name, lesson.title, "</html>"
    )
    return [request] * (WARM + ALONE + TOGETHER)


def answer_requests(informant: Informant, visit: Visit) -> list[dict]:
    """Every answer is a change, and the last one must be what the server keeps."""
    room = reverse("exams:room", args=[informant.attempt.uuid])
    if informant.attempt.sitting.title not in visit.get(room):
        raise RuntimeError("the exam room did not open")
    path = reverse("exams:answer", args=[informant.attempt.uuid])
    questions = [each for each in informant.attempt.questions if each.order]
    requests = []
    for seq in range(1, WARM + ALONE + TOGETHER + 1):
        question = questions[seq % len(questions)]
        value = [seq // len(questions) % len(question.order)]
        row = {"no": question.no, "value": value, "epoch": 1, "seq": seq}
        requests.append(
            visit.post_request(path, {"answers": [row]}, f'"acked": [[1, {seq}]]')
        )
    return requests


def pdf_requests(informant: Informant, visit: Visit) -> list[dict]:
    return [
        visit.get_request(
            reverse("certificates:download", args=[certificate.number]),
            "%PDF-",
            "%%EOF",
        )
        for certificate in informant.certificates
    ]


def verify_requests(informant: Informant, visit: Visit) -> list[dict]:
    """By the signed code, as the phone of a stranger asks that scans the paper."""
    requests = [
        visit.get_request(
            reverse("verify:code", args=[encode_code(certificate)]),
            certificate.spaced_number,
            "</html>",
        )
        for certificate in informant.certificates
    ]
    return (requests * TOGETHER)[: WARM + ALONE + TOGETHER]


def memory(site: Site, after: str) -> Figure:
    """A mean over all workers, of which none may have been lost."""
    workers = site.workers()
    if len(workers) != WORKERS:
        raise RuntimeError(f"{len(workers)} workers instead of {WORKERS}")
    return Figure(
        "Web worker", f"memory (PSS) {after}", mean(map(memory_of, workers)), "MiB"
    )


def measure_pages() -> list[Figure]:
    with serve() as site:
        people = visitors(site)
        lessons = [lesson_requests(*each) for each in people]
        answers = [answer_requests(*each) for each in people]
        pdfs = [pdf_requests(*each) for each in people]
        counts = WARM, ALONE, TOGETHER
        figures = measure(site, "A lesson page", load_of(lessons, *counts))
        figures += measure(site, "Saving an answer", load_of(answers, *counts))
        figures.append(memory(site, "after pages and answers"))
        if Paper.objects.exists():
            raise RuntimeError("there are PDFs already: none would be made")
        counts = PDF_WARM, PDF_ALONE, PDF_TOGETHER
        figures += measure(site, "Making a certificate PDF", load_of(pdfs, *counts))
        figures += measure(site, "A certificate PDF from store", load_of(pdfs, *counts))
        verifying = [verify_requests(each, Visit(site)) for each, _visit in people]
        load = replace(load_of(verifying, WARM, ALONE, TOGETHER), strangers=True)
        figures += measure(site, "Verifying a certificate", load)
        figures.append(memory(site, "after PDFs"))
    return figures


if __name__ == "__main__":
    hand_over(measure_pages())
