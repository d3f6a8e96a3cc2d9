// When the room goes on, a page that only waits goes on as well, or offers to: a hidden part tells what can be done now.
import { goTo } from './staying.js';

const SPREAD = 2000; // a hall does not ask for the next page in the same moment

export function follow(page) {
  page.querySelectorAll('[data-follow]').forEach((part) => {
    const before = words(part);
    watch(part, () => words(part) !== before, () => {
      setTimeout(() => goTo(part.dataset.follow), Math.random() * SPREAD);
    });
  });
  page.querySelectorAll('[data-offer]').forEach((part) => {
    watch(part, () => hasAnother(part), () => { page.querySelector('[data-offered]').hidden = false; });
  });
}

function watch(part, isThere, act) {
  const look = () => {
    if (!isThere()) return;
    watcher.disconnect();
    act();
  };
  const watcher = new MutationObserver(look);
  watcher.observe(part, { childList: true, subtree: true, characterData: true });
  look();
}

// A question that can be answered, and is not the one that was just answered.
function hasAnother(part) {
  return [...part.querySelectorAll('a[href]')].some((link) => link.getAttribute('href') !== part.dataset.except);
}

function words(part) {
  return part.textContent.trim().replace(/\s+/g, ' ');
}
