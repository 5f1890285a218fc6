"""The printed forms: one record each, which everything that depends on a form asks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zipingbiao.book.read import read_bytes
from zipingbiao.scoring import profile as profiles
from zipingbiao.scoring.choose import choose_profile
from zipingbiao.table import ours
from zipingbiao.table.find import read_tables
from zipingbiao.table.forms import FORMS, OTHER, form_of, national, shanxi
from zipingbiao.table.records import Form, Project, Role
from zipingbiao.template.content import NewProject, NewWorkbook
from zipingbiao.template.forms import writer
from zipingbiao.template.lines import ADJUSTED
from zipingbiao.template.write import finished

KEYS = [form.key for form in FORMS]


def test_each_key_names_one_form() -> None:
    assert len({*KEYS, OTHER.key}) == len(FORMS) + 1
    assert [form_of(key) for key in KEYS] == list(FORMS)
    assert form_of(OTHER.key) is None


@pytest.mark.parametrize("form", FORMS, ids=KEYS)
def test_each_form_can_be_written_and_is_read_back_as_itself(form: Form) -> None:
    book = read_bytes(finished(NewWorkbook(form, Project(year="2025"), (NewProject(),))), "空.xlsx")
    (table,) = read_tables(book)
    assert table.form is form
    assert ours.of(book.names) == ours.Template(form, ours.VERSION)
    assert choose_profile(table)[0] == profiles.load(form.profile)
    assert any(cell.value == form.title for cell in book.grid(table.sheet).cells.values())
    assert table.headings[Role.ACTUAL].column == writer(form).COLUMNS[Role.ACTUAL] + 1
    assert max(ref.column for ref in table.headings.values()) > writer(form).COLUMNS[ADJUSTED]


@pytest.mark.parametrize("form", FORMS, ids=KEYS)
def test_a_form_is_told_by_the_headings_that_are_its_own(form: Form) -> None:
    shown = {role: form.heading(role) for role in form.headings}
    assert [one for one in FORMS if one.fits(shown, funds_by_rows=None)] == [form]


def test_the_funds_table_tells_a_form_as_well() -> None:
    shown = {role: national.FORM.heading(role) for role in national.FORM.headings}
    assert shanxi.FORM.fits(shown, funds_by_rows=True)
    assert not shanxi.FORM.fits(shown, funds_by_rows=False)
    assert not OTHER.fits({}, funds_by_rows=None)


def test_a_form_without_a_funds_table_of_its_own_is_told_by_headings_alone() -> None:
    plain = replace(shanxi.FORM, key="plain", funds_by_rows=None)
    assert not plain.fits({}, funds_by_rows=None)
    assert not plain.fits({}, funds_by_rows=True)
    assert plain.fits({Role.NAME: "目标指标", Role.ACTUAL: "业绩值"}, funds_by_rows=None)
