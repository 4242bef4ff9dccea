"""How many variables each statement of a call takes."""

from django.db import connection


def variables_of(act) -> list[int]:
    numbers = []

    def count(execute, sql, params, many, context):
        numbers.append(len(params or ()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        act()
    return numbers
