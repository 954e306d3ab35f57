from aboveboard.errors import AboveboardError, UnknownNameError, nearest, suggest


def test_an_error_says_what_where_and_what_to_do() -> None:
    error = AboveboardError("no such model", where="charter.yaml:3", cure="add it under `models`")
    assert str(error) == "charter.yaml:3: no such model\n  add it under `models`"


def test_where_and_cure_may_be_absent() -> None:
    assert str(AboveboardError("no such model")) == "no such model"


def test_an_unknown_name_comes_with_the_nearest_known_one() -> None:
    error = UnknownNameError("guard", "personal-dta", ["secrets", "personal-data"])
    assert "unknown guard 'personal-dta'" in str(error)
    assert "did you mean 'personal-data'?" in str(error)


def test_a_name_far_from_all_lists_the_known_ones() -> None:
    assert suggest("zzz", ["alpha", "beta"]) == "known: alpha, beta"
    assert nearest("zzz", ["alpha", "beta"]) is None


def test_a_word_of_a_name_finds_it() -> None:
    known = ["context.crisis.method", "context.crisis", "context.hazard", "energy.ml_water_per_1k_tokens"]
    assert nearest("water", known) == "energy.ml_water_per_1k_tokens"
    assert nearest("crisis", known) == "context.crisis"
    assert nearest("method", known) == "context.crisis.method"
    assert nearest("", known) is None


def test_among_many_names_what_is_a_little_like_it_is_not_meant() -> None:
    many = [f"suite.{each}" for each in range(20)]
    assert nearest("nonsense", ["own.cases"]) == "own.cases"
    assert nearest("nonsense", ["own.cases", *many]) is None


def test_a_long_list_of_known_names_is_cut_off() -> None:
    cure = suggest("zzz", [f"name-{each:03}" for each in range(118)])
    assert cure.startswith("known: name-000, ")
    assert cure.endswith("name-029, … (118 in all)")


def test_with_nothing_known_the_cure_says_so() -> None:
    assert suggest("x", []) == "none is known here"


def test_what_would_steer_a_terminal_is_not_repeated() -> None:
    error = AboveboardError("it said \x1b[2J\x1b]0;owned\x07 \u202eevil", cure="two\nlines\tare kept, and é")
    assert str(error) == "it said �[2J�]0;owned� �evil\n  two\nlines\tare kept, and é"
