"""Addresses that stand in letters."""

from django.urls import path

from schakel.mail import views

urlpatterns = [path("mail/afmelden/<str:token>", views.unsubscribe, name="unsubscribe")]
