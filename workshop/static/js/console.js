// The console: the light, the one to read now, the number on the tab. Everything works without it, by whole pages.
import './live.js';
import './clock.js';
import './numbers.js';
import './keys.js';

const page = document.body;
const front = document.querySelector('[data-front]');

// A menu closes by Escape, and by a press anywhere else: it may lie over a button that is needed now.
const menu = () => document.querySelector('details.menu[open]');
document.addEventListener('click', (event) => { if (!menu()?.contains(event.target)) menu()?.removeAttribute('open'); });
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !menu()) return;
  menu().querySelector('summary').focus();
  menu().removeAttribute('open');
});

// The light. A look every two seconds; the server writes at most once in five; no answer is a no.
const LOOK_EVERY = 2000;
const PATIENCE = 2500;
const faces = document.querySelector('[data-saved-words]')?.content.querySelectorAll('[data-saved]');
let lit = null;

async function look() {
  let well = false;
  try {
    const answer = await fetch(page.dataset.savedAt, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
    well = answer.ok && (await answer.json()).saved;
  } catch {
    well = false;
  }
  light(well);
  setTimeout(look, LOOK_EVERY);
}

function light(well) {
  if (lit === well) return;
  lit = well;
  const shown = document.querySelector('.status > [data-saved]');
  const face = faces[well ? 0 : 1];
  shown.className = face.className;
  shown.replaceChildren(...[...face.cloneNode(true).childNodes]);
}

// The one to read now. It is asked for when another comes first, or when its teller changed it; never while
// somebody writes an answer to it.
function isInUse() {
  return front.contains(document.activeElement) && document.activeElement.matches('textarea')
    || [...front.querySelectorAll('textarea')].some((field) => field.value !== field.defaultValue);
}

async function refresh() {
  const answer = await fetch(page.dataset.frontAt, { cache: 'no-store' });
  if (!answer.ok) return;
  const hadFocus = front.contains(document.activeElement);
  const fresh = new DOMParser().parseFromString((await answer.json()).html, 'text/html').body;
  front.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
  if (hadFocus) front.querySelector('.button')?.focus();
}

function follow() {
  const line = document.querySelector('.waiting-line');
  const here = front.querySelector('[data-now]');
  const same = (here?.dataset.now ?? '') === line.dataset.first && (here?.dataset.tag ?? '') === line.dataset.tag;
  if (!same && !isInUse()) refresh();
}

// Approve, ask, hide: sent without leaving the page; anything but a plain yes is shown as the page that it is.
async function send(event) {
  const form = event.target.closest('form[data-quiet]');
  if (!form) return;
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  form.querySelectorAll('button').forEach((button) => { button.disabled = true; });
  try {
    const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual' });
    if (answer.type === 'opaqueredirect') {
      await refresh();
      return;
    }
  } catch {
    light(false);
  }
  form.querySelectorAll('button').forEach((button) => { button.disabled = false; });
  form.removeAttribute('data-quiet');
  form.requestSubmit(event.submitter);
}

function count() {
  const waiting = document.querySelector('[data-waiting]')?.dataset.waiting ?? '0';
  document.querySelectorAll('[data-queue-count]').forEach((each) => {
    each.textContent = waiting;
    each.hidden = waiting === '0';
  });
}

document.addEventListener('live:shown', (event) => {
  if (event.target.dataset.part === 'queue') follow();
  if (event.target.dataset.part === 'status') count();
});
front.addEventListener('submit', send);
setTimeout(look, LOOK_EVERY);
