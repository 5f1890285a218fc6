"""What a program runs with is what the YAML files of the built-in 评分规则 say."""

from __future__ import annotations

from zipingbiao.scoring import profile as profiles
from zipingbiao.scoring.profiles import generate, generated

REMEDY = "python -m zipingbiao.scoring.profiles.generate"


def test_the_generated_module_is_what_the_files_say() -> None:
    assert generate.profiles_in(generate.FOLDER) == generated.BUILT_IN, REMEDY
    assert generate.profiles_in(generate.FOLDER / "starters") == generated.STARTERS, REMEDY
    assert (generate.FOLDER / "generated.py").read_text("utf-8") == generate.generated(), REMEDY


def test_a_file_read_as_a_place_would_gives_the_same_profile() -> None:
    """With its lines, and with what only reading YAML can see: a key written twice."""
    for name in profiles.names():
        path = str(generate.FOLDER / f"{name}.yaml")
        assert profiles.check_file(path) == ()
        assert profiles.load(path) == profiles.load(name)
