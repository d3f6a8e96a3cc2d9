// How many are in and have chosen: asked for every five seconds, written where the page has a place for it.
const EVERY = 5000;
const page = document.querySelector('[data-numbers]');
let known = null;

function write() {
  if (!known) return;
  page.querySelectorAll('[data-number]').forEach((each) => {
    const words = known[each.dataset.number] ?? '';
    if (each.textContent !== words) each.textContent = words;
  });
  page.querySelectorAll('[data-when]').forEach((each) => { each.hidden = !(each.dataset.when in known); });
}

async function ask() {
  if (document.visibilityState === 'hidden') return;
  try {
    const answer = await fetch(page.dataset.numbers, { cache: 'no-store' });
    if (answer.ok) known = await answer.json();
    write();
  } catch {
    // No network: the last numbers stay, and the next question comes in five seconds.
  }
}

if (page) {
  ask();
  setInterval(ask, EVERY);
  document.addEventListener('visibilitychange', ask);
  page.addEventListener('live:shown', write);
}
