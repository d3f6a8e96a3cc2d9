// The app on a phone: its page and question are there without network, and it can be put on the first screen.
import { isThere } from './network.js';
import { goTo } from './staying.js';

const SPREAD = 3000; // a hall does not ask for the same in the same moment
const AGAIN = 3000;
const QUESTION = 'workshop-question';

export function installed(page) {
  const { dataset } = page.documentElement;
  window.addEventListener('online', () => { delete dataset.kept; });
  backOnline(page);
  linkToQuestion(page);
  const worker = page.querySelector('meta[name="worker"]')?.content;
  if (!worker || !window.isSecureContext || !navigator.serviceWorker || 'kept' in dataset) return;
  setTimeout(() => register(page, worker), Math.random() * SPREAD);
}

async function register(page, worker) {
  try {
    await navigator.serviceWorker.register(worker, { scope: '/', updateViaCache: 'none' });
    const { active } = await navigator.serviceWorker.ready;
    const cache = await caches.open(QUESTION);
    await cache.put('/language', new Response(page.documentElement.lang));
    if (page.querySelector('form[data-fresh]') && !await cache.match(location.pathname)) active.postMessage({ keep: location.href });
  } catch {
    return; // a browser that keeps nothing: the outbox does without
  }
  const { manifest } = page.querySelector('meta[name="worker"]').dataset;
  page.head.append(Object.assign(page.createElement('link'), { rel: 'manifest', href: manifest }));
}

// The page that says «no network» goes when there is some again; nobody types on it.
async function backOnline(page) {
  if (!page.querySelector('[data-no-page]')) return;
  if (await isThere() && !page.querySelector('dialog[open]')) goTo(location.href);
  else setTimeout(() => backOnline(page), AGAIN);
}

async function linkToQuestion(page) {
  const link = page.querySelector('[data-question]');
  if (!link || !window.caches) return;
  const kept = (await (await caches.open(QUESTION)).keys()).filter(({ url }) => url.includes('/a/'));
  if (!kept.length) return;
  link.href = kept.pop().url;
  link.hidden = false;
}
