// One tab at a time sends what waits: by the browser's own lock, or by a lease where there is none (plain http).
import { claim, release } from './outbox.js';

const NAME = 'workshop-outbox';
const LEASE = 75000; // longer than any one sending may take

// Acts when it is our turn. `act` gets a function to ask before each sending whether it still is.
export async function inTurn(act) {
  if (navigator.locks) {
    await navigator.locks.request(NAME, () => act(async () => true));
    return;
  }
  const ours = () => claim(tab(), LEASE);
  if (!await ours()) return;
  try {
    await act(ours);
  } finally {
    await release();
  }
}

// The same tab on its next page: what its page before had begun is over.
function tab() {
  if (!sessionStorage.getItem(NAME)) sessionStorage.setItem(NAME, `${Date.now()}${Math.random()}`);
  return sessionStorage.getItem(NAME);
}
