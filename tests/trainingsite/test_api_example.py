"""The scheduled job that the documentation shows, as it stands there."""

import csv
import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts.domain.keying import make_token
from tests.factories.rosters import AssignmentFactory

PAGE = Path(__file__).parents[2] / "docs" / "api.md"


@pytest.mark.django_db(transaction=True)
def test_the_job_of_the_documentation_writes_its_table(
    napo, county_officer, live_server, tmp_path, monkeypatch
):
    cache.clear()
    AssignmentFactory(at=napo.village)
    _token, key = make_token(
        "月报", division=napo.county, by=county_officer, at=timezone.now()
    )
    (tmp_path / "key").write_text(f"{key}\n")
    (job,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    for shown, here in (
        ("https://training.example.org", live_server.url),
        ("451026", napo.county.code),
        ("/etc/gaps/key", str(tmp_path / "key")),
    ):
        assert f'"{shown}"' in job
        job = job.replace(f'"{shown}"', f'"{here}"')
    monkeypatch.chdir(tmp_path)

    exec(compile(job, "gaps.py", "exec"), {})

    with (tmp_path / "gaps.csv").open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = csv.reader(file)
    assert heads == ["乡镇", "应配", "在岗", "缺口", "90日内到期"]
    assert rows == [[napo.township.full_name, "2", "1", "1", "0"]]
