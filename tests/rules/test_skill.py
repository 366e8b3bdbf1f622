"""The rule skill: a coach has every skill that the people they see need."""

from models.appointments.skill import RULE
from tests.rules.small import found, roster, small

SEEN = "P, S1, 09:00, 10:00"


def people(needs: str) -> str:
    return f"referral_id, practice_id, referred_on, band, minutes, needs\nP, PX, 2027-02-15, A, 60, {needs}"


def coaches(skills: str) -> str:
    return f"coach_id, skills\nC1, {skills}\nC2, makaton"


def test_the_sentence_says_what_a_manager_reads() -> None:
    assert RULE.sentence == "A person who needs a coach with a skill is seen by a coach who has it."


def test_a_coach_with_every_skill_needed_is_fine() -> None:
    instance = small(referrals=people("coach:welsh;coach:woman"), coaches=coaches("polish;woman;welsh"))
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00", SEEN)) == []


def test_a_coach_without_a_skill_needed_is_found() -> None:
    instance = small(referrals=people("coach:welsh"), coaches=coaches("welsh"))
    says = "P needs a coach with welsh; C2 is not."
    assert found(RULE, instance, roster(instance, "C2, S1, 09:00, 12:00", SEEN)) == [(says, "needs:P", 1)]


def test_all_skills_that_are_missing_are_named() -> None:
    instance = small(referrals=people("coach:woman;coach:welsh;coach:polish"), coaches=coaches("polish"))
    says = "P needs a coach with welsh, woman; C1 is not."
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00", SEEN)) == [(says, "needs:P", 1)]


def test_a_skill_of_an_interpreter_is_not_one_of_a_coach() -> None:
    instance = small("interpreter_notice_days = 0", referrals=people("interpreter:welsh"), coaches=coaches(""))
    assert found(RULE, instance, roster(instance, "C1, S1, 09:00, 12:00", SEEN)) == []


def test_the_coach_who_holds_the_session_counts_and_no_other() -> None:
    instance = small(referrals=people("coach:welsh"), coaches=coaches("welsh"))
    visits = "C1, S3, 09:00, 12:00\nC2, S1, 09:00, 12:00"
    assert len(found(RULE, instance, roster(instance, visits, SEEN))) == 1
    visits = "C1, S1, 09:00, 12:00\nC2, S3, 09:00, 12:00"
    assert found(RULE, instance, roster(instance, visits, SEEN)) == []


def test_what_happened_is_not_asked_whether_the_coach_was_right() -> None:
    told = roster(None, "C2, S1, 09:00, 12:00", SEEN)
    needs, skills = people("coach:welsh"), coaches("welsh")
    instance = small(as_of="2027-03-09", published=told, referrals=needs, coaches=skills)
    assert found(RULE, instance, told) == []
    instance = small(as_of="2027-03-08", published=told, referrals=needs, coaches=skills)
    assert len(found(RULE, instance, told)) == 1
