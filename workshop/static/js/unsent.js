// The list of what waits on this phone, for the person who holds it: read it, send it, keep a copy, take it back.
import { lines, save, show } from './copies.js';
import { takeBackOf } from './items.js';
import { workshopOf } from './here.js';
import { forget, put } from './outbox.js';
import { mediaLines } from './media_lines.js';
import { give, kept, keptMedia, look } from './sending.js';
import { dropAll } from './shelf.js';

let drawn = '';

export async function unsent(page) {
  const place = page.querySelector('[data-unsent]');
  if (!place) return;
  const items = (await kept()).filter(({ takesBack }) => !takesBack);
  const media = await keptMedia();
  const state = JSON.stringify([...items, ...media].map((each) => [each.id, each.state, each.text]));
  if (state === drawn) return;
  drawn = state;
  place.hidden = !items.length && !media.length;
  const made = page.querySelector('template[data-unsent-item]').content;
  place.querySelector('[data-unsent-list]').replaceChildren(...items.map((item) => line(page, made, item)), ...mediaLines(page, media));
}

function line(page, made, item) {
  const entry = made.cloneNode(true).firstElementChild;
  entry.querySelector('[data-unsent-title]').textContent = item.title ?? '';
  entry.querySelector('[data-unsent-words]').replaceChildren(...lines(item));
  entry.querySelector('[data-unsent-reason]').textContent = item.text ?? '';
  const press = (name, act) => entry.querySelector(`[data-unsent-${name}]`).addEventListener('click', act);
  press('show', () => show(page, item));
  press('save', () => save(page, item));
  press('send', () => sendAgain(item));
  press('drop', () => drop(item));
  return entry;
}

async function sendAgain(item) {
  if (item.state === 'refused') await put({ ...item, state: 'phone', text: '' });
  look();
}

// Nobody knows whether it arrived and only the answer was lost: so it is taken back there as well.
async function drop(item) {
  await forget(item.id);
  if (item.media?.length) await dropAll(({ of }) => of === item.id);
  if (item.ballot) look();
  else give(takeBackOf(item.id, secretOf(item), `/w/${workshopOf(item)}/take-back`, item.person));
}

function secretOf(item) {
  return item.fields.find(([name]) => name === 'secret')?.[1];
}
