// One piece of a photo, sound or film goes to the server; the answer says how many bytes are safe there.
import { headerOf, hexOf } from './digest.js';
import { LATER } from './post.js';
import { blobOf, change, drop } from './shelf.js';

const SMALLEST = 256 * 1024;
const LARGEST = 1024 * 1024;
const QUICK = 3000; // the next piece may be larger
const PATIENCE = 60000;
const TRIES = 3; // so often a whole that does not fit begins anew
const NO_MORE = { 413: 'tooLarge', 415: 'notHere' };
let step = SMALLEST;

// Resolves to {state, why, text}: moved (there is more to send), safe (the server has it whole), phone (try again
// later), refused (it stays on this phone), over (its words were taken back).
export async function sendPiece(medium, token, tell) {
  try {
    const known = medium.sha256 ? medium : await change(medium.id, { sha256: await hexOf(await blobOf(medium)) });
    tell(share(known));
    return await settle(known, await post(known, token));
  } catch {
    step = SMALLEST;
    return { state: 'phone' };
  }
}

export const share = ({ has = 0, size }) => (size ? Math.min(Math.floor((100 * has) / size), 99) : 0);

async function settle(medium, answer, again = true) {
  const { status, words } = answer;
  if ([200, 409].includes(status) && words?.id === medium.id) return arrived(medium, words);
  if (status === 403 && words?.error === 'stale' && again) return settle(medium, await post(medium, words.token), false);
  if (status === 422 && words?.has === 0) return beginAnew(medium);
  if (status === 410 && words) return forget(medium);
  if (NO_MORE[status] && words) return refuse(medium, NO_MORE[status]);
  step = SMALLEST;
  return { state: 'phone', text: LATER.includes(status) ? words?.title : undefined };
}

// Only the server's own word for this medium lets the phone forget it; else it says where to go on.
async function arrived(medium, { has, state, sha256 = medium.sha256 }) {
  if (state === 'refused') return refuse(medium, 'unreadable');
  if (has === medium.size && state !== 'arriving' && sha256 === medium.sha256) {
    await drop(medium.id);
    return { state: 'safe' };
  }
  return isPlace(medium, has) ? goOnAt(medium, has) : { state: 'phone' };
}

function isPlace(medium, has) {
  return Number.isInteger(has) && has >= 0 && has < medium.size && has !== medium.has;
}

async function goOnAt(medium, has) {
  await change(medium.id, { has });
  return { state: 'moved', share: share({ ...medium, has }) };
}

async function beginAnew(medium) {
  const begun = (medium.begun ?? 0) + 1;
  if (begun >= TRIES) return refuse(medium, 'damaged');
  await change(medium.id, { has: 0, begun });
  return { state: 'moved', share: 0 };
}

async function forget(medium) {
  await drop(medium.id);
  return { state: 'over' };
}

async function refuse(medium, why) {
  await change(medium.id, { state: 'refused', why });
  return { state: 'refused', why };
}

async function post(medium, token) {
  const { id, of, kind, size, sha256, has = 0 } = medium;
  const piece = (await blobOf(medium)).slice(has, has + step);
  const asked = new URLSearchParams({ of, kind, size, sha256, at: has });
  const headers = {
    Accept: 'application/json', 'Content-Type': 'application/octet-stream', 'Content-Digest': await headerOf(piece), 'X-CSRFToken': token,
  };
  const begun = performance.now();
  const answer = await fetch(`/w/${medium.workshop}/media/${id}?${asked}`, {
    method: 'POST', body: await piece.arrayBuffer(), headers, redirect: 'error', signal: AbortSignal.timeout?.(PATIENCE),
  });
  step = performance.now() - begun < QUICK ? Math.min(step * 2, LARGEST) : SMALLEST;
  const ours = answer.headers.get('Content-Type')?.startsWith('application/json');
  return { status: answer.status, words: ours ? await answer.json() : null };
}
