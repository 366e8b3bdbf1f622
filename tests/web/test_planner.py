"""What a planner does: asks for scenarios by a form or a file, and reads what came of them."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from roster.instance import Instance
from roster.planning.record import PlanReport
from roster.store.jobs import claim
from roster.store.models import PLANNER, Job, Month
from roster.web.work import planning
from roster.web.work.worker import Tell
from tests.web.conftest import ClientOf
from tests.web.test_practice import PathOf

_NOBODY = b"""[[scenario]]
name = "x"
edits = [{ op = "remove_coach", coach_id = "C99" }]
"""


def _form(instance: Instance, **more: object) -> dict[str, object]:
    usual = {"coaches": "1", "like": instance.coaches[0].coach_id, "rooms": "0", "half_day": "am", "seconds": "30"}
    return {**usual, **more}


def test_a_form_becomes_a_job_with_the_file_that_the_command_reads(
    client_of: ClientOf, path_of: PathOf, month: Month, instance: Instance
) -> None:
    answer = client_of(PLANNER).post(path_of("{month}/plans/new/"), _form(instance, people="20"))
    job = Job.objects.get(month=month, kind="plan")
    assert answer.headers["Location"].endswith(f"/plans/{job.pk}/")
    assert 'coaches = { like = "C01", to = 1 }' in job.asked["toml"]
    assert 'label = "20 in 100 more"' in job.asked["toml"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"coaches": "0"}, "Choose at least one thing that would be different"),
        ({"rooms": "1"}, "Choose the places of the rooms"),
        ({"people": "much"}, "Enter a whole number, for example 20"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_asked(
    more: dict[str, str], says: str, client_of: ClientOf, path_of: PathOf, instance: Instance
) -> None:
    answer = client_of(PLANNER).post(path_of("{month}/plans/new/"), _form(instance, **more))
    assert says in answer.content.decode()
    assert not Job.objects.exists()


def test_a_file_with_a_fault_says_where_it_is(client_of: ClientOf, path_of: PathOf) -> None:
    file = SimpleUploadedFile(
        "s.toml", b'[[scenario]]\nname = "x"\nedits = [{ op = "remove_coach", coach_id = "C99" }]'
    )
    answer = client_of(PLANNER).post(path_of("{month}/plans/file/"), {"file": file, "seconds": "30"})
    assert "scenario 1" in answer.content.decode()
    assert not Job.objects.exists()


def test_the_report_sets_each_scenario_beside_the_month_and_names_nobody(
    client_of: ClientOf, path_of: PathOf, instance: Instance
) -> None:
    planner = client_of(PLANNER)
    where = planner.post(path_of("{month}/plans/new/"), _form(instance, seconds="30")).headers["Location"]
    job = claim(datetime.now(UTC))
    assert job is not None
    done = planning.made(job, Tell(job))
    Job.objects.filter(pk=job.pk).update(state=Job.DONE, says=done.says, result=done.result)
    report = PlanReport.model_validate_json(done.result)
    assert [column.name for column in report.scenarios] == ["coaches +1"]
    assert report.scenarios[0].difference is not None
    assert not any(f'"{r.referral_id}"' in done.result for r in instance.referrals)
    text = planner.get(where).content.decode()
    assert "coaches +1" in text
    assert "Totals, in minutes of coach time" in text
    table = planner.get(f"{where}scenarios.csv")
    assert table.headers["Content-Type"].startswith("text/csv")
    assert "coaches +1" in table.content.decode()
    assert planner.get(f"{where}other.csv").status_code == 404
