// SHA-256 of what is on its way: by the browser where it may, by our own where it may not, and never a frozen page.
const SMALL = 8 * 2 ** 20; // more than this is not held in memory at once
const SLICE = 2 ** 20;

export async function digestOf(blob) {
  if (crypto.subtle && blob.size <= SMALL) return new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
  const { Sha256 } = await import('./sha256.js');
  const found = new Sha256();
  for (let at = 0; at < blob.size; at += SLICE) {
    found.add(new Uint8Array(await blob.slice(at, at + SLICE).arrayBuffer()));
    await new Promise((resolve) => { setTimeout(resolve); }); // the page draws and listens in between
  }
  return found.digest();
}

export async function hexOf(blob) {
  return [...await digestOf(blob)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export async function headerOf(blob) {
  return `sha-256=:${btoa(String.fromCharCode(...await digestOf(blob)))}:`;
}
