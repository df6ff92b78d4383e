"""Each approval gets a seal over all that it says."""

from django.db import migrations, models

from leafledger.base.append_only import guard, seal_of, unguard

TAKEN = {"leaf_approval": "id = NEW.id OR (subject = NEW.subject AND kind = NEW.kind)"}


def open_up(apps, schema_editor):
    unguard(schema_editor, TAKEN)


def seal(apps, schema_editor):
    approvals = apps.get_model("base", "Approval").objects
    for row in approvals.order_by("id"):
        approvals.filter(pk=row.pk).update(seal=seal_of(row))


def only_grow(apps, schema_editor):
    guard(schema_editor, TAKEN)


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]

    operations = [
        migrations.RunPython(open_up, migrations.RunPython.noop),
        migrations.AddField("approval", "seal", models.CharField(max_length=64, default=""), preserve_default=False),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RunPython(only_grow, migrations.RunPython.noop),
    ]
