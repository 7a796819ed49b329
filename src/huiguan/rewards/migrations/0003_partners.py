import django.db.models.deletion
from django.db import migrations, models

from huiguan.foundation.appending import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("rewards", "0002_days_to_calendar"),
    ]

    operations = [
        migrations.CreateModel(
            name="PartnerLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("programme_id", models.BigIntegerField()),
                ("partner", models.CharField(max_length=40)),
                ("url", models.CharField(max_length=500)),
                ("secret", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("stopped_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("programme_id", "partner"), name="rewards_line_once")],
            },
        ),
        migrations.CreateModel(
            name="PartnerLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("programme_id", models.BigIntegerField()),
                ("membership_id", models.BigIntegerField()),
                ("partner", models.CharField(max_length=40)),
                ("account", models.BinaryField()),
                ("blind", models.BinaryField(max_length=32)),
                ("tail", models.CharField(max_length=8)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("actor", models.CharField(max_length=60)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("membership_id", "partner"),
                        name="rewards_link_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("programme_id", "partner", "blind"),
                        name="rewards_link_whose",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Exchange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("programme_id", models.BigIntegerField()),
                ("number", models.CharField(max_length=20)),
                ("partner", models.CharField(max_length=40)),
                ("membership_id", models.BigIntegerField()),
                ("direction", models.CharField(max_length=10)),
                ("reference", models.CharField(max_length=64)),
                ("begun_by", models.CharField(max_length=10)),
                ("account", models.CharField(max_length=8)),
                ("unit", models.CharField(max_length=40)),
                ("ours", models.BigIntegerField()),
                ("theirs", models.BigIntegerField()),
                ("fee", models.BigIntegerField(default=0)),
                ("owed", models.BigIntegerField(default=0)),
                ("state", models.CharField(max_length=10)),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("clause", models.CharField(max_length=20)),
                ("version", models.BigIntegerField(null=True)),
                ("seq", models.BigIntegerField(null=True)),
                ("back_seq", models.BigIntegerField(null=True)),
                ("sent_wall", models.DateTimeField(null=True)),
                ("ask_wall", models.DateTimeField(null=True)),
                ("asks", models.IntegerField(default=0)),
                ("words", models.IntegerField(default=0)),
                ("odd", models.BooleanField(default=False)),
                ("told", models.CharField(blank=True, max_length=64)),
                ("why", models.CharField(blank=True, max_length=200)),
                ("actor", models.CharField(max_length=60)),
                ("actor_name", models.CharField(max_length=80)),
                ("document", models.JSONField(default=dict)),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="exchanges", to="rewards.partnerlink"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PointGift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("programme_id", models.BigIntegerField()),
                ("number", models.CharField(max_length=20)),
                ("way", models.CharField(max_length=10)),
                ("giver_id", models.BigIntegerField()),
                ("taker_id", models.BigIntegerField()),
                ("unit", models.CharField(max_length=40)),
                ("units", models.BigIntegerField()),
                ("lots", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                ("written_at", models.DateTimeField()),
                ("clause", models.CharField(max_length=20)),
                ("version", models.BigIntegerField(null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("actor", models.CharField(max_length=60)),
                ("actor_name", models.CharField(max_length=80)),
                ("document", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["giver_id", "at"], name="rewards_gift_given"),
                    models.Index(fields=["taker_id", "at"], name="rewards_gift_taken"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("programme_id", "number"), name="rewards_gift_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("units__gte", 1), models.Q(("giver_id", models.F("taker_id")), _negated=True)
                        ),
                        name="rewards_gift_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PoolSeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("programme_id", models.BigIntegerField()),
                ("keeper_id", models.BigIntegerField()),
                ("membership_id", models.BigIntegerField()),
                ("unit", models.CharField(max_length=40)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("clause", models.CharField(max_length=20)),
                ("actor", models.CharField(max_length=60)),
            ],
            options={
                "indexes": [models.Index(fields=["keeper_id", "unit"], name="rewards_seat_of")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)), fields=("membership_id", "unit"), name="rewards_seat_one"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("programme_id", models.BigIntegerField()),
                ("partner", models.CharField(max_length=40)),
                ("month", models.DateField()),
                ("we_owe", models.BigIntegerField()),
                ("they_owe", models.BigIntegerField()),
                ("exchanges", models.IntegerField()),
                ("lines", models.JSONField(default=list)),
                ("closed_at", models.DateTimeField()),
                ("actor_name", models.CharField(max_length=80)),
                ("paid_at", models.DateTimeField(null=True)),
                ("paper", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("programme_id", "partner", "month"), name="rewards_settlement_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ExchangeWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("programme_id", models.BigIntegerField()),
                ("n", models.IntegerField()),
                ("via", models.CharField(max_length=10)),
                ("state", models.CharField(max_length=12)),
                ("units", models.BigIntegerField(null=True)),
                ("told", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=80)),
                (
                    "exchange",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="heard", to="rewards.exchange"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("exchange", "n"), name="rewards_exchangeword_n")],
            },
        ),
        migrations.AddIndex(
            model_name="exchange",
            index=models.Index(fields=["membership_id", "asked_at"], name="rewards_exchange_of"),
        ),
        migrations.AddIndex(
            model_name="exchange",
            index=models.Index(fields=["programme_id", "partner", "ended_at"], name="rewards_exchange_ended"),
        ),
        migrations.AddIndex(
            model_name="exchange",
            index=models.Index(
                condition=models.Q(("state__in", ["asked", "sent", "disputed"])),
                fields=["ask_wall"],
                name="rewards_exchange_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.UniqueConstraint(fields=("programme_id", "number"), name="rewards_exchange_number"),
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.UniqueConstraint(
                fields=("programme_id", "partner", "begun_by", "reference"), name="rewards_exchange_reference"
            ),
        ),
        migrations.AddConstraint(
            model_name="exchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "sent", "disputed", "done", "refused"])),
                name="rewards_exchange_state",
            ),
        ),
        append_only("rewards_pointgift"),
        append_only("rewards_exchangeword"),
    ]
