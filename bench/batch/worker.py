"""What a worker of the queue does with a batch or with what it is fetched as.

python -m bench.batch.worker work_on_batch|work_on_bundle KEY
"""

import sys

from ..part import open_site

open_site()

# Models can be imported only once the site is open.
from django.utils import timezone  # noqa: E402

from certificates.domain.fetching import work_on_bundle  # noqa: E402
from certificates.domain.working import work_on_batch  # noqa: E402

WORK = {each.__name__: each for each in (work_on_batch, work_on_bundle)}

if __name__ == "__main__":
    work, key = WORK[sys.argv[1]], int(sys.argv[2])
    while work(key, at=timezone.now()):
        pass
