// A file that somebody has chosen comes onto the shelf under an id of its own, whatever its name is.
import { shrink } from './shrink.js';
import { add, put } from './shelf.js';

const LARGEST = { photo: 12e6, sound: 25e6, film: 100e6 };

// Why a file is not taken, by the name of its sentence.
export class Unfit extends Error {}

export async function take(file, medium) {
  const blob = medium.kind === 'photo' ? await small(file) : file;
  if (!blob.size) throw new Unfit('empty');
  if (blob.size > LARGEST[medium.kind]) throw new Unfit('tooLarge');
  await put({ ...medium, type: blob.type, size: blob.size, state: 'draft', has: 0, at: Date.now() });
  await add(medium.id, 0, blob);
}

// What the browser cannot draw goes as it is, when it begins as photos do: the server may know more.
async function small(file) {
  const drawn = await shrink(file).catch(() => null);
  if (drawn) return drawn;
  if (await isPicture(file)) return file;
  throw new Unfit('noPhoto');
}

async function isPicture(file) {
  const begin = String.fromCharCode(...new Uint8Array(await file.slice(0, 12).arrayBuffer()));
  return begin.startsWith('\xff\xd8\xff') || begin.startsWith('\x89PNG') || begin.startsWith('RIFF') || begin.slice(4, 8) === 'ftyp';
}
