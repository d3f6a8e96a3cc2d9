// Keeps the parts of a page as they are now: by a stream, or by asking again where none comes through.
//
// <body data-live="/live/…" data-poll="/w/…/parts/phone/"> … <div data-part="now">…</div>
// After a part was shown it fires "live:shown"; the page fires "live:state" with "stream", "poll" or "lost".

import { say } from './say.js';

const POLL_EVERY = 5000;
const STREAM_AGAIN = 60000;
const NO_STREAM_AFTER = 4000;
const LONGEST_PAUSE = 30000;
const [OPEN, CLOSED] = [1, 2]; // of an EventSource, which some browsers do not have
const RELOADED = 'live-reloaded';
const WRITING = 'textarea, select, [contenteditable], input:not([type=button], [type=submit], [type=radio], [type=checkbox])';

const page = document.querySelector('[data-live]');
const tags = new Map();      // part → the tag of what is shown
const shown = new Map();     // part → the words that are shown
const postponed = new Map(); // part → words that wait until nobody is writing or pressing there
let pressed = null;
let source = null;
let timer = 0;
let pause = POLL_EVERY;
let over = false;

const elements = (name) => page.querySelectorAll(`[data-part="${CSS.escape(name)}"]`);
const names = () => [...new Set([...page.querySelectorAll('[data-part]')].map((part) => part.dataset.part))];
const jitter = () => Math.random() * 2000;

function show(name, html) {
  if (shown.get(name) === html) return;
  const parts = [...elements(name)];
  if (parts.some(isInUse)) {
    postponed.set(name, html);
    return;
  }
  postponed.delete(name);
  shown.set(name, html);
  parts.forEach((part) => replace(part, html));
}

// Replacing now would take away a letter half written, or the button under a finger.
function isInUse(part) {
  const focus = document.activeElement;
  return part.contains(pressed)
    || (part.contains(focus) && focus.matches(WRITING))
    || part.querySelector('dialog[open]') !== null
    || [...part.querySelectorAll(WRITING)].some((field) => field.value !== initial(field));
}

function initial(field) {
  if (field.matches('select')) return [...field.options].find((option) => option.defaultSelected)?.value ?? field.options[0]?.value;
  return field.defaultValue ?? field.value;
}

function replace(part, html) {
  const fresh = new DOMParser().parseFromString(html, 'text/html').body;
  if (fresh.innerHTML.trim() === part.innerHTML.trim()) return; // as the page brought it
  const before = new Set([...part.querySelectorAll('.card')].map(mark));
  const open = new Set([...part.querySelectorAll('details[open]')].map(place));
  const focus = part.contains(document.activeElement) ? handle(document.activeElement) : null;
  if (before.size) fresh.querySelectorAll('.card').forEach((card) => card.classList.toggle('fresh', !before.has(mark(card))));
  fresh.querySelectorAll('details').forEach((details) => { details.open ||= open.has(place(details)); });
  // What is playing goes on when it may still be heard: the same element stands in the new part.
  for (const player of part.querySelectorAll('audio, video')) {
    if (!player.paused) fresh.querySelector(`${player.localName}[src="${CSS.escape(player.getAttribute('src'))}"]`)?.replaceWith(player);
  }
  part.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
  if (focus) part.querySelector(focus)?.focus({ preventScroll: true });
  announce(part);
  part.dispatchEvent(new CustomEvent('live:shown', { bubbles: true }));
}

const mark = (card) => card.id || card.textContent;
const place = (details) => details.id || details.querySelector('summary')?.textContent;

// By what the focused control can be found again: its id, or what it does.
function handle(control) {
  if (control.id) return `#${CSS.escape(control.id)}`;
  for (const name of ['formaction', 'href', 'name']) {
    const value = control.getAttribute(name);
    if (value) return `${control.localName}[${name}="${CSS.escape(value)}"]`;
  }
  return null;
}

function announce(part) {
  const words = [...part.querySelectorAll('[data-say]')].map((each) => each.dataset.say || each.textContent.trim());
  if (words.length) say(words.join(' '));
}

function catchUp() {
  for (const [name, html] of [...postponed]) show(name, html);
}

function take({ part, html, etag }) {
  if (etag) tags.set(part, etag);
  if (elements(part).length) show(part, html);
}

function connect() {
  clearTimeout(timer);
  if (over || source) return;
  if (!window.EventSource) {
    ask();
    return;
  }
  const wanted = names().map((name) => `part=${encodeURIComponent(name)}`).join('&');
  source = new EventSource(`${page.dataset.live}?${wanted}`);
  source.addEventListener('part', (event) => take(JSON.parse(event.data)));
  source.addEventListener('open', streaming);
  source.addEventListener('error', lost);
  timer = setTimeout(ask, NO_STREAM_AFTER);
}

function streaming() {
  clearTimeout(timer);
  pause = POLL_EVERY;
  tell('stream');
}

// The browser tries again by itself, unless the server said no; meanwhile we ask.
function lost() {
  if (source?.readyState === CLOSED) {
    source = null;
    setTimeout(connect, STREAM_AGAIN + 10 * jitter());
  }
  clearTimeout(timer);
  timer = setTimeout(ask, jitter());
}

async function ask() {
  clearTimeout(timer);
  if (over || source?.readyState === OPEN) return;
  const well = await askOnce();
  pause = well ? POLL_EVERY : Math.min(2 * pause, LONGEST_PAUSE);
  tell(well ? 'poll' : 'lost');
  clearTimeout(timer);
  timer = setTimeout(ask, pause + jitter());
}

async function askOnce() {
  try {
    const answers = await Promise.all(names().map(askFor));
    return answers.every(Boolean);
  } catch {
    return false;
  }
}

async function askFor(name) {
  const headers = tags.has(name) ? { 'If-None-Match': `"${tags.get(name)}"` } : {};
  const answer = await fetch(page.dataset.poll + encodeURIComponent(name), { headers, cache: 'no-store', redirect: 'manual' });
  if (answer.type === 'opaqueredirect' || [401, 403, 404, 410].includes(answer.status)) leave();
  if (answer.status !== 200) return answer.status === 304;
  const etag = answer.headers.get('ETag')?.replace(/^(W\/)?'|'$/g, '');
  take({ ...await answer.json(), part: name, etag });
  return true;
}

// This page is not ours any more: the server says in plain words why, once.
function leave() {
  over = true;
  source?.close();
  const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
  if (Date.now() - last < 30000) return;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
}

function tell(state) {
  if (page.dataset.liveState === state) return;
  page.dataset.liveState = state;
  page.dispatchEvent(new CustomEvent('live:state', { bubbles: true, detail: state }));
}

// Phones sleep, and lose a network without a word: look again whenever somebody looks at us.
function comeBack() {
  if (document.visibilityState === 'hidden' || over) return;
  connect();
  askOnce();
}

function rest() {
  clearTimeout(timer);
  source?.close();
  source = null;
}

function press(event) {
  pressed = event.target;
}

// A press takes the focus from where it was before: that is its beginning, not its end.
function release({ type }) {
  const was = type === 'focusout' ? null : pressed;
  setTimeout(() => { if (pressed === was) pressed = null; catchUp(); }, 50);
}

if (page) {
  document.addEventListener('pointerdown', press);
  for (const name of ['pointerup', 'pointercancel', 'focusout']) document.addEventListener(name, release);
  page.addEventListener('close', release, true);
  document.addEventListener('visibilitychange', comeBack);
  window.addEventListener('online', comeBack);
  window.addEventListener('pagehide', rest);
  window.addEventListener('pageshow', (event) => event.persisted && comeBack());
  connect();
}
