"""The table of restatements, guarded against change."""

from django.db import migrations, models

from leafledger.base.append_only import guard

TAKEN = {"leaf_restatement": "id = NEW.id OR (year = NEW.year AND number = NEW.number)"}


def only_grow(apps, schema_editor):
    guard(schema_editor, TAKEN)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_what_a_release_holds")]

    operations = [
        migrations.CreateModel(
            name="Restatement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.IntegerField()),
                ("number", models.IntegerField()),
                ("was", models.CharField(max_length=64)),
                ("facts", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("figures", models.TextField()),
                ("before", models.TextField()),
                ("reason", models.TextField()),
                ("entries", models.TextField()),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("seal", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "leaf_restatement",
                "constraints": [models.UniqueConstraint(fields=("year", "number"), name="restated_in_order")],
            },
        ),
        migrations.RunPython(only_grow, migrations.RunPython.noop),
    ]
