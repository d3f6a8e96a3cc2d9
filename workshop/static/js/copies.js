// A copy of words that are not safe yet: large, to show to somebody, or as a file.
export function show(page, item) {
  const dialog = page.querySelector('dialog[data-words]');
  dialog.querySelector('[data-words-list]').replaceChildren(...lines(item));
  dialog.querySelector('[data-close-words]').onclick = () => dialog.close();
  dialog.showModal();
}

export function save(page, item) {
  const { fileName } = page.querySelector('dialog[data-words]').dataset;
  const link = page.createElement('a');
  link.href = URL.createObjectURL(new Blob([plain(item)], { type: 'text/plain;charset=utf-8' }));
  link.download = fileName;
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
