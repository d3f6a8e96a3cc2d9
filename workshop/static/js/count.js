// The facilitator may know how many phones still hold something: a number, told when it has changed.
import { TOLD, workshopOf } from './here.js';
import { all } from './outbox.js';
import { token } from './sending.js';
import { all as allMedia, isWaiting } from './shelf.js';

let telling = false;

export async function tellHowMany(page) {
  const workshop = location.pathname.match(/^\/w\/([0-9a-f]+)\//)?.[1];
  if (telling || !workshop || !page.querySelector('meta[name="person"]')) return;
  const kept = [...await all(), ...(await allMedia()).filter(isWaiting)];
  const count = kept.filter((each) => workshopOf(each) === workshop).length;
  if (String(count) === (localStorage.getItem(TOLD + workshop) ?? '0')) return;
  telling = true;
  try {
    const body = new URLSearchParams({ count, csrf_token: token() });
    const answer = await fetch(`/w/${workshop}/unsent`, { method: 'POST', body, redirect: 'error' });
    if (answer.status === 204) localStorage.setItem(TOLD + workshop, String(count));
  } catch {
    // Without network nobody can know; the number comes with the first thing that gets through.
  } finally {
    telling = false;
  }
}
