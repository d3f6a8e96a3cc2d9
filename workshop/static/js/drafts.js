// What is being typed is kept on this phone until it was sent, two days at most: a dead battery costs no word.
const PREFIX = 'draft:';
const LONGEST = 48 * 3600 * 1000; // as long as the longest workshop

export function keepDrafts(page) {
  const form = page.querySelector('form[data-draft]');
  if (!form) return;
  const key = PREFIX + form.dataset.draft;
  restore(form, read(key));
  if (texts(form).some(({ value, defaultValue }) => value && value !== defaultValue)) write(key, form); // typed before we came
  if (form.hidden) form.hidden = !texts(form).some((field) => field.value); // the question is closed
  form.addEventListener('input', () => write(key, form));
}

export function forgetDraft(activity) {
  localStorage.removeItem(PREFIX + activity);
}

export function forgetAll() {
  Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key));
}

function texts(form) {
  return [...form.querySelectorAll('textarea')];
}

function restore(form, draft) {
  if (!draft) return;
  for (const field of texts(form)) {
    if (!field.value && draft.texts[field.name]) field.value = draft.texts[field.name];
  }
}

function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    return draft && Date.now() - draft.at < LONGEST ? draft : null;
  } catch {
    return null;
  }
}

function write(key, form) {
  const before = read(key);
  const kept = { ...before?.texts };
  for (const field of texts(form)) kept[field.name] = field.value;
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), texts: kept }));
  } catch {
    // A full phone: the words are still on the screen.
  }
}
