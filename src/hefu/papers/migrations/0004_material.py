from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hefu_papers", "0003_wording"),
    ]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="material",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
    ]
