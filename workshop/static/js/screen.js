// The room's screen: follows the room, draws the time that is left, counts who is in.
import './live.js';
import './clock.js';
import './numbers.js';

// A projector must not fall asleep while the room talks.
async function stayAwake() {
  if (document.visibilityState !== 'visible') return;
  try {
    await navigator.wakeLock?.request('screen');
  } catch {
    // Not every browser may; the room still has a mouse to move.
  }
}

stayAwake();
document.addEventListener('visibilitychange', stayAwake);
