"""The language of a text, by its letters and small words; silence rather than a guess."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.monitoring import watches_of
from aboveboard.monitoring._language import language_asked, language_of
from samples.live import MODEL, Scene, charter, decision

SAID = {
    "en": "How can I return the shoes that I bought last week? They are too small for me.",
    "de": "Wie kann ich die Schuhe zurückgeben, die ich gekauft habe? Sie sind mir zu klein.",
    "fr": "Comment puis-je rendre les chaussures que j'ai achetées la semaine dernière ?",
    "es": "¿Cómo puedo devolver los zapatos que compré la semana pasada? No me quedan bien.",
    "it": "Come posso restituire le scarpe che ho comprato la settimana scorsa? Non mi vanno bene.",
    "pt": "Como posso devolver os sapatos que comprei na semana passada? Não me servem e eu tenho o recibo.",
    "nl": "Hoe kan ik de schoenen terugsturen die ik vorige week heb gekocht? Ze zijn niet groot genoeg.",
    "pl": "Jak mogę zwrócić buty, które kupiłem w zeszłym tygodniu? Nie są to buty na moją stopę.",
    "sv": "Hur kan jag lämna tillbaka skorna som jag köpte? De är inte bra och det är för sent att byta.",
    "tr": "Geçen hafta aldığım ayakkabı için ne yapabilirim? Bu çok küçük ve ben bir numara istiyorum.",
    "ru": "Как я могу вернуть туфли, которые купил на прошлой неделе?",
    "uk": "Як я можу повернути взуття, яке купив минулого тижня? Чи є інші розміри?",
    "el": "Πώς μπορώ να επιστρέψω τα παπούτσια που αγόρασα;",
    "ar": "كيف يمكنني إرجاع الحذاء الذي اشتريته الأسبوع الماضي؟",
    "fa": "چگونه می‌توانم کفشی را که هفته گذشته خریدم پس بدهم؟ گران بود.",
    "he": "איך אפשר להחזיר את הנעליים שקניתי בשבוע שעבר?",
    "hi": "मैं पिछले हफ्ते खरीदे गए जूते कैसे लौटा सकता हूँ?",
    "ja": "先週買った靴を返品するにはどうすればいいですか。",
    "zh": "我上周买的鞋子怎么退货?",
    "ko": "지난주에 산 신발을 어떻게 반품하나요?",
    "th": "ฉันจะคืนรองเท้าที่ซื้อเมื่อสัปดาห์ที่แล้วได้อย่างไร",
}


@pytest.mark.parametrize("language", SAID)
def test_a_sentence_is_known_by_its_letters_and_small_words(language: str) -> None:
    assert language_of(SAID[language]) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "12345 67890",
        "Maria Schmidt",
        "print(x)",
        "<person> <email>",
        "Lorem ipsum dolor sit amet",
        "hi",
    ],
)
def test_where_it_cannot_be_told_nothing_is_said(text: str) -> None:
    assert language_of(text) == ""


def test_two_languages_in_equal_parts_are_neither() -> None:
    assert language_of(f"{SAID['ru']} {SAID['el']} {SAID['he']}") == ""


@given(st.text())
def test_any_text_has_a_code_or_none(text: str) -> None:
    assert len(language_of(text)) in (0, 2)


@given(st.binary())
def test_any_bytes_may_have_been_kept(kept: bytes) -> None:
    assert len(language_asked(kept)) in (0, 2)


def test_what_the_user_said_last_counts() -> None:
    turns = [("system", SAID["en"]), ("user", SAID["fr"]), ("assistant", SAID["en"]), ("user", SAID["de"])]
    kept = json.dumps([{"role": role, "text": text} for role, text in turns]).encode()
    assert language_asked(kept) == "de"
    assert language_asked(json.dumps([{"role": "system", "text": SAID["en"]}]).encode()) == ""
    assert language_asked(None) == ""
    assert language_asked(b'[1, "x", null]') == ""


PROMISE = """
  - {id: alike, measure: live.refusal_gap, over: [language], must: "<= 0.2", when: [live], owner: accountable}
"""
NO, YES = ("I am sorry, but I cannot help with that.", "Here is how.")


def kept(role: str, text: str) -> bytes:
    return json.dumps([{"role": role, "text": text}]).encode()


def test_who_is_refused_in_one_language_is_found_by_the_words_that_are_kept(scene: Scene) -> None:
    monitor = scene.monitor(charter(PROMISE))
    monitor.round()
    recording = []
    for number in range(60):
        language = ("de", "en")[number % 2]
        answer = NO if language == "de" else YES
        attached = {"prompt": kept("user", SAID[language]), "answer": kept("assistant", answer)}
        recording.append(scene.evidence.recorder.submit(decision(), attached))
    for each in recording:
        each.result()
    monitor.catch_up()
    (alarm,) = scene.alarms()
    assert (alarm.by, alarm.promise) == ("language", "alike")
    assert alarm.groups in ("de", "en")


def test_without_kept_words_languages_are_not_watched() -> None:
    asked = charter(PROMISE.replace("refusal_gap", "blocked_gap"))
    (one,) = watches_of(replace(asked, retention={}), MODEL).unwatched
    assert "masked words of requests" in one.reason
