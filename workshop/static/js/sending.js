// The button «Send» with the outbox behind it, and the line that says where words are: phone, sending, safe.
import { all, put, send } from './outbox.js';
import { forgetDraft } from './drafts.js';

const FIRST = 1000;
const LONGEST = 5 * 60 * 1000;
let pause = FIRST;
let busy = false;
let again = false; // something new came while we were busy

export function sending(page) {
  if (!window.indexedDB) return; // the form goes by itself
  const form = page.querySelector('form[data-send]');
  form?.addEventListener('submit', (event) => {
    if (event.submitter?.value === 'send') keepAndSend(event, form);
  });
  const look = () => flush(page);
  window.addEventListener('online', look);
  page.addEventListener('visibilitychange', () => { if (!page.hidden) look(); });
  page.querySelectorAll('[data-try-now]').forEach((button) => button.addEventListener('click', look));
  look();
}

async function keepAndSend(event, form) {
  event.preventDefault();
  const fields = [...new FormData(form, event.submitter)].filter(([, value]) => typeof value === 'string');
  const item = { id: form.elements.id.value, address: form.action, fields, draft: form.dataset.draft };
  try {
    await put(item);
  } catch { // the phone is full: the words stay on the screen and go the plain way
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'go', value: 'send' }));
    form.submit();
    return;
  }
  forgetDraft(item.draft);
  show('sending');
  pause = FIRST;
  await flush(document);
}

async function deliver(item, here) {
  const answer = await send(item, token());
  if (answer.state === 'safe' && here) window.location.assign(answer.next);
  else if (answer.state !== 'safe' && here) show(answer.state, answer);
  return answer.state;
}

// Everything that waits, oldest first; two tabs take turns where the browser can.
async function flush(page) {
  if (!token()) return;
  again = busy;
  if (busy) return;
  busy = true;
  try {
    const lock = navigator.locks?.request.bind(navigator.locks) ?? ((_name, act) => act());
    await lock('workshop-outbox', () => deliverAll(page));
    await plan(page);
  } finally {
    busy = false;
  }
  if (again) await flush(page);
}

// What a person sends later never overtakes what they sent before: the last choice counts, not the last to arrive.
async function deliverAll(page) {
  const stuck = new Set();
  for (const item of await waitingItems()) {
    const here = isHere(page, item);
    if (stuck.has(placeOf(item))) {
      if (here) show('phone');
    } else if (await deliver(item, here) === 'phone') stuck.add(placeOf(item));
  }
}

async function waitingItems() {
  return (await all()).filter(({ state }) => state === 'phone').sort((one, other) => one.at - other.at);
}

function placeOf(item) {
  return `${item.address} ${item.fields.find(([name]) => name === 'person')?.[1]}`;
}

async function plan(page) {
  const waiting = await waitingItems();
  const chip = page.querySelector('[data-outbox]');
  if (chip) {
    chip.hidden = !waiting.length;
    chip.querySelector('[data-outbox-count]').textContent = waiting.length;
  }
  pause = waiting.length ? Math.min(pause * 2, LONGEST) : FIRST;
  if (waiting.length) setTimeout(() => flush(page), pause);
}

function isHere(page, item) {
  return page.querySelector('form[data-send]')?.elements.id.value === item.id;
}

function token() {
  return document.querySelector('input[name="csrf_token"]')?.value ?? document.querySelector('meta[name="csrf-token"]')?.content;
}

// The check page has a line for each state, with its words in the page's language; only one shows.
function show(state, words = {}) {
  document.querySelectorAll('[data-on-its-way]').forEach((line) => {
    line.hidden = line.dataset.onItsWay !== state;
    if (!line.hidden && words.text) line.replaceChildren(words.text);
  });
}
