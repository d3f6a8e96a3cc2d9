// A copy of words that are not safe yet: large, to show to somebody, or as a file.
export function show(page, item) {
  const dialog = page.querySelector('dialog[data-words]');
  dialog.querySelector('[data-words-list]').replaceChildren(...lines(item));
  dialog.querySelector('[data-close-words]').onclick = () => dialog.close();
  dialog.showModal();
}

export function save(page, item) {
  const { fileName } = page.querySelector('dialog[data-words]').dataset;
  download(page, new Blob([plain(item)], { type: 'text/plain;charset=utf-8' }), fileName);
}

const ENDINGS = { 'image/jpeg': 'jpg', 'audio/mp4': 'm4a', 'audio/webm': 'webm', 'video/mp4': 'mp4', 'video/webm': 'webm' };

// A photo, sound or film; the browser knows what may follow the dot for most others.
export function saveBlob(page, blob) {
  const type = blob.type.split(';')[0];
  download(page, blob, `${type.split('/')[0]}.${ENDINGS[type] ?? type.split('/')[1]}`);
}

function download(page, blob, name) {
  const link = page.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

export function lines(item) {
  return (item.words ?? []).map(([question, answer]) => {
    const line = document.createElement('div');
    line.append(made('dt', question), made('dd', answer));
    return line;
  });
}

function plain(item) {
  return (item.words ?? []).map(([question, answer]) => `${question}\n${answer}\n`).join('\n');
}

function made(name, words) {
  return Object.assign(document.createElement(name), { textContent: words, dir: 'auto' });
}
