"""What is said to the database at every request: SQL that Django puts together once,
and that PostgreSQL parses and plans once a connection. Either costs several times what
reading or writing one row does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from types import SimpleNamespace

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import get_related_populators


@contextmanager
def preparing_cursor() -> Iterator[CursorWrapper]:
    """A cursor for statements that are said again and again in the same words.

    SQLite's own cursors keep what they have prepared.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.cursor = postgresql_cursor()(cursor.connection)
        yield cursor


@cache
def postgresql_cursor() -> type:
    import psycopg  # noqa: PLC0415  (SQLite needs none)

    class Preparing(psycopg.Cursor):
        def execute(self, query, params=None):
            super().execute(query, params, prepare=True)
            # Once prepared it has no words of its own, and Django's log asks for them.
            self._query = self._query or SimpleNamespace(query=query.encode())
            return self

    return Preparing


class Slot(Expression):
    """In a filter: where a value of ``field`` will stand."""

    def __init__(self, name: str, field: Field):
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def filled(self, value: object) -> object:
        return self.output_field.get_db_prep_value(value, connection)


class Prepared:
    """The row that has given values in the fields of ``names``.

    ``rows`` tells which columns and relations are read of which rows; it is asked once
    in a process, so it must depend on nobody and on no time. It may lock, if every
    ``get`` is within a transaction: Django sees to that at the first one only.
    """

    def __init__(self, rows: Callable[[], QuerySet], *names: str):
        self.rows = rows
        self.names = names

    @cached_property
    def model(self) -> type[Model]:
        return self.rows().model

    @cached_property
    def statement(self) -> Statement:
        fields = {name: self.model._meta.get_field(name) for name in self.names}
        slots = {name: Slot(name, field) for name, field in fields.items()}
        return Statement(self.rows().filter(**slots).order_by())

    def get(self, **values: object) -> Model:
        """Raises the model's ``DoesNotExist``. A relation is named by its key."""
        found = self.statement.first(values)
        if found is None:
            raise self.model.DoesNotExist
        return found


class Statement:
    """A queryset as SQL, and how a row of it becomes an object: what Django's own
    ``ModelIterable`` works out at every reading."""

    def __init__(self, rows: QuerySet):
        compiler = rows.query.get_compiler(connection=connection)
        self.sql, self.params = compiler.as_sql()
        kinds, select = compiler.klass_info, compiler.select
        own = kinds["select_fields"]
        self.model, self.own = kinds["model"], slice(own[0], own[-1] + 1)
        self.names = [column[0].target.attname for column in select[self.own]]
        self.annotations = compiler.annotation_col_map or {}
        self.related = get_related_populators(kinds, select, connection.alias)
        self.converters = compiler.get_converters([column[0] for column in select])

    def first(self, values: dict[str, object]) -> Model | None:
        params = [
            param.filled(values[param.name]) if isinstance(param, Slot) else param
            for param in self.params
        ]
        with preparing_cursor() as cursor:
            cursor.execute(self.sql, params)
            row = cursor.fetchone()
        return None if row is None else self.object_of(list(row))

    def object_of(self, row: list[object]) -> Model:
        for place, (converters, expression) in self.converters.items():
            for convert in converters:
                row[place] = convert(row[place], expression, connection)
        found = self.model.from_db(connection.alias, self.names, row[self.own])
        for related in self.related:
            related.populate(row, found)
        for name, place in self.annotations.items():
            setattr(found, name, row[place])
        return found
