// Words on this phone: kept here before any network call, and until the server says that they are safe.
// An item is {id, address, fields, files, words, person, at, state, text}; `id` is made once, so sending twice keeps once.
// Photos, sounds and films lie beside them (shelf.js): they go when the words they belong to are safe.
const NAME = 'workshop-outbox';
const VERSION = 3;
const ITEMS = 'items';
const TURN = 'turn';
export const MEDIA = 'media';
export const PIECES = 'pieces';
const STORES = { [ITEMS]: 'id', [TURN]: 'id', [MEDIA]: 'id', [PIECES]: ['medium', 'place'] };

// What was kept later is later, whatever the phone's clock does in between. Words and media change in one go.
export async function put(item) {
  if (item.at) return run(ITEMS, 'readwrite', (items) => items.put(item));
  const last = Math.max(0, ...(await all()).map(({ at }) => at));
  return run([ITEMS, MEDIA], 'readwrite', (items, media) => {
    adopt(media, item);
    return items.put({ state: 'phone', ...item, at: Math.max(Date.now(), last + 1) });
  });
}

// What was an answer in the making now belongs to these words, and waits behind them.
export function adopt(media, { id, media: named = [], title }) {
  for (const each of named) {
    const found = media.get(each);
    found.onsuccess = () => {
      if (found.result?.state === 'draft') media.put({ ...found.result, state: 'phone', of: id, title, has: 0 });
    };
  }
}

export async function all() {
  const items = await run(ITEMS, 'readonly', (kept) => kept.getAll());
  return items.sort((one, other) => one.at - other.at);
}

export async function forget(id) {
  return run(ITEMS, 'readwrite', (items) => items.delete(id));
}

// The turn to send, for so many milliseconds: true for one holder at a time, in whatever tab.
export async function claim(holder, lasting) {
  const until = Date.now() + lasting;
  return run(TURN, 'readwrite', (turns) => {
    const answer = { result: false };
    const request = turns.get(TURN);
    request.onsuccess = () => {
      const held = request.result;
      const taken = held && held.holder !== holder && held.until > Date.now() && held.until <= until;
      answer.result = !taken;
      if (!taken) turns.put({ id: TURN, holder, until });
    };
    return answer;
  });
}

export async function release() {
  return run(TURN, 'readwrite', (turns) => turns.delete(TURN));
}

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const made = request.result.objectStoreNames;
      for (const [name, keyPath] of Object.entries(STORES)) if (!made.contains(name)) request.result.createObjectStore(name, { keyPath });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export async function run(names, mode, act) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(names, mode, { durability: 'strict' });
      const request = act(...[names].flat().map((name) => transaction.objectStore(name)));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}
