"""Language models behind one protocol: chat, a stream, next-token log-probabilities; some offer more."""

from aboveboard.models._assembly import assemble
from aboveboard.models._circuit import Circuit, CircuitRule, CircuitState, Permit
from aboveboard.models._circuits import Circuits
from aboveboard.models._completion_wire import is_vector
from aboveboard.models._errors import (
    ModelContextError,
    ModelError,
    ModelGarbageError,
    ModelMissingError,
    ModelOptionError,
    ModelRefusedError,
    ModelTimeoutError,
    ModelUnsupportedError,
)
from aboveboard.models._likelihood import (
    Detail,
    Likelihood,
    LikelihoodAnswer,
    LikelihoodModel,
    LikelihoodRequest,
    LikelihoodResult,
    letters,
    whole_text,
)
from aboveboard.models._model import (
    ChatChunk,
    ChatRequest,
    ChatResponse,
    Message,
    Model,
    ModelInfo,
    Native,
    Role,
    Usage,
)
from aboveboard.models._offers import (
    CompletingModel,
    CompletionRequest,
    EmbeddingModel,
    EmbeddingRequest,
    EmbeddingResponse,
    NativeModel,
    speaks,
)
from aboveboard.models._open import open_model
from aboveboard.models._served import Candidates, Served, read_served
from aboveboard.models._tracing import trace_headers
from aboveboard.models._wasted import counting_waste, note_waste

__all__ = [
    "Candidates",
    "ChatChunk",
    "ChatRequest",
    "ChatResponse",
    "Circuit",
    "CircuitRule",
    "CircuitState",
    "Circuits",
    "CompletingModel",
    "CompletionRequest",
    "Detail",
    "EmbeddingModel",
    "EmbeddingRequest",
    "EmbeddingResponse",
    "Likelihood",
    "LikelihoodAnswer",
    "LikelihoodModel",
    "LikelihoodRequest",
    "LikelihoodResult",
    "Message",
    "Model",
    "ModelContextError",
    "ModelError",
    "ModelGarbageError",
    "ModelInfo",
    "ModelMissingError",
    "ModelOptionError",
    "ModelRefusedError",
    "ModelTimeoutError",
    "ModelUnsupportedError",
    "Native",
    "NativeModel",
    "Permit",
    "Role",
    "Served",
    "Usage",
    "assemble",
    "counting_waste",
    "is_vector",
    "letters",
    "note_waste",
    "open_model",
    "read_served",
    "speaks",
    "trace_headers",
    "whole_text",
]
