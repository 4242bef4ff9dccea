"""What a request cost, told in the headers of its reply."""

import os
from time import thread_time

from django.db import connection

STATEMENTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


class Counting:
    """Counts statements (not the marks of transactions) and processor time; and says
    whose server this is."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.run = os.environ["BENCH_RUN"]

    def __call__(self, request):
        statements = 0

        def count(execute, sql, params, many, context):
            nonlocal statements
            statements += sql.lstrip("( \n").startswith(STATEMENTS)
            return execute(sql, params, many, context)

        began = thread_time()
        with connection.execute_wrapper(count):
            response = self.get_response(request)
        response["X-Bench-Run"] = self.run
        response["X-Bench-Queries"] = str(statements)
        response["X-Bench-Cpu"] = f"{(thread_time() - began) * 1000:.3f}"
        return response
