"""The tables of entries, attachments, closed years and releases, guarded against change."""

import django.db.models.deletion
from django.db import migrations, models

from leafledger.base.append_only import guard

# What makes a new row collide with one that is there.
TAKEN = {
    "leaf_entry": "id = NEW.id OR replaces_id = NEW.replaces_id",
    "leaf_attachment": "id = NEW.id OR (entry_id = NEW.entry_id AND evidence_id = NEW.evidence_id)",
    "leaf_close": "year = NEW.year",
    "leaf_release": "id = NEW.id OR digest = NEW.digest",
}


def only_grow(apps, schema_editor):
    guard(schema_editor, TAKEN)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("base", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Close",
            fields=[
                ("year", models.IntegerField(primary_key=True, serialize=False)),
                ("facts", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "leaf_close",
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("year", models.IntegerField()),
                ("file", models.CharField(max_length=200)),
                ("key", models.CharField(max_length=200)),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "leaf_release",
            },
        ),
        migrations.CreateModel(
            name="EntryRow",
            fields=[
                ("id", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("activity", models.CharField(max_length=200)),
                ("site", models.CharField(max_length=200)),
                ("labels", models.TextField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("value", models.CharField(max_length=40)),
                ("value_scaled", models.BigIntegerField()),
                ("open_scaled", models.BigIntegerField()),
                ("unit", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=20)),
                ("bound", models.CharField(max_length=20)),
                ("estimated", models.BooleanField()),
                ("method", models.TextField()),
                ("tolerance", models.CharField(max_length=40)),
                ("quality", models.CharField(default="", max_length=20)),
                ("uncertainty", models.CharField(default="", max_length=40)),
                ("source", models.TextField()),
                ("worked_back_from", models.TextField()),
                ("evidence", models.TextField()),
                ("recorded_by", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField()),
                ("hash", models.CharField(max_length=64)),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="ledger.entryrow",
                    ),
                ),
            ],
            options={
                "db_table": "leaf_entry",
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("evidence", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="base.evidence")),
                ("entry", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="ledger.entryrow")),
            ],
            options={
                "db_table": "leaf_attachment",
                "constraints": [models.UniqueConstraint(fields=("entry", "evidence"), name="attached_once")],
            },
        ),
        migrations.RunPython(only_grow, migrations.RunPython.noop),
    ]
