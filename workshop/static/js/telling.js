// A story question is answered by voice, photo, film or words, each alone being enough. What is recorded or chosen lies
// on this phone until the answer is sent, and comes back with the question.
import { isMine } from './here.js';
import { freshId } from './items.js';
import { sentence } from './media_lines.js';
import { askToStay } from './sending.js';
import { all, drop, isDraft } from './shelf.js';
import { sendAsIs } from './steps.js';
import { ownMedium } from './own_media.js';
import { complete, isStillRecording } from './recording.js';
import { Unfit, take } from './taking.js';

const LATER = 2000; // the question comes first; then the recorder, before the network goes
const MOST = { photo: 3, sound: 1, film: 1 };
const KIND = { speak: 'sound', photo: 'photo', film: 'film' };
let pending = Promise.resolve();
const known = new Set();

export function telling(page) {
  const form = page.querySelector('form[data-draft]');
  const place = page.querySelector('[data-own-media]');
  form.addEventListener('submit', (event) => hold(event, form), { capture: true });
  work(async () => {
    await comeBack();
    await show(page, form, place);
  });
  const ways = page.querySelector('[data-ways]');
  if (ways) offer(page, form, place, ways);
}

// Nothing is sent in the middle of taking a photo in.
let isReady = true;
function work(act) {
  isReady = false;
  const mine = pending.then(act).finally(() => { isReady = pending === mine || isReady; });
  pending = mine;
  return mine;
}

function hold(event, form) {
  if (isReady) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { submitter } = event;
  pending.finally(() => setTimeout(() => form.requestSubmit(submitter)));
}

function offer(page, form, place, ways) {
  ways.hidden = false;
  form.querySelectorAll('[data-plain-file]').forEach((each) => { each.hidden = true; });
  form.querySelectorAll('input[type=file]').forEach((input) => {
    input.addEventListener('change', () => work(() => takeFiles(page, form, place, input)));
  });
  ways.querySelectorAll('[data-way]').forEach((button) => {
    button.addEventListener('click', () => go(page, form, place, button.dataset.way));
  });
  if (ways.querySelector('[data-way=speak], [data-way=film]')) setTimeout(() => import('./recorder.js'), LATER);
}

async function go(page, form, place, way) {
  say(page);
  const kind = KIND[way];
  if (!kind) form.querySelector('textarea').focus();
  else if (await isFull(form, kind)) say(page, kind === 'photo' ? 'threePhotos' : 'oneAlready');
  else if (kind === 'photo') fileInput(form, kind).click();
  else await record(page, form, place, kind);
}

async function record(page, form, place, kind) {
  const { recorder } = await import('./recorder.js');
  const about = { kind, ...belongs(form) };
  const wish = await recorder(page, about);
  if (wish === 'file') fileInput(form, kind).click();
  await work(() => show(page, form, place));
}

async function takeFiles(page, form, place, input) {
  const kind = input.name.replace('_file', '');
  for (const file of input.files) {
    try {
      if (await isFull(form, kind)) throw new Unfit(kind === 'photo' ? 'threePhotos' : 'oneAlready');
      await take(file, { kind, id: freshId(), ...belongs(form) });
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      say(page, error.message);
    }
  }
  input.value = '';
  await show(page, form, place);
}

const fileInput = (form, kind) => form.querySelector(`input[name=${kind}_file]`);

function belongs(form) {
  return {
    activity: form.dataset.draft,
    workshop: location.pathname.match(/^\/w\/([0-9a-f]+)/)?.[1],
    person: document.querySelector('meta[name="person"]')?.content,
  };
}

async function drafts(form) {
  return (await all()).filter((each) => each.activity === form.dataset.draft && isDraft(each) && isMine(each));
}

async function isFull(form, kind) {
  return (await drafts(form)).filter((each) => each.kind === kind).length >= MOST[kind];
}

// A tab that was killed in the middle of a recording has left what it had.
async function comeBack() {
  for (const medium of await all()) if (medium.state === 'recording' && !await isStillRecording(medium.id)) await complete(medium.id);
}

async function show(page, form, place) {
  const mine = (await drafts(form)).filter(({ state }) => state === 'draft');
  if (mine.length) askToStay();
  const forget = async (id) => {
    await drop(id);
    await show(page, form, place);
  };
  place.replaceChildren(...await Promise.all(mine.map((medium) => ownMedium(page, medium, forget))));
  place.hidden = !mine.length;
  name(form, mine);
  warnOfFull(page, form, mine);
}

// The form names what lies here; what an earlier page has sent along by itself stays named.
function name(form, mine) {
  const field = form.elements.media ?? form.appendChild(Object.assign(document.createElement('input'), { type: 'hidden', name: 'media' }));
  const others = field.value.split(' ').filter((pair) => pair && !known.has(pair.split(':')[1]) && !isHere(pair, mine));
  mine.forEach(({ id }) => known.add(id));
  field.value = [...others, ...mine.map(({ kind, id }) => `${kind}:${id}`)].join(' ');
}

const isHere = (pair, mine) => mine.some(({ id }) => pair.endsWith(id));

// This page alone holds it: it can go from here, or be kept as a file.
function warnOfFull(page, form, mine) {
  const notice = page.querySelector('[data-phone-full]');
  if (!notice) return;
  notice.hidden = !mine.some(({ inMemory }) => inMemory);
  notice.querySelector('[data-send-now]').onclick = () => {
    notice.hidden = true;
    sendAsIs(page, form);
  };
}

function say(page, name) {
  const trouble = page.querySelector('[data-way-trouble]');
  trouble.hidden = !name;
  trouble.querySelector('[data-way-words]').textContent = name ? sentence(page, name) : '';
}
