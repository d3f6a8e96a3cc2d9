"""axe, with the rules of WCAG 2.2 A and AA: what it is sure of, and what it cannot decide."""

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

SOURCE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# Colours on their way to another colour have no contrast yet.
RUN = """async ([tags, rules]) => {
  document.getAnimations().forEach((each) => each.finish());
  const options = { resultTypes: ['violations'], runOnly: rules.length ? rules : { type: 'tag', values: tags } };
  const { violations } = await axe.run(document, options);
  const where = (nodes) => nodes.map((node) => node.target.join(' ')).slice(0, 4);
  return violations.map(({ id, help, nodes }) => ({ id, help, where: where(nodes) }));
}"""


def violations(page: Page, *rules: str) -> list[Any]:
    """What is wrong with this page; `rules` looks for these alone."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SOURCE)
    return list(page.evaluate(RUN, [TAGS, list(rules)]))
