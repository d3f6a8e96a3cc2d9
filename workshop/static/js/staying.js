// Whoever closes the page while something is on this phone alone is asked once more. Going on inside Workshop is no
// closing: what waits goes on from the next page.
let stays = false;
let isHeld = () => false;

export function warnWhile(held) {
  isHeld = held;
  window.addEventListener('beforeunload', warn);
  window.navigation?.addEventListener('navigate', (event) => { if (isOurs(event.destination.url)) staying(); });
  document.addEventListener('click', (event) => { if (isOurs(event.target.closest?.('a[href]')?.href)) staying(); });
  document.addEventListener('submit', staying);
}

// A page of ours sends itself on.
export function goTo(address) {
  staying();
  location.assign(address);
}

function staying() {
  stays = true;
  setTimeout(() => { stays = false; }, 1000);
}

function isOurs(address) {
  return Boolean(address) && new URL(address).origin === location.origin;
}

function warn(event) {
  if (stays || !isHeld()) return;
  event.preventDefault();
  event.returnValue = true; // older browsers
}
