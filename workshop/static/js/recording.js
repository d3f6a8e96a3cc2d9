// One recording: it lies on the phone from its first seconds on, a piece every few seconds.
import { freshId } from './items.js';
import { add, blobOf, change, drop, put } from './shelf.js';

const PIECE = 3000; // so much a killed tab may cost
const APPLE = navigator.vendor?.startsWith('Apple');
const FORMS = {
  sound: ['audio/webm;codecs=opus', 'audio/mp4', 'audio/webm', 'audio/ogg'],
  film: ['video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4'],
};
const RATES = { sound: { audioBitsPerSecond: 40000 }, film: { audioBitsPerSecond: 48000, videoBitsPerSecond: 900000 } };
const WISHES = {
  sound: { audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } },
  film: { audio: true, video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 24, max: 30 }, facingMode: 'user' } },
};
const lockOf = (id) => `workshop-recording-${id}`;

export const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);
export const listenIn = (kind) => navigator.mediaDevices.getUserMedia(WISHES[kind]);

// Apple's phones play their own form best.
export function formOf(kind) {
  const forms = APPLE ? [...FORMS[kind]].sort((one, other) => other.includes('mp4') - one.includes('mp4')) : FORMS[kind];
  return forms.find((each) => MediaRecorder.isTypeSupported(each)) ?? '';
}

export class Recording {
  id = freshId();
  isKept = true; // on the phone; else this page alone holds it
  before = 0;
  since = null;
  written = Promise.resolve();
  pieces = 0;

  constructor(about, stream) {
    this.recorder = new MediaRecorder(stream, { mimeType: formOf(about.kind), ...RATES[about.kind] });
    this.about = about;
    this.ended = new Promise((resolve) => { this.recorder.onstop = resolve; });
    this.recorder.ondataavailable = ({ data }) => { this.keep(data); };
  }

  async start() {
    const { mimeType } = this.recorder;
    await put({ ...this.about, id: this.id, type: mimeType.split(';')[0], state: 'recording', has: 0, at: Date.now() });
    navigator.locks?.request(lockOf(this.id), () => new Promise((resolve) => { this.letGo = resolve; }));
    this.recorder.start(PIECE);
    this.since = performance.now();
  }

  keep(data) {
    if (!data.size) return;
    const place = this.pieces;
    this.pieces += 1;
    this.written = this.written.then(async () => { this.isKept = await add(this.id, place, data) && this.isKept; });
  }

  get seconds() {
    return (this.before + (this.since === null ? 0 : performance.now() - this.since)) / 1000;
  }

  pause() {
    if (this.recorder.state !== 'recording') return;
    this.recorder.pause();
    this.recorder.requestData();
    this.before = this.seconds * 1000;
    this.since = null;
  }

  goOn() {
    this.recorder.resume();
    this.since = performance.now();
  }

  // Resolves to the medium, whole; to nothing when nothing was recorded.
  async stop() {
    const { seconds } = this;
    if (this.recorder.state !== 'inactive') this.recorder.stop();
    this.since = null;
    await this.ended;
    await this.written;
    this.letGo?.();
    return complete(this.id, Math.round(seconds));
  }
}

export async function complete(id, seconds) {
  const { size } = await blobOf({ id });
  if (!size) return drop(id);
  return change(id, { state: 'draft', size, ...(seconds && { seconds }) });
}

export async function isStillRecording(id) {
  const held = await navigator.locks?.query();
  return Boolean(held?.held.some(({ name }) => name === lockOf(id)));
}
