"""Settings, all from the environment (commands put `huiguan.toml` into it); each is described in docs/operating.md.

The data folder (HUIGUAN_DATA) keeps what must outlive a restart: the embedded database, the secrets, collected files.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from huiguan.foundation.databases import database_settings
from huiguan.foundation.embedded import data_folder, database_url
from huiguan.foundation.secrets import secrets_of
from huiguan.kernel.networks import networks_of


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def _words(name: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


PACKAGE = Path(__file__).resolve().parent.parent
DATA = data_folder()

DEBUG = _flag("HUIGUAN_DEBUG")
HUIGUAN_DATA = DATA
HUIGUAN_DEMO = _flag("HUIGUAN_DEMO") or (DATA / "demo").exists()
# What the fictional people of a demonstration come in with; shown at its door, never elsewhere.
HUIGUAN_DEMO_PASSWORD = "danning-2026"
HUIGUAN_DEMO_PEOPLE = (
    "shenlingyi", "hezhiwei", "zhouhe", "wenjian", "linxia", "qiaomai",
    "chengguanlan", "linshuyun", "shenyan", "taoran", "weisiqi",
    "guhongyuan", "songzhi", "panyue", "jiangheng", "yanqing",
)  # fmt: skip
# What sort of house each of its programmes shows.
HUIGUAN_DEMO_HOUSES = {"dn": "shop", "ll": "shop", "cy": "association", "jy": "exchange"}
# Members of the demonstration, by programme: anybody may come in as one of them at the members' door.
HUIGUAN_DEMO_PHONES = {
    "dn": ("19910002046",),
    "ll": ("19910000000", "19910000003", "19910000007"),
    "cy": ("19915000003", "19915000016"),
    "jy": ("19916000000", "19916000012"),
}

# Megabytes of the database's disk that are kept free: with less nothing is written.
HUIGUAN_RESERVE = int(os.environ.get("HUIGUAN_RESERVE") or 256)

# How many processes answer requests; 0: one for each core, at most two.
HUIGUAN_WEB_PROCESSES = int(os.environ.get("HUIGUAN_WEB_PROCESSES") or 0)

# Where clamd listens, host:port or the path of a socket: every file that comes in is shown to it.
HUIGUAN_CLAMD = os.environ.get("HUIGUAN_CLAMD", "")
# Private networks webhooks may go to, for receivers of the house's own: "192.168.1.0/24,fd00::/8". None by default.
HUIGUAN_SANDBOX = _flag("HUIGUAN_SANDBOX")
HUIGUAN_ADDRESS = os.environ.get("HUIGUAN_ADDRESS", "")  # where this installation answers, said by `huiguan serve`
HUIGUAN_HOOK_NETWORKS = _words("HUIGUAN_HOOK_NETWORKS")
# Told to the web process by `huiguan serve --lan`: the addresses under which phones and tills reach it.
HUIGUAN_BESIDE = _words("HUIGUAN_BESIDE")
# Who carries messages, and what that takes: everything in the environment that begins so.
HUIGUAN_MESSAGES = {
    name: value for name, value in os.environ.items() if name.startswith(("HUIGUAN_SMS", "HUIGUAN_MAIL"))
}
networks_of(HUIGUAN_HOOK_NETWORKS)  # what is no network stops the start, not a delivery later

_secrets = secrets_of(DATA)
SECRET_KEY = _secrets.signing
HUIGUAN_FIELD_KEY = _secrets.field_key

# --- The house -------------------------------------------------------------------------------------------------------

ROOMS = [
    "huiguan.foundation",
    "huiguan.ledger",
    "huiguan.identity",
    "huiguan.calendar",
    "huiguan.parties",
    "huiguan.documents",
    "huiguan.programme",
    "huiguan.cases",
    "huiguan.entitlements",
    "huiguan.members",
    "huiguan.visits",
    "huiguan.billing",
    "huiguan.checkout",
    "huiguan.messaging",
    "huiguan.rewards",
    "huiguan.conduct",
    "huiguan.hooks",
    "huiguan.analytics",
    "huiguan.design",
    "huiguan.console",
    "huiguan.portal",
    "huiguan.api",
    "huiguan.rehearsal",
    "huiguan.founding",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    *ROOMS,
]

MIDDLEWARE = [
    "huiguan.config.proxied.AskedThroughProxy",
    "huiguan.api.guarding.ProblemsForPrograms",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "huiguan.config.opened.OpenedByItself",
]

ROOT_URLCONF = "huiguan.config.urls"
ASGI_APPLICATION = "huiguan.config.entry.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "huiguan.design.context.page",
            ],
        },
    },
]

# --- Database --------------------------------------------------------------------------------------------------------

DATABASES = {"default": database_settings(database_url(), pool=int(os.environ.get("HUIGUAN_POOL", "0")))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People ----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "identity.Staff"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"

# --- Language and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "huiguan_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = os.environ.get("HUIGUAN_ZONE", "Asia/Shanghai")
USE_TZ = True
USE_I18N = True

# --- Files -----------------------------------------------------------------------------------------------------------

# `huiguan serve` collects the static files under hashed names and points its web processes there. Without it (tests,
# a developer's run) they are served from where they lie.
STATIC_URL = "/static/"
_collected = os.environ.get("HUIGUAN_STATIC_ROOT")
STATIC_ROOT = _collected or None
_static_storage = (
    "whitenoise.storage.CompressedManifestStaticFilesStorage"
    if _collected
    else "django.contrib.staticfiles.storage.StaticFilesStorage"
)
WHITENOISE_USE_FINDERS = not _collected
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static_storage},
}
MEDIA_ROOT = str(DATA / "media")
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024

# --- Web security ----------------------------------------------------------------------------------------------------

HTTPS = _flag("HUIGUAN_HTTPS")
ALLOWED_HOSTS = [*_words("HUIGUAN_HOSTS"), "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = _words("HUIGUAN_ORIGINS")
SESSION_COOKIE_NAME = "huiguan_session"
CSRF_COOKIE_NAME = "huiguan_csrf"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_SSL_REDIRECT = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
HUIGUAN_BEHIND_PROXY = _flag("HUIGUAN_BEHIND_PROXY")
if HUIGUAN_BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Scripts and styles come from our own files only: none inline, none evaluated (htmx runs with allowEval off).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# --- Jobs and log ----------------------------------------------------------------------------------------------------

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PROCRASTINATE_IMPORT_PATHS = ["huiguan.config.nightly", "huiguan.config.letters", "huiguan.config.partners"]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},  # a logger without a handler writes its tracebacks after all
    },
    "root": {"handlers": ["stderr"], "level": os.environ.get("HUIGUAN_LOG", "WARNING").upper()},
    "loggers": {
        "huiguan": {"level": os.environ.get("HUIGUAN_LOG", "INFO").upper()},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
