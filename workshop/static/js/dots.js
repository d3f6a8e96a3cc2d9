// Dots on a phone: buttons for one more and one less, how many are left, and no more than there are.
export function dots(page) {
  const purse = page.querySelector('[data-purse]');
  if (!purse) return;
  purse.querySelectorAll('[data-stepper]').forEach((stepper) => stepInto(stepper, purse));
  purse.addEventListener('input', () => count(page, purse));
  count(page, purse);
}

function stepInto(stepper, purse) {
  const field = stepper.querySelector('input');
  stepper.querySelectorAll('button').forEach((button) => {
    button.hidden = false;
    button.addEventListener('click', () => {
      if (button.getAttribute('aria-disabled') === 'true') return;
      field.value = Math.min(Math.max(number(field) + Number(button.value), 0), Number(field.max));
      purse.dispatchEvent(new Event('input', { bubbles: true }));
    });
  });
}

function count(page, purse) {
  const fields = [...purse.querySelectorAll('input')];
  const given = fields.reduce((sum, field) => sum + number(field), 0);
  const left = Number(purse.dataset.purse) - given;
  const words = page.querySelector('[data-left]');
  if (words.textContent !== String(Math.max(left, 0))) words.textContent = Math.max(left, 0);
  fields.forEach((field) => limit(field, left));
}

// A button under the finger keeps its focus when it has no more to do.
function limit(field, left) {
  if (field.type === 'checkbox') {
    field.disabled = left <= 0 && !field.checked;
    return;
  }
  const [less, more] = field.closest('[data-stepper]').querySelectorAll('button');
  less.setAttribute('aria-disabled', number(field) <= 0);
  more.setAttribute('aria-disabled', left <= 0 || number(field) >= Number(field.max));
}

function number(field) {
  if (field.type === 'checkbox') return field.checked ? 1 : 0;
  return Math.max(Math.trunc(Number(field.value)) || 0, 0);
}
