// Every picture of a page can be kept as a file: SVG for print of any size, PNG for slides. Nothing leaves the computer.
import { traced } from './traced.js';

const LOOKS = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'font-size', 'font-weight', 'font-family'];
const LINE = 24;
const EDGE = 12;
const PIXELS = 1600;

document.querySelectorAll('figure[data-picture]').forEach((figure) => {
  const buttons = document.querySelector('template[data-keep-picture]').content.cloneNode(true);
  buttons.querySelector('[data-as="svg"]').addEventListener('click', () => save(figure, 'svg', vector(figure)));
  buttons.querySelector('[data-as="png"]').addEventListener('click', async () => save(figure, 'png', await pixels(figure)));
  buttons.querySelector('summary').append(hidden(title(figure)));
  figure.append(buttons);
});

// The drawing with the looks that it has on this page, its title above and its letters below.
function drawing(figure) {
  const here = figure.querySelector(':scope > svg');
  return here ? drawn(figure, here) : grounded(traced(figure, made));
}

// What is traced has its title in it.
function grounded(copy) {
  const [, , width, height] = copy.getAttribute('viewBox').split(' ').map(Number);
  const whole = [-EDGE, -EDGE, width + 2 * EDGE, height + 2 * EDGE];
  return framed(copy, whole);
}

function drawn(figure, here) {
  const copy = here.cloneNode(true);
  const { width, height } = here.viewBox.baseVal;
  const below = (figure.dataset.legend ?? '').split('\n').filter(Boolean);
  dress(here, copy);
  const whole = [-EDGE, -2 * LINE, width + 2 * EDGE, height + (2.5 + below.length) * LINE];
  framed(copy, whole);
  const ink = getComputedStyle(figure);
  copy.append(words(title(figure), -LINE, width, ink, 'bold'));
  below.forEach((line, at) => copy.append(words(line, height + (at + 1) * LINE, width, ink)));
  return copy;
}

function framed(copy, whole) {
  const sizes = { viewBox: whole.join(' '), width: whole[2] * 2, height: whole[3] * 2, xmlns: copy.namespaceURI };
  Object.entries(sizes).forEach(([name, value]) => copy.setAttribute(name, value));
  copy.prepend(made('rect', { x: whole[0], y: whole[1], width: whole[2], height: whole[3], fill: ground() }));
  return copy;
}

function dress(from, to) {
  const looks = getComputedStyle(from);
  LOOKS.forEach((name) => { if (looks.getPropertyValue(name)) to.setAttribute(name, looks.getPropertyValue(name)); });
  ['class', 'aria-hidden', 'focusable'].forEach((name) => to.removeAttribute(name));
  [...from.children].forEach((child, at) => dress(child, to.children[at]));
}

function words(text, y, width, ink, weight = 'normal') {
  const rtl = document.documentElement.dir === 'rtl';
  const line = made('text', {
    x: rtl ? width : 0, y, 'text-anchor': rtl ? 'end' : 'start', fill: ink.color, stroke: 'none', 'font-size': '14px', 'font-weight': weight,
  });
  line.textContent = `\u2068${text}\u2069`;
  return line;
}

function made(tag, attributes) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  return element;
}

function hidden(said) {
  const span = document.createElement('span');
  span.className = 'visually-hidden';
  span.textContent = `: ${said}`;
  return span;
}

function ground() {
  const body = getComputedStyle(document.body).backgroundColor;
  return body === 'rgba(0, 0, 0, 0)' ? getComputedStyle(document.documentElement).backgroundColor : body;
}

function title(figure) {
  return (figure.querySelector('figcaption, h2, h3')?.textContent ?? figure.getAttribute('aria-label')).trim();
}

function vector(figure) {
  return new Blob([new XMLSerializer().serializeToString(drawing(figure))], { type: 'image/svg+xml' });
}

async function pixels(figure) {
  const image = new Image();
  image.src = URL.createObjectURL(vector(figure));
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = PIXELS;
  canvas.height = Math.round(PIXELS * image.naturalHeight / image.naturalWidth);
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done) => { canvas.toBlob(done, 'image/png'); });
}

function save(figure, kind, blob) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${title(figure).replace(/[\\/:*?"<>|\s]+/g, '-').slice(0, 60)}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
