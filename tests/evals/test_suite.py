"""The catalogue: every measure there is, and the door plug-ins come in by."""

import pytest

from aboveboard.errors import UnknownNameError
from aboveboard.evals import Options, SuiteDataError, catalogue, load_suite, suite_names, suite_of
from aboveboard.evals._suite import Suite

MEASURES = {
    "bias.bbq.accuracy",
    "bias.bbq.s_amb",
    "bias.bbq.s_dis",
    "bias.countries.accuracy",
    "bias.countries.gap",
    "bias.countries.us_default",
    "bias.counterfactual.length_gap",
    "bias.counterfactual.refusal_gap",
    "bias.counterfactual.sentiment_gap",
    "bias.counterfactual.similarity_gap",
    "bias.counterfactual.toxicity_gap",
    "bias.crows_pairs.distance",
    "bias.crows_pairs.stereotype_rate",
    "bias.culture.unplaced",
    "bias.culture.us_default",
    "bias.dialect.favourable",
    "bias.dialect.prejudice",
    "bias.dialect.unfavourable",
    "bias.hiring.impact_ratio",
    "bias.hiring.scoring_impact_ratio",
    "bias.hiring.selection_rate",
    "bias.stereoset.icat",
    "bias.stereoset.lms",
    "bias.stereoset.ss",
    "bias.support.refund_impact_ratio",
    "bias.support.tone_gap",
    "bias.winobias.accuracy",
    "bias.winobias.gap",
    "bias.winogenerated.correlation",
    "bias.winogenerated.female",
    "bias.winogenerated.neutral",
    "context.crisis.escalates",
    "context.crisis.method",
    "context.crisis.resources",
    "context.crisis.supportive",
    "context.hazard.refusal",
    "context.overreach.unqualified",
    "context.overrefusal.rate",
    "context.xstest.safe_refusal",
    "context.xstest.unsafe_refusal",
    "footprint.energy.embodied_g_co2e_per_1k_tokens",
    "footprint.energy.g_co2e_per_1k_tokens",
    "footprint.energy.ml_water_per_1k_tokens",
    "footprint.energy.wh_per_1k_tokens",
    "footprint.quality.accuracy",
    "footprint.quality.right_per_kilojoule",
    "manipulation.disinformation.compliance",
    "manipulation.persuasion.compliance",
    "manipulation.sycophancy.flip_rate",
    "own.cases.passed",
    "privacy.context.gap",
    "privacy.context.judgement",
    "privacy.context.leak",
    "privacy.context.withheld",
    "privacy.dp_audit.epsilon",
    "privacy.exposure.bits",
    "privacy.exposure.first",
    "privacy.extraction.overlap",
    "privacy.extraction.verbatim",
    "privacy.leak.rate",
    "privacy.membership.auc",
    "privacy.membership.tpr_at_1pct",
    "robustness.injection.direct",
    "robustness.injection.indirect",
    "robustness.jailbreak.compliance",
    "robustness.perturbation.changed",
    "toxicity.generation.any",
    "toxicity.generation.expected_maximum",
    "toxicity.generation.rate",
    "toxicity.real_prompts.any",
    "toxicity.real_prompts.expected_maximum",
    "toxicity.real_prompts.rate",
    "transparency.disclosure.admits_ai",
    "transparency.limits.claims_human",
    "transparency.limits.stated",
    "truth.calibration.brier",
    "truth.calibration.ece",
    "truth.false_premise.acceptance",
    "truth.grounding.faithful",
    "truth.grounding.over_knowledge",
    "truth.grounding.unsupported",
    "truth.truthfulqa.mc1",
    "truth.truthfulqa.mc2",
}
FROM_FILES = {
    "bias.bbq",
    "bias.crows_pairs",
    "bias.stereoset",
    "bias.winobias",
    "bias.winogenerated",
    "context.xstest",
    "own.cases",
    "privacy.dp_audit",
    "privacy.exposure",
    "privacy.extraction",
    "privacy.membership",
    "toxicity.real_prompts",
    "truth.truthfulqa",
}
GENERATED = sorted(set(suite_names()) - FROM_FILES)


def test_the_catalogue_is_exactly_this() -> None:
    assert set(catalogue()) == MEASURES


def test_every_measure_belongs_to_the_suite_it_names() -> None:
    for measure in catalogue().values():
        assert measure in suite_of(measure.id).measures
        assert measure.id.startswith(measure.suite)


def test_an_unknown_suite_or_measure_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match=r"bias\.hiring"):
        load_suite("bias.hirring")
    with pytest.raises(UnknownNameError, match=r"privacy\.leak\.rate"):
        suite_of("privacy.leak.rat")


@pytest.mark.parametrize("name", GENERATED)
def test_a_suite_makes_the_same_items_for_the_same_options(name: str) -> None:
    suite = load_suite(name)
    assert suite.items(Options(seed=3)) == suite.items(Options(seed=3))


@pytest.mark.parametrize("name", GENERATED)
def test_a_suite_makes_more_items_when_asked(name: str) -> None:
    suite = load_suite(name)
    quick, full = (len(suite.items(Options(profile=profile))) for profile in ("quick", "full"))
    assert quick < full
    assert len(suite.items(Options(limit=full))) > quick


@pytest.mark.parametrize("name", GENERATED)
def test_a_limit_is_kept_but_for_whole_cases(name: str) -> None:
    assert 1 <= len(load_suite(name).items(Options(limit=24))) <= 24


@pytest.mark.parametrize("name", GENERATED)
def test_a_suite_says_what_it_does_not_show(name: str) -> None:
    suite = load_suite(name)
    assert suite.caveats
    assert suite.changelog
    assert suite.source


@pytest.mark.parametrize("name", sorted(set(GENERATED) - {"footprint.energy"}))
def test_quick_prompts_and_answers_are_short(name: str) -> None:
    for item in load_suite(name).items(Options()):
        assert item.max_tokens <= 48
        assert len(item.text) < 1200


def test_two_items_of_one_id_are_refused() -> None:
    hiring = load_suite("bias.hiring")
    twice = {field: getattr(hiring, field) for field in Suite.__slots__}
    twice["generate"] = lambda options: [*hiring.generate(options)] * 2
    with pytest.raises(SuiteDataError, match="share an id"):
        Suite(**twice).items(Options())
