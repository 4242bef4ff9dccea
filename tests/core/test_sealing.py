from core import sealing

NUMBER = "45102619700203001X"


def test_sealing_hides_the_number_and_gives_it_back():
    sealed = sealing.seal(NUMBER)

    assert NUMBER not in sealed
    assert sealing.unseal(sealed) == NUMBER


def test_sealing_twice_gives_two_texts_but_one_fingerprint():
    assert sealing.seal(NUMBER) != sealing.seal(NUMBER)
    assert sealing.fingerprint(NUMBER) == sealing.fingerprint(NUMBER.lower())


def test_the_fingerprint_depends_on_the_key(settings):
    before = sealing.fingerprint(NUMBER)

    settings.ID_NUMBER_KEY = "another key"

    assert sealing.fingerprint(NUMBER) != before


def test_a_masked_number_keeps_the_area_and_the_last_four():
    assert sealing.masked(NUMBER) == "451026********001X"
    assert sealing.masked("") == ""
