"""Tables of entries, the files attached to them, closed years, restatements and releases."""

from django.db import models

from leafledger.base.append_only import AppendOnly
from leafledger.base.models import Evidence


class EntryRow(AppendOnly):
    """One entry. The digits as written make the entry again; the scaled integers are what the database adds up.

    value_scaled: value × 10^6. open_scaled: how far the true value may be off, × 10^7, by the tolerance or half of the last digit.
    """

    id = models.CharField(primary_key=True, max_length=200)
    activity = models.CharField(max_length=200)
    site = models.CharField(max_length=200)
    labels = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField()
    value = models.CharField(max_length=40)
    value_scaled = models.BigIntegerField()
    open_scaled = models.BigIntegerField()
    unit = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    bound = models.CharField(max_length=20)
    estimated = models.BooleanField()
    method = models.TextField()
    tolerance = models.CharField(max_length=40)
    quality = models.CharField(max_length=20, default="")
    uncertainty = models.CharField(max_length=40, default="")
    source = models.TextField()
    worked_back_from = models.TextField()
    evidence = models.TextField()
    # Unique: an entry is corrected once, and who corrects again corrects the correction.
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "leaf_entry"


class Attachment(AppendOnly):
    """A file of evidence that was added to an entry after it was recorded."""

    entry = models.ForeignKey(EntryRow, on_delete=models.PROTECT)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        db_table = "leaf_attachment"
        constraints = [models.UniqueConstraint(fields=["entry", "evidence"], name="attached_once")]


class Close(AppendOnly):
    """A closed year and its figures, frozen with every reason; `digest` is the SHA-256 of `facts`."""

    year = models.IntegerField(primary_key=True)
    facts = models.TextField()
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        db_table = "leaf_close"


class Restatement(AppendOnly):
    """A closed year whose figures were replaced by new ones. number: 1 for the year's first; the last one is what stands.

    was: the digest of the figures that stood before, which stay where they are. facts, digest: all figures of the year from now on.
    figures: each one that moved, with the old value, the new one and the parts of the difference. before: how the state that the
    old figures came from differs from the one that the new ones come from. reason: in each language. entries: the ids that it
    approved. All are JSON; seal: `seal_of` the row.
    """

    year = models.IntegerField()
    number = models.IntegerField()
    was = models.CharField(max_length=64)
    facts = models.TextField()
    digest = models.CharField(max_length=64)
    figures = models.TextField()
    before = models.TextField()
    reason = models.TextField()
    entries = models.TextField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    seal = models.CharField(max_length=64)

    class Meta:
        db_table = "leaf_restatement"
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="restated_in_order")]


class Release(AppendOnly):
    """A bundle that was released: its digest, its file and the fingerprint of the key that signed it.

    holds: the hash of each fact in it, by key, and of each restatement that it proves, by its name. ahead: the figures in it that
    no closed year keeps, such as targets, as JSON of facts. seal: `seal_of` the row.
    """

    digest = models.CharField(unique=True, max_length=64)
    year = models.IntegerField()
    file = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    holds = models.TextField()
    ahead = models.TextField()
    seal = models.CharField(max_length=64)

    class Meta:
        db_table = "leaf_release"
