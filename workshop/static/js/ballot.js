// This phone remembers what its person chose; the server never shows it back. Gone with everything else of theirs.
const PREFIX = 'draft:ballot:';

export function rememberBallot(page) {
  const form = page.querySelector('form[data-ballot]');
  if (!form) return;
  const key = PREFIX + form.dataset.draft;
  const kept = read(key);
  if ('fresh' in form.dataset) refill(form, kept.sent);
  if (form.matches('[data-send]')) refill(form, kept.given);
  offerUndo(form, kept.last);
  form.addEventListener('submit', (event) => remember(form, key, event.submitter));
}

// Sent and safe: what was on its way is now what was chosen.
export function ballotArrived(activity) {
  const kept = read(PREFIX + activity);
  if (kept.sending) write(PREFIX + activity, { ...kept, sent: kept.sending, sending: null });
}

function remember(form, key, button) {
  const kept = read(key);
  if (button?.name === 'answer') {
    const item = form.querySelector('[data-item]').value;
    write(key, { ...kept, last: item, answers: { ...kept.answers, [item]: button.value }, given: { ...kept.given, ...choices(form) } });
  } else if (form.matches('[data-send]') && button?.value === 'send') {
    write(key, { ...kept, sending: choices(form) });
  }
}

function choices(form) {
  return Object.fromEntries([...new FormData(form)].filter(([name]) => name.startsWith('choice')));
}

// On the first page of a choice: tick what was ticked; what belongs to later pages travels along.
function refill(form, sent) {
  for (const [name, value] of Object.entries(sent ?? {})) {
    const fields = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
    if (fields.length === 0 && !name.startsWith('choice-')) form.append(hidden(name, value));
    for (const field of fields) {
      if (field.matches('[type=radio], [type=checkbox]')) field.checked = field.value === value;
      else field.value = value;
    }
  }
}

function hidden(name, value) {
  return Object.assign(document.createElement('input'), { type: 'hidden', name, value });
}

function offerUndo(form, last) {
  const button = form.querySelector('[data-undo]');
  const item = form.querySelector('[data-item]');
  markBefore(form, item?.value);
  if (!button || !last || last === item.value) return;
  button.hidden = false;
  button.addEventListener('click', () => { item.value = last; });
}

function markBefore(form, item) {
  const before = item && read(PREFIX + form.dataset.draft).answers?.[item];
  if (before === undefined || before === '') return;
  form.querySelector(`[name=answer][value="${CSS.escape(before)}"]`)?.setAttribute('aria-pressed', 'true');
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}

function write(key, kept) {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // A full phone: the choice is sent all the same.
  }
}
