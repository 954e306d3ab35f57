"""For tests, ours and plug-in authors': conformance kits and a fake endpoint. Not for production."""

from aboveboard.testing._fake_likelihoods import FakeLikelihoods
from aboveboard.testing._guard_conformance import GuardConformance
from aboveboard.testing._model_conformance import ModelConformance
from aboveboard.testing._upstream import FakeUpstream, Fault, read_request

__all__ = ["FakeLikelihoods", "FakeUpstream", "Fault", "GuardConformance", "ModelConformance", "read_request"]
