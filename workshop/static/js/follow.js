// When the room goes on, a page that only waits goes on as well: a hidden part tells, and nobody is typing here.
const SPREAD = 2000; // a hall does not ask for the next page in the same moment

export function follow(page) {
  page.querySelectorAll('[data-follow]').forEach((part) => {
    const before = words(part);
    const watcher = new MutationObserver(() => {
      if (words(part) === before) return;
      watcher.disconnect();
      setTimeout(() => location.assign(part.dataset.follow), Math.random() * SPREAD);
    });
    watcher.observe(part, { childList: true, subtree: true, characterData: true });
  });
}

function words(part) {
  return part.textContent.trim().replace(/\s+/g, ' ');
}
