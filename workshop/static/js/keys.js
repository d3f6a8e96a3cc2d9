// One key for what is done most: a approve, e edit, q ask, h hide, n next. Can be switched off, and is silent while
// somebody writes.
const OFF = 'keys-off';
const WRITING = 'input, textarea, select, [contenteditable]';
const control = document.querySelector('[data-keys-switch]');

function isOn() {
  return localStorage.getItem(OFF) === null;
}

function press(event) {
  if (!isOn() || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest(WRITING) || document.querySelector('dialog[open]')) return;
  const key = CSS.escape(event.key.toLowerCase());
  const target = [...document.querySelectorAll(`[data-key="${key}"]`)].find((each) => each.checkVisibility?.() ?? true);
  if (!target) return;
  event.preventDefault();
  target.click();
  target.closest('details')?.querySelector('textarea')?.focus();
}

function show() {
  control.setAttribute('aria-pressed', String(isOn()));
  document.body.classList.toggle('keys-off', !isOn());
}

function turn() {
  if (isOn()) localStorage.setItem(OFF, '1');
  else localStorage.removeItem(OFF);
  show();
}

document.addEventListener('keydown', press);
if (control) {
  control.hidden = false;
  control.addEventListener('click', turn);
  show();
}
