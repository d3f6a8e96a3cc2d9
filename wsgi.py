"""For any WSGI host. Live pages ask again and again there; `workshop serve` has the streams."""

from workshop import create_app

app = create_app()
