// The key of the receipt is made on the person's own phone: 128 bits, as 32 hexadecimal digits.
export function freshKey(page) {
  const field = page.querySelector('[data-fresh-key]');
  if (!field || !window.crypto?.getRandomValues) return;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  field.value = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
