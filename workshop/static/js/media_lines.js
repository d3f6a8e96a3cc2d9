// A line for each photo, sound and film that is on its way: what it is, where it is, and what can be done now.
import { saveBlob } from './copies.js';
import { say } from './say.js';
import { keptMedia, look } from './sending.js';
import { blobOf, change, drop } from './shelf.js';

const percent = new Intl.NumberFormat(document.documentElement.lang, { style: 'percent' });
const followed = new Map(); // what the page after «Send» has shown, also when it is safe

// How one of them is doing now.
export function moved(medium, answer) {
  const share = answer.share ?? medium.share;
  const state = { moved: 'sending', over: 'phone' }[answer.state] ?? answer.state;
  if (followed.has(medium.id)) followed.set(medium.id, { ...medium, ...answer, state, share });
  if (state === 'safe' && document.querySelector('[data-media-lines]')) say(sentence(document, 'safe'));
  for (const line of document.querySelectorAll(`[data-medium="${medium.id}"]`)) draw(document, line, { ...medium, ...answer, state, share });
  if (state === 'safe') sentMedia(document);
}

// The page after «Send»: nobody is told «safe» while a part is only on this phone.
export async function sentMedia(page) {
  const place = page.querySelector('[data-media-lines="sent"]');
  if (!place) return;
  for (const medium of await keptMedia()) if (!followed.has(medium.id)) followed.set(medium.id, medium);
  const now = [...followed.values()];
  const known = new Set([...place.children].map(({ dataset }) => dataset.medium));
  place.append(...mediaLines(page, now.filter(({ id }) => !known.has(id))));
  const whole = now.every(({ state }) => state === 'safe');
  const heading = page.querySelector('h1[data-going]');
  const said = whole ? heading.dataset.whole : heading.dataset.going;
  if (heading.textContent !== said) heading.textContent = said;
  for (const part of page.querySelectorAll('[data-when-whole]')) part.hidden = !whole;
  for (const part of page.querySelectorAll('[data-while-going]')) part.hidden = whole;
}

export function mediaLines(page, media) {
  return media.map((medium) => {
    const line = page.querySelector('template[data-medium-line]').content.cloneNode(true).firstElementChild;
    line.dataset.medium = medium.id;
    const press = (name, act) => line.querySelector(`[data-line-${name}]`).addEventListener('click', act);
    press('send', () => sendAgain(medium));
    press('save', async () => saveBlob(page, await blobOf(medium)));
    press('drop', () => forget(line, medium));
    draw(page, line, medium);
    return line;
  });
}

function draw(page, line, { kind, state, share, why, text }) {
  const show = (name, isOn) => { line.querySelector(name).hidden = !isOn; };
  line.querySelectorAll('[data-kind]').forEach((each) => { each.hidden = each.dataset.kind !== kind; });
  line.querySelectorAll('[data-sent]').forEach((each) => { each.hidden = each.dataset.sent !== (state === 'refused' ? 'phone' : state); });
  line.querySelector('[data-share]').textContent = state === 'sending' && share !== undefined ? percent.format(share / 100) : '';
  line.querySelector('[data-line-reason]').textContent = why ? sentence(page, why) : text ?? '';
  show('[data-line-send]', state === 'phone');
  show('[data-line-save]', state === 'phone' || state === 'refused');
  show('[data-line-drop]', state === 'refused');
}

async function sendAgain(medium) {
  await change(medium.id, { state: 'phone', why: undefined });
  look();
}

async function forget(line, medium) {
  await drop(medium.id);
  followed.delete(medium.id);
  line.remove();
  look();
}

export function sentence(page, name) {
  return page.querySelector('template[data-sentences]').content.querySelector(`[data-say="${name}"]`).textContent;
}
