// Curating: the page follows what others move, and keeps what is ticked here. Everything works without it.
import './live.js';

const ticks = 'input[type="checkbox"], input[type="radio"]';
const chosen = new Map(); // of radio buttons and boxes in parts that are replaced: what was ticked last
const pane = document.querySelector('[data-pane]');
let late = false;

const state = () => document.querySelector('[data-state]')?.dataset.state;
let known = state();

document.addEventListener('change', (event) => {
  if (event.target.matches(ticks)) chosen.set(event.target.id, event.target.checked);
  count();
});

document.addEventListener('live:shown', (event) => {
  tickAgain(event.target);
  if (pane && state() !== known) refresh();
});
document.addEventListener('focusout', () => { if (late) setTimeout(refresh, 100); });

function tickAgain(part) {
  for (const box of part.querySelectorAll(ticks)) {
    if (chosen.get(box.id)) box.checked = true;
  }
}

// Somebody writes a name, or has a fold open: what others moved is shown when they have finished.
function isInUse() {
  const focus = document.activeElement;
  return (pane.contains(focus) && focus.matches('input:not([type="checkbox"]), select, textarea'))
    || [...pane.querySelectorAll('input[type="text"], input:not([type])')].some((field) => field.value !== field.defaultValue);
}

async function refresh() {
  late = isInUse();
  if (late) return;
  known = state();
  const answer = await fetch(location.href, { cache: 'no-store', redirect: 'manual' });
  if (answer.status !== 200) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-pane]');
  if (!fresh || isInUse()) return;
  const focus = pane.contains(document.activeElement) ? document.activeElement.id : '';
  const open = [...pane.querySelectorAll('details[open]')].map((each) => each.id).filter(Boolean);
  pane.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
  for (const id of open) pane.querySelector(`#${CSS.escape(id)}`)?.setAttribute('open', '');
  tickAgain(pane);
  count();
  if (focus) pane.querySelector(`#${CSS.escape(focus)}`)?.focus({ preventScroll: true });
}

// How many are ticked, said beside the buttons that move them.
function count() {
  for (const line of document.querySelectorAll('[data-ticked]')) {
    line.dataset.before ??= line.textContent;
    const number = line.closest('form').querySelectorAll('input[type="checkbox"]:checked').length;
    line.textContent = number ? `${number} ✓` : line.dataset.before;
  }
}

// Words that are selected in the story stand in the field for exact words; the field works without a mouse as well.
document.addEventListener('selectionchange', () => {
  const selected = document.getSelection();
  const words = selected?.toString().trim() ?? '';
  const exact = document.querySelector('[data-exact]');
  if (!exact || words.length < 3 || !selected.anchorNode?.parentElement?.closest('[data-story]')) return;
  exact.open = true;
  exact.querySelector('input').value = words;
});

// Who writes a name has chosen «a new theme».
document.addEventListener('input', (event) => {
  const radio = event.target.dataset.chooses && document.getElementById(event.target.dataset.chooses);
  if (radio && event.target.value) radio.checked = true;
});

count();
