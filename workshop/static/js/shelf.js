// Photos, sounds and films on this phone, each under an id of its own. Their bytes lie in pieces, so that a recording
// grows while somebody speaks: whatever happens to the tab, only the last seconds are gone.
// A medium is {id, kind, type, workshop, activity, person, state, size, sha256, has, of, title, seconds, text, at};
// its state: recording, draft (the answer is not sent yet), phone (waits behind its words `of`), refused.
import { MEDIA, PIECES, adopt as take, run } from './outbox.js';

const held = new Map(); // on a phone that is full: what this page alone holds
const LONGEST = 48 * 3600 * 1000; // as long as the longest workshop

export async function all() {
  const kept = await run(MEDIA, 'readonly', (media) => media.getAll());
  const alone = [...held.values()].filter(({ medium }) => medium).map(({ medium }) => ({ ...medium, inMemory: true }));
  const others = kept.filter(({ id }) => !held.get(id)?.medium).map((each) => (held.has(each.id) ? { ...each, inMemory: true } : each));
  return [...others, ...alone].sort((one, other) => one.at - other.at);
}

export async function one(id) {
  return (await all()).find((each) => each.id === id);
}

export async function put(medium) {
  const { inMemory, ...plain } = medium;
  try {
    await run(MEDIA, 'readwrite', (media) => media.put(plain));
    if (held.has(plain.id)) delete held.get(plain.id).medium;
  } catch {
    hold(plain.id).medium = plain;
  }
}

export async function change(id, changes) {
  const medium = await one(id);
  if (medium) await put({ ...medium, ...changes });
  return medium && { ...medium, ...changes };
}

// Some browsers keep bytes, but no blobs.
export async function add(id, place, blob) {
  try {
    await keepPiece(id, place, blob).catch(async () => keepPiece(id, place, await blob.arrayBuffer()));
    return true;
  } catch {
    hold(id).pieces.push([place, blob]);
    return false;
  }
}

function keepPiece(medium, place, bytes) {
  return run(PIECES, 'readwrite', (pieces) => pieces.put({ medium, place, bytes }));
}

export async function blobOf({ id, type }) {
  const kept = (await run(PIECES, 'readonly', (pieces) => pieces.getAll(range(id)))).map(({ place, bytes }) => [place, bytes]);
  const found = [...kept, ...held.get(id)?.pieces ?? []].sort(([one], [other]) => one - other);
  return new Blob(found.map(([, bytes]) => bytes), { type });
}

export async function drop(id) {
  held.delete(id);
  await run([MEDIA, PIECES], 'readwrite', (media, pieces) => {
    pieces.delete(range(id));
    return media.delete(id);
  });
}

// The words were given: what this page alone holds follows them as well.
export async function adopt(item) {
  if (!item.media?.length) return;
  await run(MEDIA, 'readwrite', (media) => take(media, item)).catch(() => {});
  for (const id of item.media) {
    const medium = held.get(id)?.medium;
    if (medium?.state === 'draft') Object.assign(medium, { state: 'phone', of: item.id, title: item.title, has: 0 });
  }
}

export async function dropAll(isOver) {
  const gone = (await all()).filter(isOver);
  for (const { id } of gone) await drop(id);
}

export const isWaiting = ({ state }) => state === 'phone' || state === 'refused';
export const isDraft = ({ state }) => state === 'draft' || state === 'recording';
export const isOld = (medium) => isDraft(medium) && Date.now() - medium.at > LONGEST;

function hold(id) {
  if (!held.has(id)) held.set(id, { pieces: [] });
  return held.get(id);
}

function range(id) {
  return IDBKeyRange.bound([id], [id, []]);
}
