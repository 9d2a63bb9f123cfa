"""A last day as an iCalendar file."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event


def write_deadline(*, uid: str, day: date, title: str, text: str, made: datetime) -> bytes:
    """One whole-day event on `day` with a reminder two days before; the same `uid` replaces an earlier one."""
    event = Event()
    event.add("uid", f"{uid}@schakel")
    event.add("dtstamp", made)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", title)
    event.add("description", text)
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(days=-2))
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Schakel//NL")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
