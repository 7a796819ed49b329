"""By which way a member came: at a shop, on her phone, through a program, in an import, by an application."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0014_exit_held")]

    operations = [
        migrations.AddField("membership", "came_by", models.CharField(db_default="", default="", max_length=10)),
    ]
