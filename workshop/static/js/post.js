// One item goes to the server, whole or not at all, and the answer says what became of it.
import { headerOf } from './digest.js';
import { forget, put } from './outbox.js';

const PATIENCE = 30000; // a line that hangs must not hold up everything behind it
const LARGE = 60000; // and a photo takes longer
const OVER = ['closed', 'not_asked', 'changed_too_late', 'words_kept', 'taken_back']; // nothing is left to send
export const LATER = [408, 425, 429, 500, 502, 503, 504];

// Resolves to {state, next, text}: safe; phone (try again later); out (not as this person); refused (the words stay
// on the phone); over (there is nothing to send any more).
export async function send(item, token) {
  try {
    return await settle(item, await post(item, token));
  } catch {
    return { state: 'phone' };
  }
}

async function settle(item, answer, again = true) {
  const { status, words, digest } = answer;
  if (status === 200 && words?.state === 'safe' && words.id === (item.expects ?? item.id) && words.digest === digest) {
    await forget(item.id);
    return { state: 'safe', next: words.next };
  }
  if (status === 403 && words?.error === 'stale' && again) return settle(item, await post(item, words.token), false);
  if (!words?.error) return { state: 'phone' }; // not ours: nothing of it is believed, nor shown, nor followed
  if (LATER.includes(status) || isDamage(words)) return { state: 'phone', text: words.title, next: words.next };
  if (status === 403) return { state: 'out', text: said(words) };
  return end(item, words);
}

// Some bytes were lost or turned on the way: the same words go once more.
function isDamage(words) {
  return words.error === '422' && !words.fields;
}

async function end(item, words) {
  const text = said(words);
  const over = OVER.includes(words.error);
  if (over) await forget(item.id);
  else if (!item.inMemory) await put({ ...item, state: 'refused', text });
  return { state: over ? 'over' : 'refused', text };
}

export function said(words) {
  const wrong = Object.values(words.fields ?? {}).flat();
  return wrong.length ? wrong.join(' ') : `${words.title}. ${words.text}`;
}

async function post(item, token) {
  const fields = [...item.fields.filter(([name]) => name !== 'csrf_token'), ['csrf_token', token]];
  const { bytes, kind } = item.files?.length ? await inParts(fields, item.files) : inOne(fields);
  const digest = await headerOf(new Blob([bytes]));
  const headers = { Accept: 'application/json', 'Content-Type': kind, 'Content-Digest': digest };
  const signal = AbortSignal.timeout?.(item.files?.length ? LARGE : PATIENCE);
  const answer = await fetch(item.address, { method: 'POST', body: bytes, headers, redirect: 'error', signal });
  // A hotel's sign-in page also says 200: only our own answer counts as a receipt.
  const ours = answer.headers.get('Content-Type')?.startsWith('application/json');
  return { status: answer.status, words: ours ? await answer.json() : null, digest };
}

function inOne(fields) {
  return { bytes: new TextEncoder().encode(new URLSearchParams(fields)), kind: 'application/x-www-form-urlencoded' };
}

// Built by hand: only who knows every byte of a body can say what it must be when it arrives.
async function inParts(fields, files) {
  const edge = `edge-${[...crypto.getRandomValues(new Uint8Array(12))].join('')}`;
  const part = (name, more = '') => `--${edge}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`;
  const pieces = fields.flatMap(([name, value]) => [part(name), value, '\r\n']);
  for (const [name, file] of files) pieces.push(part(name, '; filename="photo"'), file, '\r\n');
  const body = new Blob([...pieces, `--${edge}--\r\n`]);
  return { bytes: new Uint8Array(await body.arrayBuffer()), kind: `multipart/form-data; boundary=${edge}` };
}
