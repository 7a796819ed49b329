"""Addresses of the staff, the posts, and who is signed in."""

from __future__ import annotations

from django.urls import path

from huiguan.console.staff import posts, sheets, views

app_name = "staff"
urlpatterns = [
    path("", views.listed, name="list"),
    path("new", views.new, name="new"),
    path("sessions", views.sessions, name="sessions"),
    path("sessions/<int:session>", views.end_session, name="end_session"),
    path("posts/", posts.listed, name="posts"),
    path("posts/new", posts.new, name="new_post"),
    path("posts/<slug:name>/", posts.post, name="post"),
    path("posts/<slug:name>/second-factor", posts.second_factor, name="second_factor"),
    path("posts/<slug:name>/removal", posts.removal, name="removal"),
    path("<str:username>/", views.person, name="person"),
    path("<str:username>/link", views.link, name="link"),
    path("<str:username>/sessions", views.end_sessions, name="end_sessions"),
    path("<str:username>/posts/<slug:post>/<str:node>", sheets.ending, name="ending"),
    path("<str:username>/<slug:what>", sheets.deed, name="deed"),
]
