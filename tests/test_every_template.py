"""Every template compiles, and every name it includes or imports is there."""

from pathlib import Path

import pytest
from flask import Flask
from jinja2 import meta, nodes

TEMPLATES = Path(__file__).parent.parent / "workshop" / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)).replace("\\", "/") for path in TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles_and_finds_what_it_uses(app: Flask, name: str) -> None:
    source = (TEMPLATES / name).read_text("utf-8")
    tree = app.jinja_env.parse(source)
    app.jinja_env.compile(source)
    missing = [used for used in meta.find_referenced_templates(tree) if used and used not in NAMES]
    assert not missing, f"{name} uses {missing}"


def test_every_template_is_used(app: Flask) -> None:
    """A template that nothing renders lags behind unseen."""
    code = "".join(path.read_text("utf-8") for path in TEMPLATES.parent.rglob("*.py"))
    used = {found for name in NAMES for found in _referenced(app, name)}
    idle = [n for n in NAMES if n not in used and f'"{n}"' not in code and not n.startswith("kinds/")]
    assert not idle, f"nothing uses {idle}"


def _referenced(app: Flask, name: str) -> list[str]:
    tree = app.jinja_env.parse((TEMPLATES / name).read_text("utf-8"))
    still = [call.args[0] for call in tree.find_all(nodes.Call) if getattr(call.node, "name", "") == "still"]
    return [*filter(None, meta.find_referenced_templates(tree)), *(name.as_const() for name in still)]
