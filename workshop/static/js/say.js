// Says what has changed to who listens to the page: politely, and at most every five seconds.

const EVERY = 5000;
let region = null;
let waiting = '';
let last = '';
let quietUntil = 0;

export function say(words) {
  waiting = words;
  if (!region) region = document.body.appendChild(makeRegion());
  setTimeout(speak, Math.max(0, quietUntil - Date.now()));
}

function makeRegion() {
  const made = document.createElement('p');
  made.className = 'visually-hidden';
  made.setAttribute('role', 'status');
  return made;
}

function speak() {
  if (!waiting || waiting === last || Date.now() < quietUntil) return;
  quietUntil = Date.now() + EVERY;
  region.textContent = last = waiting;
  waiting = '';
}
