from django.db import migrations

from huiguan.foundation.marks import marked


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_staff_phones"), ("foundation", "0004_marks")]

    operations = [marked("identity_node", "places")]
