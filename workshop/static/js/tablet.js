// A shared tablet: left alone, it forgets who used it. What waits is sent all the same, and shown to nobody.
import { here, isMine, leave } from './here.js';
import { all } from './outbox.js';
import { send } from './post.js';
import { say } from './say.js';
import { token } from './sending.js';
import { inTurn } from './turn.js';

const ASKS = 20; // seconds before the end
const QUIET = 90;
const AFTER_SENDING = 60;
const AGAIN = 5000;
const TOUCHED = 'touched';
const AWAY = 'away:';
const TOUCHES = ['pointerdown', 'keydown', 'input', 'wheel'];

const dialog = document.querySelector('dialog[data-tablet]');
const person = document.querySelector('meta[name="person"]')?.content;
const workshop = location.pathname.match(/^\/w\/([0-9a-f]+)/)?.[1] ?? document.body.dataset.wipe;
let over = false;

function touch() {
  if (!dialog.open) sessionStorage.setItem(TOUCHED, String(Date.now()));
}

// Listening and recording are no silence.
function isBusy() {
  const playing = [...document.querySelectorAll('audio, video')].some((medium) => !medium.paused);
  return playing || window.speechSynthesis?.speaking || document.querySelector('[data-recorder][open] .light[data-in="recording"]:not([hidden])') !== null;
}

function secondsLeft() {
  const quiet = (Date.now() - Number(sessionStorage.getItem(TOUCHED))) / 1000;
  return Math.ceil((document.body.dataset.sentActivity ? AFTER_SENDING : QUIET) - quiet);
}

function tick() {
  if (over) return;
  if (isBusy()) touch();
  const left = secondsLeft();
  if (left <= 0) passOn();
  else if (left <= ASKS) ask(left);
}

function ask(left) {
  const place = dialog.querySelector('[data-tablet-left]');
  if (place.textContent === String(left)) return;
  place.textContent = left;
  if (!dialog.open) dialog.showModal();
  else if (left % 10 === 0) say(place.parentElement.textContent.trim());
}

function stay() {
  dialog.close();
  touch();
}

// Nothing of them is on the screen from here on, whether or not there is network.
async function passOn() {
  over = true;
  window.dispatchEvent(new Event('pagehide')); // what speaks or follows the room ends
  const { tablet: place, next } = dialog.dataset;
  const known = token();
  const main = document.createElement('main');
  main.append(document.querySelector('template[data-tablet-over]').content);
  document.body.replaceChildren(main);
  localStorage.setItem(AWAY + workshop, person);
  sessionStorage.clear();
  leave(workshop);
  noReload();
  while (!await isForgotten(place, known)) {
    await new Promise((done) => { setTimeout(done, AGAIN); });
    noReload();
  }
  location.replace(next);
}

// What follows the room (live.js) hears that nobody is here, and would load this page again in the middle of leaving.
function noReload() {
  sessionStorage.setItem('live-reloaded', String(Date.now()));
}

async function isForgotten(place, known) {
  try {
    const body = new URLSearchParams({ csrf_token: known });
    const answer = await fetch(place, { method: 'POST', body, headers: { Accept: 'application/json' }, redirect: 'manual' });
    if (answer.type === 'opaqueredirect') return true;
    const { error, token: fresh } = await answer.json();
    return error === 'out' || (error === 'stale' && fresh !== known && isForgotten(place, fresh));
  } catch {
    return false;
  }
}

// What people who have left could not send yet. It goes in their name; nobody here can read it.
async function sendWhatWaits() {
  let waits = false;
  await inTurn(async (isOurs) => {
    const left = (await all()).filter((item) => item.state === 'phone' && !isMine(item));
    for (const item of left) {
      const fields = [...item.fields.filter(([name]) => name !== 'person'), ['person', item.person]];
      const answer = await isOurs() ? await send({ ...item, fields }, token()) : { state: 'phone' };
      waits ||= answer.state === 'phone';
    }
  });
  if (waits) setTimeout(sendWhatWaits, AGAIN);
}

function watch() {
  if (!sessionStorage.getItem(TOUCHED)) touch();
  for (const name of TOUCHES) document.addEventListener(name, touch, { capture: true, passive: true });
  dialog.querySelector('[data-tablet-stay]').addEventListener('click', stay);
  dialog.querySelector('[data-tablet-go]').addEventListener('click', passOn);
  dialog.addEventListener('cancel', stay);
  setInterval(tick, 500);
}

// A page that the browser had put aside is not shown to whoever comes next.
window.addEventListener('pageshow', (event) => {
  if (!event.persisted || localStorage.getItem(`here:${workshop}`) === person) return;
  document.body.replaceChildren();
  location.reload();
});

if (dialog && localStorage.getItem(AWAY + workshop) === person) passOn();
else if (dialog) watch();
else {
  here(document);
  sessionStorage.clear();
  localStorage.removeItem(AWAY + workshop);
}
if (window.indexedDB) sendWhatWaits();
window.addEventListener('online', sendWhatWaits);
