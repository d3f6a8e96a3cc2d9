// One question a page, also where the network ends: what was answered can be sent as it is, later, by itself.
import { freshId, itemOf } from './items.js';
import { isFresh, isThere } from './network.js';
import { hand } from './submitting.js';

export function steps(page) {
  const form = page.querySelector('form[data-step]');
  if (!form) return;
  if ('fresh' in form.dataset) newSending(form);
  let sure = false;
  form.addEventListener('submit', async (event) => {
    const button = event.submitter;
    if (sure || isFresh() || button?.value === 'send') return;
    event.preventDefault();
    sure = await isThere();
    if (sure) form.requestSubmit(button);
    else offer(page, form);
  });
  page.querySelector('[data-send-as-is]')?.addEventListener('click', (event) => {
    const missing = unticked(form, event.currentTarget.dataset.needs);
    if (missing) missing.focus();
    else sendAsIs(page, form);
  });
}

// A page that this phone has kept may be used twice: each sending has its own id and secret, made here.
function newSending(form) {
  form.elements.id.value = freshId();
  form.elements.secret.value = freshId();
}

function offer(page, form) {
  const panel = page.querySelector('[data-no-network]');
  panel.hidden = false;
  const asIs = panel.querySelector('[data-send-as-is]');
  if (asIs) asIs.hidden = isEmpty(form);
  panel.scrollIntoView({ block: 'center' });
  panel.focus();
}

// A choice of nothing is a choice; a first page with nothing on it is nothing.
function isEmpty(form) {
  if ('ballot' in form.dataset || form.elements.at.value !== '0') return false;
  const { files, media, words } = itemOf(form, null);
  return !files.length && !media.length && !words.some(([, answer]) => answer);
}

// Without a yes that has to be there it would only be refused, and its photo or recording with it.
function unticked(form, name) {
  const field = name && form.elements[name];
  return field && field.type === 'checkbox' && !field.checked ? field : null;
}

export function sendAsIs(page, form) {
  hand(itemOf(form, null, [['go', 'send']]));
  form.hidden = true;
  page.querySelector('[data-no-network]').hidden = true;
  page.querySelector('.on-its-way')?.scrollIntoView({ block: 'center' });
}
