from django.db import migrations

from huiguan.foundation.marks import marked


class Migration(migrations.Migration):
    dependencies = [("programme", "0003_examples_set_aside"), ("foundation", "0004_marks")]

    operations = [marked("programme_version", "rulebooks")]
