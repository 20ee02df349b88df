"""The tests import each other by the path from the checkout: `from tests.rules.desk import Desk`."""

import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

# Reading a scheme takes tens of milliseconds, which is no reason to call an example slow.
settings.register_profile("hefu", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hefu")
