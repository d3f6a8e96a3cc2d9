"""The devices of the tests see what no page of ours may do; were they blind, every test here would be green."""

import pytest

from tests.browser.device import Device

pytestmark = pytest.mark.browser


@pytest.mark.shows("P22")
@pytest.mark.parametrize(
    ("deed", "seen"),
    [
        ("() => { console.error('broken') }", "console: broken"),
        ("() => { document.body.setAttribute('style', 'color: red') }", "CSP: style-src"),
        ("() => { setTimeout(() => { throw new Error('thrown') }) }", "script: thrown"),
        ("() => { setTimeout(() => alert('look here')) }", "dialog: look here"),
        ("() => { fetch('/nowhere.js') }", "404: "),
        ("() => { new Image().src = 'http://127.0.0.1:9/pixel.gif' }", "CSP: img-src"),
    ],
)
def test_a_fault_is_noted(deed: str, seen: str, phone: Device) -> None:
    page = phone.open("/join")
    page.evaluate(deed)
    page.wait_for_timeout(300)
    noted = "\n".join(phone.faults)
    phone.faults.clear()
    assert seen in noted
