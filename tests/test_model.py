"""The model as rules write it."""

from roster.model import FREE, Cost, Model


def test_a_variable_is_named_after_what_it_decides_about_whom() -> None:
    model = Model()
    seen, most = model.new(2, "seen", ("R1", "S1")), model.new(9, "minutes on the road")
    assert (model.name(seen), model.name(most)) == ("seen R1 S1", "minutes on the road")


def test_a_link_is_the_row_that_says_the_same() -> None:
    model = Model()
    seen, visit = model.new(3, "seen"), model.new(1, "visit")
    model.add_within(seen, 3, visit)
    model.add([(seen, 1), (visit, -3)], at_most=0)
    matrix = model.matrix(Cost())
    assert matrix.columns.tolist() == [seen, visit] * 2
    assert matrix.weights.tolist() == [1, -3] * 2
    assert (matrix.at_least.tolist(), matrix.at_most.tolist()) == ([-FREE] * 2, [0] * 2)


def test_what_several_preferences_say_of_one_variable_adds_up() -> None:
    model = Model()
    seen, visit = model.new(3, "seen"), model.new(1, "visit")
    matrix = model.matrix(Cost([(seen, 5), (visit, 7), (seen, -2)], constant=4))
    assert (matrix.cost.tolist(), matrix.constant) == ([3, 7], 4)


def test_a_model_may_grow_after_it_was_looked_at() -> None:
    model = Model()
    model.new(3, "seen")
    before = model.matrix(Cost())
    model.add([(model.new(1, "visit"), 1)], at_least=1)
    assert (len(before.upper), len(model.matrix(Cost()).upper)) == (1, 2)
