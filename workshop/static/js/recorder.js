// The recorder: one large button at a time. Speak, pause, go on; listen to it; keep it, or begin anew.
import { fill } from './own_media.js';
import { level } from './level.js';
import { Recording, canRecord, listenIn } from './recording.js';
import { blobOf, drop } from './shelf.js';

const LONGEST = { sound: 300, film: 90 };
const SOON = 30;
const TROUBLES = { NotAllowedError: 'refused', SecurityError: 'refused', NotFoundError: 'missing', NotReadableError: 'busy' };
let dialog;
let about;
let stream;
let recording;
let made;
let quiet = () => {};
let timer;

// Resolves when the recorder is closed: 'kept', 'file' (a file in its place), or nothing.
export function recorder(page, what) {
  about = what;
  made = recording = null;
  if (!dialog) set(page);
  dialog.dataset.kind = what.kind;
  dialog.querySelectorAll('[data-kind]').forEach((each) => { each.hidden = each.dataset.kind !== what.kind; });
  dialog.showModal();
  show('ready');
  if (!canRecord()) trouble(window.isSecureContext ? 'missing' : 'plain');
  return new Promise((resolve) => { dialog.onclose = () => resolve(dialog.returnValue); });
}

function set(page) {
  dialog = page.querySelector('dialog[data-recorder]');
  const press = (name, act) => dialog.querySelector(`[data-act=${name}]`).addEventListener('click', act);
  press('start', start);
  press('pause', pause);
  press('go-on', goOn);
  press('done', done);
  press('anew', anew);
  press('drop', () => forget().then(() => close('')));
  press('keep', () => close('kept'));
  press('file', () => close('file'));
  press('close', () => close(''));
  dialog.addEventListener('cancel', (event) => { if (recording) { event.preventDefault(); pause(); } });
  page.addEventListener('visibilitychange', () => { if (page.hidden) pause(); });
}

async function start() {
  show('asking');
  try {
    stream = await listenIn(about.kind);
    if (!dialog.open) { // closed while the phone asked
      still();
      return;
    }
    recording = new Recording(about, stream);
    stream.getTracks().forEach((track) => track.addEventListener('ended', done));
    await recording.start();
  } catch (error) {
    recording = null;
    still();
    trouble(TROUBLES[error.name] ?? 'missing');
    return;
  }
  preview();
  quiet = level(dialog.querySelector('[data-level]'), stream);
  timer = setInterval(tick, 250);
  tick();
  show('recording');
}

function preview() {
  if (about.kind !== 'film') return;
  const mirror = dialog.querySelector('[data-preview]');
  mirror.srcObject = stream;
  mirror.play().catch(() => {});
}

function pause() {
  if (!recording?.since) return;
  recording.pause();
  show('paused');
}

function goOn() {
  recording.goOn();
  show('recording');
}

// Listening comes before keeping: what is there can be heard at once.
async function done() {
  if (!recording) return;
  const finished = recording;
  recording = null;
  clearInterval(timer);
  made = await finished.stop();
  still();
  if (!made) {
    trouble('nothing');
    return;
  }
  fill(dialog.querySelector(`[data-player=${about.kind}]`), await blobOf(made));
  show('done');
  dialog.querySelector('[data-room]').hidden = finished.isKept;
}

async function anew() {
  await forget();
  show('ready');
  await start();
}

async function forget() {
  dialog.querySelectorAll('[data-player]').forEach((each) => each.pause());
  if (made) await drop(made.id);
  made = null;
}

function still() {
  quiet();
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  dialog.querySelector('[data-preview]').srcObject = null;
}

function close(answer) {
  dialog.querySelectorAll('[data-player]').forEach((each) => each.pause());
  dialog.close(answer);
}

function tick() {
  if (!recording) return;
  const left = LONGEST[about.kind] - recording.seconds;
  write('[data-used]', recording.seconds);
  write('[data-left]', Math.max(left, 0));
  if (!recording.isKept) dialog.querySelector('[data-room]').hidden = false;
  dialog.querySelector('[data-soon]').hidden = left > SOON;
  if (left <= 0) done();
}

function write(place, seconds) {
  const whole = Math.floor(seconds);
  const words = `${number(Math.floor(whole / 60))}:${number(whole % 60, 2)}`;
  const field = dialog.querySelector(place);
  if (field.textContent !== words) field.textContent = words;
}

const number = (value, digits = 1) => new Intl.NumberFormat(document.documentElement.lang, { minimumIntegerDigits: digits }).format(value);

function trouble(name) {
  show('trouble');
  dialog.querySelectorAll('[data-trouble]').forEach((each) => { each.hidden = each.dataset.trouble !== name; });
}

// What belongs to this state is there, the rest is not; the focus goes to what is to be pressed next.
function show(state) {
  dialog.dataset.state = state;
  dialog.querySelectorAll('[data-in]').forEach((each) => { each.hidden = !each.dataset.in.split(' ').includes(state) || isOther(each); });
  for (const name of ['[data-room]', '[data-soon]']) dialog.querySelector(name).hidden = true;
  dialog.querySelector('.button.main:not([hidden])')?.focus();
}

const isOther = ({ dataset }) => Boolean(dataset.kind) && dataset.kind !== about.kind;
