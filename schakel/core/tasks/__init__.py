"""What a local government can let: about sixty tasks, and where each of them is known to be done."""

from schakel.core.tasks.catalogue import Task, get_task, is_about, list_catalogue
from schakel.core.tasks.standing import Example, Placed, Where, place_examples

__all__ = ["Example", "Placed", "Task", "Where", "get_task", "is_about", "list_catalogue", "place_examples"]
