// The switch is off: what was kept for times without network goes, and so does this. The outbox stays as it is.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(leave()));

async function leave() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith('workshop-')).map((name) => caches.delete(name)));
  await self.registration.unregister();
}
