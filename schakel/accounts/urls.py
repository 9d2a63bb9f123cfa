"""Addresses for people who sign in."""

from django.urls import path

from schakel.accounts import views

urlpatterns = [path("beginnen/<str:uid>/<str:token>", views.begin, name="begin")]
