// What waits is sent: when something is given, when there is network again, when somebody looks, when a page opens,
// and by a timer that grows from a second to five minutes.
import { all, put } from './outbox.js';
import { isMine } from './here.js';
import { send } from './post.js';
import { adopt, all as allMedia, dropAll, isWaiting } from './shelf.js';
import { warnWhile } from './staying.js';
import { inTurn } from './turn.js';

const FIRST = 1000;
const LONGEST = 5 * 60 * 1000;
const inMemory = new Map(); // on a phone that is full
let pause = FIRST;
let timer = 0;
let busy = false;
let again = false; // something new came while we were busy
let asked = false;
let unsent = 0; // words and media on this phone for this workshop, whoever gave them
let tell = {};

// `told(item, answer)` hears what became of each item, `moved(medium, answer)` of each medium, and
// `counted(items, media)` what still waits.
export function sending(page, { told, moved, counted }) {
  tell = { told, moved, counted };
  window.addEventListener('online', look);
  window.addEventListener('pageshow', (event) => { if (event.persisted) look(); });
  page.addEventListener('visibilitychange', () => { if (!page.hidden) look(); });
  warnWhile(() => unsent || inMemory.size);
  look();
}

// Keeps an item on the phone, then sends it. False when the phone is full: then this page alone holds it.
export async function give(item) {
  let kept = true;
  unsent += 1;
  if (item.takesBack) await dropAll(({ of }) => of === item.expects);
  try {
    await put(item);
    await adopt(item);
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

// The same of photos, sounds and films; those of an answer in the making do not wait yet.
export async function keptMedia() {
  return (await allMedia()).filter((medium) => isWaiting(medium) && isMine(medium));
}

const isToGo = ({ state }) => state === 'phone';

async function flush() {
  again = busy;
  if (busy) return;
  busy = true;
  try {
    do {
      again = false;
      await inTurn(deliver);
      await plan();
    } while (again);
  } finally {
    busy = false;
  }
}

// Words first. Of the media one piece at a time: then it is the next tab's turn, and the next words'.
async function deliver(isOurs) {
  await deliverAll(isOurs);
  const words = new Set((await all()).map(({ id }) => id));
  const media = (await keptMedia()).filter((medium) => isToGo(medium) && !words.has(medium.of));
  if (!media.length || inMemory.size) return;
  const { sendPiece } = await import('./media_post.js');
  for (const medium of media) {
    if (again || !await isOurs()) return; // new words go before the next piece
    const answer = await sendPiece(medium, token(), (share) => tell.moved({ ...medium, share }, { state: 'sending' }));
    tell.moved(medium, answer);
    if (answer.state !== 'phone') { // it has moved on, or ended: there may be more to do
      again = true;
      pause = FIRST;
      return;
    }
  }
}

// What a person sends later never overtakes what they sent before: the last choice counts, not the last to arrive.
async function deliverAll(isOurs) {
  const stuck = new Map();
  for (const item of (await kept()).filter(isToGo)) {
    const behind = stuck.get(item.address);
    const answer = behind ?? (await isOurs() ? await send(item, token()) : { state: 'phone' });
    if (answer.state === 'phone' || answer.state === 'out') stuck.set(item.address, answer);
    else await settle(item, answer);
    tell.told(item, answer);
  }
}

// What was not taken any more takes its media along; what is safe lets them go.
async function settle(item, { state, text }) {
  if (state === 'safe' && inMemory.has(item.id)) await adopt(item);
  if (state === 'over' && item.media?.length) await dropAll(({ of }) => of === item.id);
  if (state === 'refused' && inMemory.has(item.id)) inMemory.set(item.id, { ...item, state, text });
  else inMemory.delete(item.id);
}

async function plan() {
  const items = (await kept()).filter(isToGo);
  const media = (await keptMedia()).filter(isToGo);
  unsent = items.length + media.length;
  tell.counted(items, media);
  clearTimeout(timer);
  if (!unsent) return;
  if (!again) askToStay();
  timer = setTimeout(flush, pause);
  pause = Math.min(pause * 2, LONGEST);
}

// Something stays on this phone for a while: the browser is asked not to clear it away. Some ask the person.
export function askToStay() {
  if (asked || !window.isSecureContext) return;
  asked = true;
  navigator.storage?.persist?.().catch(() => {});
}

export function token() {
  return document.querySelector('input[name="csrf_token"]')?.value ?? document.querySelector('meta[name="csrf-token"]')?.content ?? '';
}
