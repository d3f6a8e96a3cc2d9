// The line that says where words are: only on this phone, sending, safe. Each state has its words on the page already.
import { show as showWords, save } from './copies.js';
import { kept, look } from './sending.js';

let followed = null; // the item that this page has given
let shown = '';

export function onItsWay(page) {
  page.querySelectorAll('[data-try-now]').forEach((button) => button.addEventListener('click', look));
  page.querySelectorAll('[data-on-its-way] [data-show-words]').forEach((button) => button.addEventListener('click', () => showWords(page, followed)));
  page.querySelectorAll('[data-on-its-way] [data-save-words]').forEach((button) => button.addEventListener('click', () => save(page, followed)));
}

export function follow(item) {
  followed = item;
  show('sending');
}

export function told(item, { state, text, next }) {
  if (item.id !== followed?.id) return;
  if (state === 'safe') goOn(next);
  else show(state === 'phone' && item.inMemory ? 'full' : state, text);
}

// How many wait. What this page gave and what waits no more was sent by another tab.
export async function chip(page, items) {
  const line = page.querySelector('[data-outbox]');
  if (line) {
    line.hidden = !items.length;
    line.querySelector('[data-outbox-count]').textContent = items.length;
  }
  if (!followed || !['sending', 'phone', 'out'].includes(shown)) return;
  const mine = (await kept()).find(({ id }) => id === followed.id);
  if (!mine) goOn(followed.sent);
  else if (mine.state === 'refused') show('refused', mine.text);
}

function goOn(next) {
  shown = 'safe';
  if (next) location.assign(next);
}

function show(state, text) {
  shown = state;
  document.querySelectorAll('[data-on-its-way]').forEach((line) => {
    line.hidden = line.dataset.onItsWay !== state;
    const reason = line.querySelector('[data-reason]');
    if (!reason || line.hidden) return;
    reason.dataset.reason ||= reason.textContent;
    reason.textContent = text || reason.dataset.reason;
  });
}
