// When the room goes on, a page that only waits goes on as well: a hidden part tells, and nobody is typing here.
const SPREAD = 2000; // a hall does not ask for the next page in the same moment

export function follow(page) {
  page.querySelectorAll('[data-follow]').forEach((part) => {
    let before = words(part);
    const watcher = new MutationObserver(() => {
      const now = words(part);
      if (before === '' || now === before) {
        before = now; // the first state that arrives is where we are
        return;
      }
      watcher.disconnect();
      setTimeout(() => location.assign(part.dataset.follow), Math.random() * SPREAD);
    });
    watcher.observe(part, { childList: true, subtree: true, characterData: true });
  });
}

function words(part) {
  return part.textContent.trim().replace(/\s+/g, ' ');
}
