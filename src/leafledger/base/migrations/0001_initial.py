"""The tables of evidence and approvals, guarded against change."""

from django.db import migrations, models

from leafledger.base.append_only import guard

# What makes a new row collide with one that is there.
TAKEN = {
    "leaf_evidence": "name = NEW.name",
    "leaf_approval": "id = NEW.id OR (subject = NEW.subject AND kind = NEW.kind)",
}


def only_grow(apps, schema_editor):
    guard(schema_editor, TAKEN)


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("name", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("size", models.BigIntegerField()),
                ("media_type", models.CharField(max_length=100)),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "leaf_evidence",
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("subject", models.CharField(max_length=200)),
                ("hash", models.CharField(max_length=64)),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("own", models.BooleanField()),
            ],
            options={
                "db_table": "leaf_approval",
                "constraints": [models.UniqueConstraint(fields=("subject", "kind"), name="approval_once")],
            },
        ),
        migrations.RunPython(only_grow, migrations.RunPython.noop),
    ]
