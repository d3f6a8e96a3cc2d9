// Is there network? The browser's own word is believed only when it says no.
const PATIENCE = 5000;
const FRESH = 15000; // a page that has just come has shown that there is

export function isFresh() {
  return navigator.onLine && performance.now() < FRESH && !('kept' in document.documentElement.dataset);
}

export async function isThere() {
  if (navigator.onLine === false) return false;
  try {
    const answer = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout?.(PATIENCE) });
    return (await answer.text()).trim() === 'alive'; // a hotel's sign-in page says something else
  } catch {
    return false;
  }
}
