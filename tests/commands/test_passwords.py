"""Which passwords are refused, and that checking one takes as long for nobody as for somebody."""

import statistics
import subprocess
import sys
import time

import pytest

from workshop.commands import passwords

GUESSED = [
    "password1234",
    "P@ssw0rd1234",
    "Welcome@2024!",
    "passwordpassword",
    "qwertyuiop123",
    "1q2w3e4r5t6y7u8i9o0p",
    "123456789987654321",
    "iloveyou12345",
    "aaaaaaaaaaaaaaa",
    "justinbieber1",
    "!!!!!!!!!!!!!!",
]
GOOD = [
    "blue kettle sings",
    "dK3!kd9fA_qq",
    "حديقة المدينة الجميلة",
    "correct horse battery staple",
    "🌻 🌻 sun over the mill",
]


@pytest.mark.shows("S09")
@pytest.mark.parametrize("password", GUESSED)
def test_what_everybody_tries_first_is_refused(password: str) -> None:
    with pytest.raises(passwords.TooWeak):
        passwords.hashed(password)


@pytest.mark.parametrize("password", GOOD)
def test_a_few_words_or_a_few_odd_signs_are_enough_in_any_script(password: str) -> None:
    assert passwords.fits(password, passwords.hashed(password))


def test_what_others_know_of_me_is_refused() -> None:
    assert not passwords.is_common("zebulon grzybowska")
    assert passwords.is_common("zebulon grzybowska", ["Zebulon", "Grzybowska"])


@pytest.mark.parametrize("password", ["blue kettle", "x7" * 64 + "!"])
def test_eleven_characters_are_too_few_and_129_too_many(password: str) -> None:
    with pytest.raises(passwords.TooWeak):
        passwords.hashed(password)


def test_128_characters_are_not_too_many() -> None:
    longest = "the mill turns slowly, " * 5 + "and then stop"
    assert len(longest) == 128
    kept = passwords.hashed(longest)
    assert passwords.fits(longest, kept)
    assert not passwords.fits(longest[:-1], kept), "Nothing of a password is cut off."


@pytest.mark.shows("S09")
def test_the_hash_is_argon2id() -> None:
    assert passwords.hashed("blue kettle sings").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.shows("S09")
def test_nobody_can_tell_an_unknown_account_by_the_time_it_takes() -> None:
    kept = passwords.hashed("blue kettle sings")
    passwords.fits("warm up", None)

    def median(hash_: str | None) -> float:
        return statistics.median(_time(hash_) for _ in range(9))

    known, unknown = median(kept), median(None)
    assert abs(known - unknown) < max(0.010, 0.35 * known), (known, unknown)


def _time(kept: str | None) -> float:
    start = time.thread_time()
    passwords.fits("not the password", kept)
    return time.thread_time() - start


def test_a_server_process_that_sees_no_password_does_not_carry_the_hasher() -> None:
    program = "import sys, workshop; sys.exit('argon2' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
