"""Two questions share a normal form only if they differ in words of courtesy alone."""

import time
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aboveboard.gateway.caching import MOST_CHARACTERS, Scope, normal_form, sameness, wording
from aboveboard.models import ChatRequest, CompletionRequest, Message, Native

PAIRS = Path(__file__).parents[3] / "benchmarks" / "gateway" / "semantic_pairs.txt"
SCOPE = Scope(tenant="t", data_subject="p", charter="c", model="m", model_digest="d")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How do I reset my password?", "Could you please tell me how I can reset my password?"),
        ("How do I reset my password?", "how do I  reset my password"),
        ("Is the library open on Sunday?", "Hello! Do you know whether the library is open on Sunday?"),
        ("Is the library open on Sunday?", "On Sunday, is the library open?"),
        ("What happens if I miss a payment?", "If I miss a payment, what happens?"),
        ("Can I take aspirin with milk?", "Hi, can I take aspirin with milk? Thank you!"),
        ("Translate 'ja' into English.", "Could you please translate 'ja' into English for me?"),
        ("Kann der Vermieter kündigen?", "Ich wüsste gern, ob der Vermieter kündigen kann."),
        ("¿Puedo pagar con tarjeta?", "Hola, ¿puedo pagar con tarjeta, por favor?"),
    ],
)
def test_what_differs_in_courtesy_alone_is_the_same(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Is a cat an animal?", "Is an animal a cat?"),
        ("Is Paris in France?", "Is France in Paris?"),
        ("Who does the landlord sue?", "Who sues the landlord?"),
        ("Was the man who is sick here?", "Is the man who was sick here?"),
        ("Can I not work?", "I can not work?"),
        ("Can I stay if I pay?", "I stay if I can pay?"),
        ("If I pay, can I stay?", "If I can pay, I stay?"),
        ("Can the people I help pay?", "Tell me if the people I can help pay."),
        ("Can they see what I pay?", "Tell me if they see what I can pay."),
        ("The tenant can sue.", "Can the tenant sue?"),
        ("Which dogs may I bring?", "Which dog may I bring?"),
        ("What is the dose of us?", "What is the dose of US?"),
        ("Say hello.", "Say hello, please."),
        ("Translate: come here", "Translate: come here, please"),
        ("How do you say yes?", "How do you say yes, please?"),
        ("Hello, what does that mean?", "What does that mean?"),
        ("What is 2² in m?", "What is 22 in m?"),
        ("Was ist das Band?", "Was ist der Band?"),
        ("What is 5!", "What is 5?"),
        ("Calculate n!", "Calculate n"),
        (".5 + 1?", "5 + 1?"),
        ("Explain cd ..", "Explain cd ."),
        ("Is int?? a type?", "Is int? a type?"),
        ("What language is this? Gracias", "What language is this? Danke"),
        ("Hola. Which language is it?", "Hallo. Which language is it?"),
        ("Hello! How many letters has it?", "Hey! How many letters has it?"),
        ("Kennt es Anna?", "Kennt Anna es?"),
        ("Did son Peter hit Paul?", "Did Peter hit son Paul?"),
        ('How long is "a  b"?', 'How long is "a b"?'),
    ],
)
def test_what_might_mean_something_else_is_not(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


def pairs(sign: str) -> list[tuple[str, str]]:
    found, base = [], ""
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        if line.startswith(("+ ", "- ")):
            if line[0] == sign:
                found.append((base, line.partition(" | ")[2]))
        elif line and not line.startswith("#"):
            base = line[3:]
    return found


@pytest.mark.parametrize("sign", ["+", "-"])
def test_near_misses_share_nothing_and_some_other_wordings_do(sign: str) -> None:
    same = [normal_form(one) == normal_form(other) for one, other in pairs(sign)]
    assert len(same) == 186
    assert sum(same) >= 50 if sign == "+" else not any(same)


FRAMES = [
    "Can I pay {} on {} with {}?",
    "Could you tell me if {} is in {} without {}?",
    "Please, how many days after {} does {} get from {}?",
    "Hola, ¿cuánto tarda {} a {} desde {}?",
    "Können Sie mir sagen, ob {} am {} nicht {} ist?",
    "If {} is late, what happens to {} and {}?",
]
NUMBERS = st.one_of(
    st.integers(0, 10**6).map(str),
    st.decimals(0, 999, places=2).map(str),
    st.dates().map(str),
    st.sampled_from(["one", "two", "zwei", "dos", "10%", "£5", "5 kg", "5 mg", "12:30"]),
)
NAMES = st.from_regex(r"[A-ZÄÉ][a-zäéñß]{1,9}", fullmatch=True)
NEGATIONS = st.sampled_from(
    ["not", "never", "no", "nicht", "kein", "nunca", "without", "except", "before", "only"]
)
FILLINGS = st.one_of(NUMBERS, NAMES, NEGATIONS)


@given(st.sampled_from(FRAMES), st.lists(FILLINGS, min_size=3, max_size=3), st.integers(0, 2), FILLINGS)
@settings(max_examples=500, deadline=None)
def test_another_number_name_or_negation_is_another_question(
    frame: str, words: list[str], place: int, other: str
) -> None:
    assume(words[place].lower() != other.lower())
    changed = [*words[:place], other, *words[place + 1 :]]
    assert normal_form(frame.format(*words)) != normal_form(frame.format(*changed))


@given(st.sampled_from(FRAMES), st.lists(NAMES, min_size=3, max_size=3, unique_by=str.lower))
@settings(deadline=None)
def test_who_does_what_to_whom_is_part_of_the_question(frame: str, names: list[str]) -> None:
    assert normal_form(frame.format(*names)) != normal_form(frame.format(*reversed(names)))


@given(st.lists(NEGATIONS | NAMES, min_size=1, max_size=8), st.integers(0, 8), NEGATIONS)
@settings(deadline=None)
def test_a_negation_more_is_another_question(words: list[str], place: int, negation: str) -> None:
    more = [*words[:place], negation, *words[place:]]
    assert normal_form(f"why {' '.join(words)}?") != normal_form(f"why {' '.join(more)}?")


@given(st.text(max_size=MOST_CHARACTERS + 5))
@settings(max_examples=500, deadline=None)
def test_any_text_has_one_or_none(text: str) -> None:
    form = normal_form(text)
    assert form is None or len(text) <= MOST_CHARACTERS
    assert normal_form(text.replace("\n", " ") + "\nx") is None or not text.strip()


@pytest.mark.parametrize(
    "text",
    ["", "?", "a" * 301, "one\ntwo", "a\tb", "a\x00b"],
)
def test_some_texts_are_only_ever_the_same_word_for_word(text: str) -> None:
    assert normal_form(text) is None


@pytest.mark.parametrize("piece", ["please ", "hi, ", "if a", "can you ", ", please", "'", "¿", "on "])
def test_no_text_takes_long(piece: str) -> None:
    began = time.perf_counter()
    for _ in range(20):
        normal_form((piece * 300)[:MOST_CHARACTERS])
    assert (time.perf_counter() - began) / 20 < 0.02


def asked(*messages: Message, **more: object) -> ChatRequest:
    return ChatRequest(messages, **more)  # type: ignore[arg-type]  # what it is is each test's own


QUESTION = Message("user", "Is it open?")


@pytest.mark.parametrize(
    "request_",
    [
        asked(),
        asked(QUESTION, Message("assistant", "Yes."), QUESTION),
        asked(QUESTION, QUESTION),
        asked(Message("system", "Be kind.")),
        asked(Message("user", "Is it open?", {"parts": []})),
        asked(QUESTION, native=Native("responses", {}, ("include",))),
        CompletionRequest(("Is it open?",)),
    ],
)
def test_only_a_single_question_has_another_wording(request_: ChatRequest | CompletionRequest) -> None:
    assert wording(request_) is None


def test_all_else_has_to_be_the_same_word_for_word() -> None:
    request = asked(Message("system", "Be kind."), QUESTION)
    polite = asked(Message("system", "Be kind."), Message("user", "Hello, is it open?"))
    others = [
        asked(Message("system", "Be kind"), QUESTION),
        asked(Message("developer", "Be kind."), QUESTION),
        asked(*request.messages, temperature=0.5),
        asked(*request.messages, extra={"tools": []}),
        asked(*request.messages, max_tokens=7),
    ]

    def key(each: ChatRequest) -> str | None:
        return sameness(SCOPE, each, wording(each))

    assert key(request) == key(polite) is not None
    assert key(request) not in [key(each) for each in others]
    assert key(request) != sameness(SCOPE, request)
