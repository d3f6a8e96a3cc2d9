// What a form holds, as an item that can wait on this phone: the fields, the photo, and the words to read again.
export function freshId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

// `go` is what the button says; a file that goes with the form gets its id here, so that it is kept once however often
// it comes. What lies on the shelf is only named: it follows when the words are safe.
export function itemOf(form, button, go = []) {
  const entries = [...new FormData(form, button), ...go];
  const files = entries.filter(([, value]) => typeof value !== 'string' && value.size);
  const fields = entries.filter(([, value]) => typeof value === 'string');
  for (const [name] of files) fields.push([name.replace(/_file$/, '_as'), freshId()]);
  const media = (form.elements.media?.value ?? '').split(' ').filter(Boolean).map((pair) => pair.split(':')[1]);
  const person = form.elements.person?.value ?? document.querySelector('meta[name="person"]')?.content;
  if (person && !form.elements.person) fields.push(['person', person]);
  const { draft, sent, title } = form.dataset;
  const item = { id: form.elements.id.value, address: form.action, fields, files, media, person, draft, sent, title, words: wordsOf(form, button) };
  return 'ballot' in form.dataset ? asBallot(item) : item;
}

// A choice may be changed and sent again: each sending has an id of its own, and the last one counts.
function asBallot(item) {
  const id = freshId();
  return { ...item, id, ballot: true, fields: item.fields.map(([name, value]) => [name, name === 'id' ? id : value]) };
}

export function replaces(item, older) {
  const question = ({ fields }) => fields.find(([name]) => name === 'item')?.[1];
  return item.ballot && older.ballot && older.id !== item.id && older.address === item.address
    && older.person === item.person && question(older) === question(item);
}

export function takeBackOf(id, secret, address, person) {
  const fields = [['id', id], ['secret', secret ?? '']];
  return { id: `back-${id}`, expects: id, address, fields, person, takesBack: true };
}

// Question and answer, as they stand on this page.
function wordsOf(form, button) {
  const checked = [...form.querySelectorAll('.check > div')];
  if (checked.length) return checked.map((line) => [text(line.querySelector('dt')), text(line.querySelector('dd'))]);
  const before = [...form.querySelectorAll('[data-words]')].map((field) => [field.dataset.words, field.value]);
  return [...before, [text(form.querySelector('h1')), [...answers(form), ...pressed(button)].join('\n')]];
}

function answers(form) {
  const written = [...form.querySelectorAll('textarea, input.input')].map((field) => field.value.trim());
  const ticked = [...form.querySelectorAll(':is([type=radio], [type=checkbox]):checked')].map((field) => text(field.closest('label')));
  return [...written, ...ticked].filter(Boolean);
}

function pressed(button) {
  return button?.name === 'answer' ? [text(button)] : [];
}

function text(element) {
  return element?.innerText.trim() ?? '';
}
