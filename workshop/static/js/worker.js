// What stands between a phone and no network: the shell of the app, and the question that was open last.
// It touches GETs of phone pages and of our own files alone. Whatever is sent goes its own way, untouched.
/* global BUILD, SHELL, LANGUAGES: written above this file by the server */
const FILES = `workshop-shell-${BUILD}`;
const QUESTION = 'workshop-question';
const PATIENCE = 10000;
const LONGEST = 24 * 3600 * 1000; // a page that was kept yesterday may show what is gone today
const PAGES = /^\/(w\/([0-9a-f]{32})\/(|(a|words)\/[0-9a-f]{32}(\/sent|\/correct|\/worry)?|my-words|help|look-up|role|gone|leave|taken-back))?$/;
const SHARED = /<!--\+-->[^]*?<!--\/\+-->/g; // other people's words are not for keeping
const AWAY = [502, 503, 504];
let isToday = false; // the page that came last is of the same build as the files kept here

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(SHELL)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOlder().then(() => self.clients.claim()));
});

self.addEventListener('message', (event) => {
  const { keep } = event.data ?? {};
  if (keep && PAGES.test(new URL(keep).pathname)) event.waitUntil(fetch(keep).then((answer) => look(new URL(answer.url), answer)));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/static/')) event.respondWith(file(request, url));
  else if (request.mode === 'navigate' && PAGES.test(url.pathname)) event.respondWith(page(event, url));
});

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith('workshop-shell-') && name !== FILES).map((name) => caches.delete(name)));
}

// A file with its hash is the same for ever; without, it is as old as the page that asks for it.
async function file(request, url) {
  const kept = await caches.match(url.href, { cacheName: FILES });
  if (kept && (url.search || isToday)) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function page(event, url) {
  try {
    const answer = await inTime(fetch(event.request), url);
    if (AWAY.includes(answer.status)) return await kept(url) ?? answer;
    isToday = answer.headers.get('Workshop-Shell') === BUILD;
    if (answer.type === 'basic') event.waitUntil(look(url, answer.clone()));
    return answer;
  } catch {
    return shown(url);
  }
}

// A network that says nothing is none, where there is something to show instead.
async function inTime(answer, url) {
  if (!await kept(url)) return answer;
  return Promise.race([answer, new Promise((_resolve, reject) => { setTimeout(reject, PATIENCE); })]);
}

// Keeps the question that is open; forgets it when it is over, when nobody is here, or when somebody else comes.
async function look(url, answer) {
  const room = url.pathname.match(PAGES)?.[2];
  const cache = await caches.open(QUESTION);
  const isQuestion = answer.ok && answer.headers.get('Workshop-Keep') === 'question';
  if (isQuestion || answer.status === 403 || url.pathname.endsWith('/gone')) await forgetRoom(cache, room);
  else await cache.delete(url.pathname);
  if (isQuestion) await cache.put(url.pathname, await copy(answer));
}

async function copy(answer) {
  const headers = new Headers(answer.headers);
  headers.set('Kept-At', String(Date.now()));
  const html = (await answer.text()).replace(SHARED, '').replace('<html ', '<html data-kept ');
  return new Response(html, { headers });
}

async function forgetRoom(cache, room) {
  const kept = await cache.keys();
  await Promise.all(kept.filter(({ url }) => url.includes(`/w/${room}/`)).map((each) => cache.delete(each)));
}

// The question itself; or, where nothing else is known of this room, the way to it.
async function kept(url) {
  const cache = await caches.open(QUESTION);
  const found = await cache.match(url.pathname);
  if (found && isYoung(found)) return found;
  if (!/^\/(w\/[0-9a-f]{32}\/)?$/.test(url.pathname)) return undefined;
  const last = (await cache.keys()).filter((each) => each.url.includes('/a/') && each.url.includes(url.pathname)).pop();
  return last && isYoung(await cache.match(last)) ? Response.redirect(last.url, 303) : undefined;
}

// Its files are those that are kept here, if it is of this build.
async function shown(url) {
  const found = await kept(url) ?? await noNetwork();
  isToday = !found.headers.has('Kept-At') || found.headers.get('Workshop-Shell') === BUILD;
  return found;
}

function isYoung(answer) {
  const age = Date.now() - Number(answer.headers.get('Kept-At'));
  return age >= 0 && age < LONGEST;
}

async function noNetwork() {
  const wanted = (self.navigator.languages ?? []).map((each) => each.split('-')[0]).find((each) => LANGUAGES.includes(each));
  const cache = await caches.open(QUESTION);
  const chosen = await cache.match('/language').then((answer) => answer?.text());
  return caches.match(`/offline/${chosen ?? wanted ?? LANGUAGES[0]}`, { cacheName: FILES });
}
