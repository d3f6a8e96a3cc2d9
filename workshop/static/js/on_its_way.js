// The line that says where words are: only on this phone, sending, safe. Each state has its words on the page already.
import { show as showWords, save } from './copies.js';
import { kept, keptMedia, look } from './sending.js';
import { goTo } from './staying.js';

let followed = null; // the item that this page has given
let isGiven = false; // it lies on this phone: until then, that it is not among what waits says nothing
let shown = '';

export function onItsWay(page) {
  page.querySelectorAll('[data-try-now]').forEach((button) => button.addEventListener('click', look));
  page.querySelectorAll('[data-on-its-way] [data-show-words]').forEach((button) => button.addEventListener('click', () => showWords(page, followed)));
  page.querySelectorAll('[data-on-its-way] [data-save-words]').forEach((button) => button.addEventListener('click', () => save(page, followed)));
}

export function follow(item) {
  followed = item;
  isGiven = false;
  show('sending');
}

export function given() {
  isGiven = true;
}

export function told(item, { state, text, next }) {
  if (item.id !== followed?.id) return;
  if (state === 'safe') goOn(next);
  else if (state === 'phone' && next && !item.inMemory) goTo(next); // something must be read first
  else show(state === 'phone' && item.inMemory ? 'full' : state, text);
}

// How many wait. What this page gave and what waits no more was sent by another tab.
export async function chip(page, items, media) {
  const line = page.querySelector('[data-outbox]');
  const count = items.length + media.length;
  if (line) {
    line.hidden = !count || isShownBelow(page, items);
    line.querySelector('[data-outbox-count]').textContent = count;
  }
  if (shown === 'carrying') goOn(followed.next);
  if (!isGiven || !['sending', 'phone', 'out'].includes(shown)) return;
  const mine = (await kept()).find(({ id }) => id === followed.id);
  if (!mine) goOn(followed.sent);
  else if (mine.state === 'refused') show('refused', mine.text);
}

// The page after «Send» tells of each photo and recording itself.
function isShownBelow(page, items) {
  return !items.length && page.querySelector('[data-media-lines="sent"]');
}

// What this page alone holds goes before the page does.
async function goOn(next) {
  followed.next = next;
  if ((await keptMedia()).some(({ inMemory, state }) => inMemory && state === 'phone')) {
    if (shown !== 'carrying') look();
    show('carrying');
    return;
  }
  shown = 'safe';
  if (next) goTo(next);
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
