// Before a shared tablet changes hands: what is not sent yet can be sent by its own person alone.
import { kept, keptMedia, look } from './sending.js';

export function leaving(page) {
  const form = page.querySelector('form[data-next-person]');
  const dialog = page.querySelector('dialog[data-leaving]');
  if (!form || !dialog) return;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const count = (await kept()).length + (await keptMedia()).length;
    if (!count) {
      form.submit();
      return;
    }
    dialog.querySelector('[data-leaving-count]').textContent = count;
    dialog.showModal();
    look();
  });
  dialog.querySelector('[data-leaving-wait]').addEventListener('click', () => dialog.close());
  dialog.querySelector('[data-leaving-go]').addEventListener('click', () => form.submit());
}
