// What belongs to the answer that is in the making: look at it, listen to it, take it out again. Nothing plays by itself.
import { saveBlob } from './copies.js';
import { blobOf } from './shelf.js';

const SHOWS = { photo: 'img', sound: 'audio', film: 'video' };

export async function ownMedium(page, medium, forget) {
  const line = page.querySelector('template[data-own-medium]').content.cloneNode(true).firstElementChild;
  const blob = await blobOf(medium);
  line.dataset.ownId = medium.id;
  line.querySelectorAll('[data-kind]').forEach((each) => { each.hidden = each.dataset.kind !== medium.kind; });
  fill(line.querySelector(SHOWS[medium.kind]), blob);
  for (const other of Object.values(SHOWS)) if (other !== SHOWS[medium.kind]) line.querySelector(other).remove();
  line.querySelector('[data-own-drop]')?.addEventListener('click', () => forget(medium.id));
  const save = line.querySelector('[data-own-save]');
  if (save) save.hidden = !medium.inMemory;
  save?.addEventListener('click', () => saveBlob(page, blob));
  return line;
}

// A photo that this browser cannot show goes all the same; the word beside it says what it is.
export function fill(player, blob) {
  if (player.src) URL.revokeObjectURL(player.src);
  player.onerror = () => { player.hidden = true; };
  player.src = URL.createObjectURL(blob);
}
