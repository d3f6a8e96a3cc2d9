// Whose phone is this now? Words, drafts and pages of whoever had it before are not for the next one.
import { forgetAll } from './drafts.js';
import { dropAll, isDraft, isOld } from './shelf.js';

const PREFIX = 'here:';
export const TOLD = 'told:'; // how much of it the facilitator knows of
const PAGES = 'workshop-question';

const place = (address) => new URL(address, location.href).pathname.match(/^\/w\/([0-9a-f]+)/)?.[1];

// Notes who this page is for. Somebody else than before: nothing that can be seen is left of the one before.
export function here(page) {
  const person = page.querySelector('meta[name="person"]')?.content;
  const workshop = place(location.href);
  const { wipe } = page.body.dataset;
  const before = localStorage.getItem(PREFIX + workshop);
  if (wipe || (person && before && before !== person)) leave(wipe ?? workshop);
  if (person && workshop) note(PREFIX + workshop, person);
  if (window.indexedDB) dropAll(isOld).catch(() => {});
}

// Nobody is here: drafts and kept pages go, words that wait stay for their own person and are not shown.
export function leave(workshop) {
  localStorage.removeItem(PREFIX + workshop);
  localStorage.removeItem(TOLD + workshop);
  forgetAll();
  if (window.indexedDB) dropAll((medium) => isDraft(medium) && medium.workshop === workshop).catch(() => {});
  window.caches?.delete(PAGES);
}

// May whoever holds this phone now see this item, and send it?
export function isMine(item) {
  const person = item.person ?? item.fields?.find(([name]) => name === 'person')?.[1];
  return !person || localStorage.getItem(PREFIX + workshopOf(item)) === person;
}

export function workshopOf(item) {
  return item.workshop ?? place(item.address);
}

function note(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A full phone: the server asks again whose words they are.
  }
}
