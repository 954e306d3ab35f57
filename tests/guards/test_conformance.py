"""The first four built-in guards do what every guard must; the later have it in files of their own."""

from typing import ClassVar

from aboveboard.guards._crisis import CrisisGuard
from aboveboard.guards._disclosure import DisclosureGuard
from aboveboard.guards._personal_data import PersonalDataGuard
from aboveboard.guards._secrets import SecretsGuard
from aboveboard.testing import GuardConformance


class TestPersonalData(GuardConformance):
    guard_class = PersonalDataGuard
    matching: ClassVar[tuple[str, ...]] = ("mail john@example.com", "4111 1111 1111 1111")


class TestSecrets(GuardConformance):
    guard_class = SecretsGuard
    matching: ClassVar[tuple[str, ...]] = ("sk_live_" + "aB3dE5gH7jK9mN1p",)


class TestCrisis(GuardConformance):
    guard_class = CrisisGuard
    matching: ClassVar[tuple[str, ...]] = ("I want to kill myself",)


class TestDisclosure(GuardConformance):
    guard_class = DisclosureGuard
    matching: ClassVar[tuple[str, ...]] = ("I am a human being", "are you a robot?")
