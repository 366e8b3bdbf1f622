"""How many people were seen, kept where the people were deleted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0003_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="month",
            name="counts",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
