"""Tables of evidence and approvals."""

from django.db import models

from leafledger.base.append_only import AppendOnly


class Evidence(AppendOnly):
    """A file that proves something. People and entries call it by its name; it is kept under its SHA-256."""

    name = models.CharField(primary_key=True, max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        db_table = "leaf_evidence"


class Approval(AppendOnly):
    """Who said of what, exactly as it was seen (`hash`), that it may count. own: they had recorded it themselves.

    seal: `seal_of` the row, so that whoever rewrites it past the guards is found out.
    """

    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=200)
    hash = models.CharField(max_length=64)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    own = models.BooleanField()
    seal = models.CharField(max_length=64)

    class Meta:
        db_table = "leaf_approval"
        constraints = [models.UniqueConstraint(fields=["subject", "kind"], name="approval_once")]
