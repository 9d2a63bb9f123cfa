"""Who may manage the region by a flag on the account alone, gets the role that goes with it."""

from django.db import migrations
from django.db.models import Exists, OuterRef
from django.utils import timezone


def give_roles(apps, schema_editor):
    User, Membership = apps.get_model("accounts", "User"), apps.get_model("accounts", "Membership")
    held = Membership.objects.filter(user=OuterRef("pk"), kind="region", key="region", ended_at=None)
    today = timezone.localdate()
    Membership.objects.bulk_create(
        Membership(
            user=person, kind="region", key="region", role="manager" if person.is_superuser else "editor", since=today
        )
        for person in User.objects.filter(~Exists(held), is_staff=True)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_invitations"),
    ]
    operations = [migrations.RunPython(give_roles, migrations.RunPython.noop)]
