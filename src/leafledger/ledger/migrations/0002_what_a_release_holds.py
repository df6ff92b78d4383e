"""A release keeps which facts it holds, and those of years to come, with a seal over all that it says."""

from django.db import migrations, models

from leafledger.base.append_only import guard, seal_of, unguard

TAKEN = {"leaf_release": "id = NEW.id OR digest = NEW.digest"}


def open_up(apps, schema_editor):
    unguard(schema_editor, TAKEN)


def seal(apps, schema_editor):
    releases = apps.get_model("ledger", "Release").objects
    for row in releases.order_by("id"):
        releases.filter(pk=row.pk).update(seal=seal_of(row))


def only_grow(apps, schema_editor):
    guard(schema_editor, TAKEN)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunPython(open_up, migrations.RunPython.noop),
        migrations.AddField("release", "holds", models.TextField(default="{}"), preserve_default=False),
        migrations.AddField("release", "ahead", models.TextField(default="{}"), preserve_default=False),
        migrations.AddField("release", "seal", models.CharField(max_length=64, default=""), preserve_default=False),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RunPython(only_grow, migrations.RunPython.noop),
    ]
