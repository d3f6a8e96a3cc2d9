// A basket on a phone: what is left in the pot, and what no longer fits.
export function basket(page) {
  const purse = page.querySelector('[data-pot]');
  const boxes = [...page.querySelectorAll('[data-cost]')];
  const money = new Intl.NumberFormat(`${document.documentElement.lang || 'en'}-u-nu-latn`);
  const pot = Number(purse.dataset.pot);

  function count() {
    const spent = boxes.reduce((sum, box) => sum + (box.checked ? Number(box.dataset.cost) : 0), 0);
    const left = pot - spent;
    const words = `${money.format(Math.max(left, 0))}\u00a0${purse.dataset.currency}`.trim();
    const place = purse.querySelector('[data-left]');
    if (place.textContent !== words) place.textContent = words;
    page.querySelector('[data-filled]').setAttribute('width', `${Math.min((100 * spent) / pot, 100)}%`);
    boxes.forEach((box) => { box.disabled = !box.checked && Number(box.dataset.cost) > left; });
  }

  page.addEventListener('input', count);
  count();
}
