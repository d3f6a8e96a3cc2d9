// Words on their way: on this phone before any network call, sent again until the server says that they are safe.
// Each item is {id, address, fields, at, state}; `id` is made once, so sending twice keeps once.
const NAME = 'workshop-outbox';
const ITEMS = 'items';
const PATIENCE = 30000; // a line that hangs must not hold up everything behind it
const FINAL = { 409: 'conflict', 410: 'taken-back', 422: 'damaged' };
const OVER = ['closed', 'not_asked', 'changed_too_late', 'words_kept', 'taken_back']; // nothing is left to send

export async function put(item) {
  return run('readwrite', (items) => items.put({ at: Date.now(), state: 'phone', ...item }));
}

export async function all() {
  return run('readonly', (items) => items.getAll());
}

export async function forget(id) {
  return run('readwrite', (items) => items.delete(id));
}

// Sends one item. Resolves to {state, next}: safe, phone (try again later), conflict, taken-back or damaged.
export async function send(item, token) {
  try {
    return await settle(item, await post(item, token));
  } catch {
    return { state: 'phone' };
  }
}

async function settle(item, answer, again = true) {
  const { status, words } = answer;
  if (status === 200 && words?.state === 'safe' && words.id === item.id) {
    await forget(item.id);
    return { state: 'safe', next: words.next };
  }
  if (status === 403 && words?.error === 'stale' && again) return settle(item, await post(item, words.token), false);
  if (!FINAL[status] || !words?.error) return { state: 'phone' };
  await (OVER.includes(words.error) ? forget(item.id) : put({ ...item, state: FINAL[status] }));
  return { state: FINAL[status], text: `${words.title}. ${words.text}` };
}

async function post(item, token) {
  const body = new URLSearchParams(item.fields.filter(([name]) => name !== 'csrf_token'));
  body.append('csrf_token', token);
  const answer = await fetch(item.address, { method: 'POST', body, headers: { Accept: 'application/json' }, redirect: 'error', signal: AbortSignal.timeout?.(PATIENCE) });
  // A hotel's sign-in page also says 200: only our own answer counts as a receipt.
  const ours = answer.headers.get('Content-Type')?.startsWith('application/json');
  return { status: answer.status, words: ours ? await answer.json() : null };
}

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(ITEMS, { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function run(mode, act) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(ITEMS, mode, { durability: 'strict' });
      const request = act(transaction.objectStore(ITEMS));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}
