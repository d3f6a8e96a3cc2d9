// What can be measured on a page. Each function returns words about what is wrong; an empty list is good.
const start = (each) => (each.textContent || each.name || '').trim().slice(0, 40);
const name = (each) => `${each.localName}.${each.className?.baseVal ?? each.className} «${start(each)}»`;
const all = (selector) => [...document.querySelectorAll(selector)];

function widerThanTheWindow() {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const reversed = document.documentElement.dir === 'rtl';
  const out = all('body *').filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width > 1 && (reversed ? box.left < -1 : box.right > root.clientWidth + 1);
  });
  return [...out.slice(0, 5).map(name), `the page: ${root.scrollWidth} > ${root.clientWidth}`];
}

// A poster has no scroll bar: what does not fit is not there. The wall lets its oldest cards go; all else must fit.
function outOfThePoster() {
  return all('.poster *').filter((each) => {
    if (each.closest('.wall, svg, .visually-hidden') || each.textContent.trim() === '') return false;
    const box = each.getBoundingClientRect();
    return box.height > 1 && box.bottom > innerHeight + 1;
  }).slice(0, 5).map(name);
}

// Words that are cut on purpose, with the whole of them a tap away, end in an ellipsis; the small stage is a
// picture of the room's screen.
function clipped() {
  const hides = (value) => value === 'hidden' || value === 'clip';
  return all('body *').filter((each) => {
    const style = getComputedStyle(each);
    if (each.closest('svg, .visually-hidden, .skip, .stage-view') || style.clipPath !== 'none') return false;
    if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none' || each.textContent.trim() === '') return false;
    return (hides(style.overflowY) && each.scrollHeight > each.clientHeight + 2)
      || (hides(style.overflowX) && each.scrollWidth > each.clientWidth + 2);
  }).map(name);
}

// A link within a sentence may be as low as its line; everything else is for thumbs.
function smallerThan(least) {
  return all('a[href], button, input:not([type=hidden]), select, textarea, summary').filter((each) => {
    if (each.closest('.skip, .visually-hidden') || !each.checkVisibility()) return false;
    if (each.matches('a') && getComputedStyle(each).display === 'inline' && each.closest('p, li')) return false;
    const box = (each.closest('label') ?? each).getBoundingClientRect();
    return box.width > 0 && (box.width < least - 0.5 || box.height < least - 0.5);
  }).map((each) => {
    const box = each.getBoundingClientRect();
    return `${name(each)} ${Math.round(box.width)}x${Math.round(box.height)}`;
  });
}

function running() {
  return document.getAnimations()
    .filter((each) => each.playState === 'running' && each.effect.getTiming().duration > 0)
    .map((each) => name(each.effect.target));
}

// A reader's own spacing, as WCAG 1.4.12 gives it.
function space() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

// Where the focus is: on what, whether it can be seen there, whether it has a ring. Null: on nothing.
function focused() {
  const here = document.activeElement;
  if (here === document.body || here === null) return null;
  const face = here.matches('.tile > input') ? here.nextElementSibling : here.querySelector('.tile-face') ?? here;
  const box = face.getBoundingClientRect();
  const spot = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, innerHeight) / 2);
  const label = here.closest('label');
  const style = getComputedStyle(face);
  return {
    what: name(here),
    id: here.id,
    seen: spot !== null && (here.contains(spot) || face.contains(spot) || (label?.contains(spot) ?? false)),
    ring: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none',
  };
}
