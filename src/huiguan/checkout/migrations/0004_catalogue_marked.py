from django.db import migrations

from huiguan.foundation.marks import marked


class Migration(migrations.Migration):
    dependencies = [("checkout", "0003_members_prices"), ("foundation", "0004_marks")]

    operations = [marked("checkout_product", "catalogue"), marked("checkout_price", "catalogue")]
