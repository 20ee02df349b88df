"""The modules of these tests name tables when they are read, so Django comes first."""

import django

django.setup()
