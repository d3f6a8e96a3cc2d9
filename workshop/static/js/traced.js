// A picture made of words and bars becomes one drawing: each shape and each line of words where the browser put it.
const NOT_DRAWN = '.visually-hidden, details, .keep, template, .defs, .icon, [hidden]';
const LOOKS = ['fill', 'stroke', 'stroke-width', 'opacity'];
const LETTERS = ['font-size', 'font-weight', 'font-family'];
const SAME_LINE = 2;

export function traced(figure, made) {
  const frame = figure.getBoundingClientRect();
  const at = { left: frame.left, top: frame.top, made, bottom: 0 };
  const drawing = made('svg', {});
  const walker = document.createTreeWalker(figure, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => (
    node.nodeType === Node.ELEMENT_NODE && node.matches(NOT_DRAWN) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  while (walker.nextNode()) drawing.append(...shapes(walker.currentNode, at));
  patterns(drawing).forEach((pattern) => drawing.prepend(pattern));
  drawing.setAttribute('viewBox', `0 0 ${frame.width} ${at.bottom}`);
  return drawing;
}

function shapes(node, at) {
  if (node.nodeType === Node.TEXT_NODE) return lines(node).map((line) => words(line, getComputedStyle(node.parentElement), at));
  if (node.localName === 'rect') return [bar(node, at)];
  if (node.localName === 'line') return [mark(node, at)];
  return node.namespaceURI === document.documentElement.namespaceURI ? rule(node, at) : [];
}

// The words of a text, line by line, as they were broken.
function lines(text) {
  const found = [];
  const range = document.createRange();
  [...text.data.matchAll(/\S+/g)].forEach((word) => {
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    const box = range.getBoundingClientRect();
    const last = found.at(-1);
    if (!box.width) return;
    if (!last || Math.abs(last.top - box.top) > SAME_LINE) found.push({ said: word[0], top: box.top, bottom: box.bottom, left: box.left, right: box.right });
    else Object.assign(last, { said: `${last.said} ${word[0]}`, left: Math.min(last.left, box.left), right: Math.max(last.right, box.right) });
  });
  return found;
}

const ruler = document.createElement('canvas').getContext('2d');

function words(line, looks, at) {
  const { left, top, made } = at;
  at.bottom = Math.max(at.bottom, line.bottom - top);
  const rtl = looks.direction === 'rtl';
  ruler.font = looks.font;
  const text = made('text', {
    x: (rtl ? line.right : line.left) - left,
    y: line.top - top + ruler.measureText(line.said).fontBoundingBoxAscent,
    direction: looks.direction,
    fill: looks.color,
  });
  LETTERS.forEach((name) => text.setAttribute(name, looks.getPropertyValue(name)));
  text.textContent = line.said;
  return text;
}

function bar(rect, at) {
  const box = rect.getBoundingClientRect();
  at.bottom = Math.max(at.bottom, box.bottom - at.top);
  const place = { x: box.left - at.left, y: box.top - at.top, width: box.width, height: box.height };
  return dressed(rect, at.made('rect', place));
}

function mark(line, at) {
  const { left, right, top, bottom } = line.getBoundingClientRect();
  const ends = { x1: left - at.left, y1: top - at.top, x2: right - at.left, y2: bottom - at.top };
  return dressed(line, at.made('line', ends));
}

function dressed(from, to) {
  const looks = getComputedStyle(from);
  LOOKS.forEach((name) => to.setAttribute(name, looks.getPropertyValue(name).replaceAll('"', '')));
  return to;
}

// The line under a row.
function rule(element, { left, top, made }) {
  const looks = getComputedStyle(element);
  const wide = parseFloat(looks.borderBottomWidth);
  if (!wide || looks.borderBottomStyle === 'none') return [];
  const box = element.getBoundingClientRect();
  const y = box.bottom - top - wide / 2;
  return [made('line', { x1: box.left - left, y1: y, x2: box.right - left, y2: y, stroke: looks.borderBottomColor, 'stroke-width': wide })];
}

// What bars are hatched with comes along.
function patterns(drawing) {
  const named = [...drawing.querySelectorAll('[fill^="url("]')].map((shape) => shape.getAttribute('fill').match(/#([^)]+)/)?.[1]);
  return [...new Set(named)].map((id) => document.getElementById(id)).filter(Boolean).map((pattern) => {
    const copy = pattern.cloneNode(true);
    [...pattern.children].forEach((child, number) => dressed(child, copy.children[number]));
    return copy;
  });
}
