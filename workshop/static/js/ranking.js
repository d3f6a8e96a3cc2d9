// Putting lines in order on a phone: buttons move a line, a typed number moves it there. What has no number stands below.
export function ranking(page) {
  const list = page.querySelector('[data-ranking]');
  if (!list) return;
  list.dataset.ranking = 'moves';
  list.querySelectorAll('button[hidden], [data-not-ranked], [data-moved]').forEach((each) => { each.hidden = false; });
  list.addEventListener('click', (event) => pressed(list, event.target.closest('button'), event.detail === 0));
  list.addEventListener('change', (event) => typed(list, event.target));
  const inOrder = rows(list).filter((row) => place(row) > 0).sort((a, b) => place(a) - place(b));
  show(list, inOrder);
}

function rows(list) {
  return [...list.querySelectorAll('.rank-row')];
}

function place(row) {
  return Math.max(Math.trunc(Number(row.querySelector('input').value)) || 0, 0);
}

function ranked(list) {
  return rows(list).filter((row) => row.matches(':has(~ [data-not-ranked])'));
}

// Up on a line that is not ranked puts it last in the order; down on the last one takes it out.
function pressed(list, button, byKeys) {
  if (!button || button.getAttribute('aria-disabled') === 'true') return;
  const row = button.closest('.rank-row');
  const before = ranked(list);
  const at = before.indexOf(row);
  const order = before.filter((each) => each !== row);
  if (at < 0) order.push(row);
  else if (at + Number(button.value) < before.length) order.splice(at + Number(button.value), 0, row);
  show(list, order);
  settle(list, row, button, byKeys || at >= 0);
}

function typed(list, field) {
  const row = field.closest('.rank-row');
  if (!row) return;
  const order = ranked(list).filter((each) => each !== row);
  if (place(row)) order.splice(Math.min(place(row), order.length + 1) - 1, 0, row);
  show(list, order);
  settle(list, row, field, true);
}

function show(list, order) {
  const line = list.querySelector('[data-not-ranked]');
  order.forEach((row) => line.before(row));
  const left = rows(list).filter((row) => !order.includes(row));
  left.reduce((last, row) => (last.after(row), row), line);
  order.forEach((row, at) => mark(row, at + 1));
  left.forEach((row) => mark(row, 0));
  line.classList.toggle('nobody', !left.length);
}

function mark(row, at) {
  const [up, down] = row.querySelectorAll('button');
  row.querySelector('input').value = at || '';
  up.setAttribute('aria-disabled', at === 1);
  down.setAttribute('aria-disabled', !at);
}

// The line keeps the focus and says where it is now. A finger that picks one line after the other stays where it is.
function settle(list, row, focused, follow) {
  focused.focus({ preventScroll: true });
  if (follow) row.scrollIntoView({ block: 'nearest' });
  const words = place(row) ? list.dataset.placed : list.dataset.leftOut;
  const values = { item: `\u2068${row.querySelector('label').textContent}\u2069`, place: place(row), all: ranked(list).length };
  list.querySelector('[data-moved]').textContent = words.replace(/\{(item|place|all)\}/g, (_, name) => values[name]);
}
