// «Send», an answer of a choice, and «Take it back» go by the outbox: on this phone first.
import { forgetDraft } from './drafts.js';
import { itemOf, replaces, takeBackOf } from './items.js';
import { follow, given } from './on_its_way.js';
import { forget } from './outbox.js';
import { give, kept } from './sending.js';

export function submitting(page) {
  page.querySelectorAll('form[data-send]').forEach((form) => {
    form.addEventListener('submit', (event) => {
      if (event.submitter?.value !== 'send' && event.submitter?.name !== 'answer') return;
      event.preventDefault();
      hand(itemOf(form, event.submitter));
    });
  });
  page.querySelectorAll('form[data-take-back]').forEach((form) => {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      hand(takeBack(form));
    });
  });
}

// Into the outbox, and on its way.
export async function hand(item) {
  follow(item);
  const fits = await give(item);
  given();
  if (fits && item.draft) forgetDraft(item.draft);
  if (item.ballot) await dropReplaced(item);
}

function takeBack(form) {
  const person = document.querySelector('meta[name="person"]')?.content;
  return { ...takeBackOf(form.dataset.takeBack, '', form.dataset.takeBackAt, person), sent: form.dataset.sent };
}

async function dropReplaced(item) {
  const older = (await kept()).filter((each) => replaces(item, each));
  await Promise.all(older.map(({ id }) => forget(id)));
}
