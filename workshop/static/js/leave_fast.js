// Leave this page fast: one press, or Shift three times. What is on the screen is gone before the next page comes.
import { forgetAll } from './drafts.js';
import { say } from './say.js';

const TIMES = 3;
const WITHIN = 5000;
const link = document.querySelector('a[data-leave-fast]');
let pressed = [];

function leave(event) {
  event?.preventDefault();
  document.body.hidden = true;
  document.title = ' ';
  forgetAll(); // what was typed and not sent; what waits in the outbox stays
  window.caches?.delete('workshop-question');
  location.replace(link.href);
}

function press(event) {
  if (event.key !== 'Shift') pressed = [];
  if (event.key !== 'Shift' || event.repeat) return;
  pressed = [...pressed.filter((at) => at > Date.now() - WITHIN), Date.now()];
  if (pressed.length >= TIMES) leave();
  else if (pressed.length === TIMES - 1) say(link.dataset.leaveFast);
}

link.addEventListener('click', leave);
document.addEventListener('keydown', press);
// A page that the browser had put aside comes back empty-handed.
window.addEventListener('pageshow', (event) => { if (event.persisted && document.body.hidden) location.reload(); });
