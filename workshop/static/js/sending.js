// What waits is sent: when something is given, when there is network again, when somebody looks, when a page opens,
// and by a timer that grows from a second to five minutes.
import { all, put } from './outbox.js';
import { isMine } from './here.js';
import { send } from './post.js';
import { inTurn } from './turn.js';

const FIRST = 1000;
const LONGEST = 5 * 60 * 1000;
const inMemory = new Map(); // on a phone that is full
let pause = FIRST;
let timer = 0;
let busy = false;
let again = false; // something new came while we were busy
let tell = {};

// `told(item, answer)` hears what became of each item, `counted(waiting)` how many still wait.
export function sending(page, { told, counted }) {
  tell = { told, counted };
  window.addEventListener('online', look);
  window.addEventListener('pageshow', (event) => { if (event.persisted) look(); });
  page.addEventListener('visibilitychange', () => { if (!page.hidden) look(); });
  window.addEventListener('beforeunload', warn);
  look();
}

// Words that only this page holds would be gone with it.
function warn(event) {
  if (!inMemory.size) return;
  event.preventDefault();
  event.returnValue = true; // older browsers
}

// Keeps an item on the phone, then sends it. False when the phone is full: then this page alone holds it.
export async function give(item) {
  let kept = true;
  try {
    await put(item);
  } catch {
    kept = false;
    inMemory.set(item.id, { ...item, inMemory: true, state: 'phone', at: Date.now() });
  }
  look();
  return kept;
}

export function look() {
  pause = FIRST;
  return flush();
}

// Whatever is on this phone for the one who holds it now, oldest first.
export async function kept() {
  return [...(await all()).filter(isMine), ...inMemory.values()];
}

async function waiting() {
  return (await kept()).filter(({ state }) => state === 'phone');
}

async function flush() {
  again = busy;
  if (busy) return;
  busy = true;
  try {
    await inTurn(deliverAll);
    plan(await waiting());
  } finally {
    busy = false;
  }
  if (again) await flush();
}

// What a person sends later never overtakes what they sent before: the last choice counts, not the last to arrive.
async function deliverAll(isOurs) {
  const stuck = new Map();
  for (const item of await waiting()) {
    const behind = stuck.get(item.address);
    const answer = behind ?? (await isOurs() ? await send(item, token()) : { state: 'phone' });
    if (answer.state === 'phone' || answer.state === 'out') stuck.set(item.address, answer);
    else settleInMemory(item, answer);
    tell.told(item, answer);
  }
}

function settleInMemory(item, { state, text }) {
  if (state === 'refused' && inMemory.has(item.id)) inMemory.set(item.id, { ...item, state, text });
  else inMemory.delete(item.id);
}

function plan(items) {
  tell.counted(items);
  clearTimeout(timer);
  if (!items.length) return;
  timer = setTimeout(flush, pause);
  pause = Math.min(pause * 2, LONGEST);
}

export function token() {
  return document.querySelector('input[name="csrf_token"]')?.value ?? document.querySelector('meta[name="csrf-token"]')?.content ?? '';
}
