"""Statistics with no model in them: intervals, paired and clustered comparisons, families, power, live tests.

Every function names its source, checks its inputs (StatsError) and returns an `Estimate` or an
`Interval`. `docs/reference/statistics.md` says when to use which.
"""

from aboveboard.stats._agreement import cohen_kappa, fleiss_kappa, krippendorff_alpha
from aboveboard.stats._betting import BettingTest
from aboveboard.stats._bootstrap import RESAMPLES, bootstrap, bootstrap_mean
from aboveboard.stats._bound_test import BoundTest
from aboveboard.stats._confidence_sequence import ConfidenceSequence
from aboveboard.stats._corrected import corrected_interval, corrected_proportion
from aboveboard.stats._drift import DriftDetector
from aboveboard.stats._equivalence import Equivalence, tost, tost_paired
from aboveboard.stats._errors import InputError, StatsError, TooFewError, UndefinedError
from aboveboard.stats._exchange import mcnemar, sign_flip
from aboveboard.stats._families import benjamini_hochberg, holm
from aboveboard.stats._impact_ratio import ImpactRatio, impact_ratio
from aboveboard.stats._impact_ratio_crossed import impact_ratio_bounds, impact_ratio_crossed
from aboveboard.stats._interval import Estimate, Interval
from aboveboard.stats._jackknife import Jackknifed, jackknife
from aboveboard.stats._mean import (
    clustered_mean,
    clustered_proportion,
    clustered_standard_error,
    effective_size,
    mean,
)
from aboveboard.stats._one_run_audit import one_run_detectable, one_run_epsilon
from aboveboard.stats._paired import paired_difference
from aboveboard.stats._power import (
    detectable_by,
    minimum_detectable_effect,
    sample_size_for_difference,
    sample_size_for_proportion,
)
from aboveboard.stats._prediction_powered import (
    JudgedSample,
    prediction_powered_mean,
    prediction_powered_proportion,
)
from aboveboard.stats._prediction_powered_groups import PoweredGroups, prediction_powered_groups
from aboveboard.stats._proportion import EXACT_BELOW, clopper_pearson, proportion, wilson
from aboveboard.stats._ratio import ratio
from aboveboard.stats._sparing import values_only
from aboveboard.stats._tries import confidence_of_try, stretch
from aboveboard.stats._unseen import NO_SPREAD
from aboveboard.stats._verdict import Verdict, decide, samples_to_decide

__all__ = [
    "EXACT_BELOW",
    "NO_SPREAD",
    "RESAMPLES",
    "BettingTest",
    "BoundTest",
    "ConfidenceSequence",
    "DriftDetector",
    "Equivalence",
    "Estimate",
    "ImpactRatio",
    "InputError",
    "Interval",
    "Jackknifed",
    "JudgedSample",
    "PoweredGroups",
    "StatsError",
    "TooFewError",
    "UndefinedError",
    "Verdict",
    "benjamini_hochberg",
    "bootstrap",
    "bootstrap_mean",
    "clopper_pearson",
    "clustered_mean",
    "clustered_proportion",
    "clustered_standard_error",
    "cohen_kappa",
    "confidence_of_try",
    "corrected_interval",
    "corrected_proportion",
    "decide",
    "detectable_by",
    "effective_size",
    "fleiss_kappa",
    "holm",
    "impact_ratio",
    "impact_ratio_bounds",
    "impact_ratio_crossed",
    "jackknife",
    "krippendorff_alpha",
    "mcnemar",
    "mean",
    "minimum_detectable_effect",
    "one_run_detectable",
    "one_run_epsilon",
    "paired_difference",
    "prediction_powered_groups",
    "prediction_powered_mean",
    "prediction_powered_proportion",
    "proportion",
    "ratio",
    "sample_size_for_difference",
    "sample_size_for_proportion",
    "samples_to_decide",
    "sign_flip",
    "stretch",
    "tost",
    "tost_paired",
    "values_only",
    "wilson",
]
