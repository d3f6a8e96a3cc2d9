// Draws what depends on the time: how long is left, clock times in this place, the now-line, how far we have drifted.
// Calm: whole minutes, no colour, nothing that blinks.
const MINUTE = 60000;
const language = document.documentElement.lang;
const minutes = new Intl.NumberFormat(language, { style: 'unit', unit: 'minute', unitDisplay: 'long' });
const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

export function draw(page = document) {
  const now = Date.now();
  page.querySelectorAll('[data-clock]').forEach((each) => left(each, now));
  page.querySelectorAll('.run-sheet').forEach((sheet) => times(sheet, now));
  page.querySelectorAll('[data-time]:not(.run-sheet *)').forEach((each) => write(each, clock.format(new Date(each.dateTime))));
  page.querySelectorAll('.now-line[data-until]').forEach((line) => moveTo(line, now));
  page.querySelectorAll('[data-calm-until]').forEach((each) => calm(each, now));
  page.querySelectorAll('[data-drift]').forEach((each) => drifted(each, now));
}

function left(each, now) {
  const rest = Math.ceil((new Date(each.dateTime) - now) / MINUTE);
  const over = rest <= 0 && each.dataset.over;
  write(each, over || minutes.format(Math.max(rest, 0)));
  const label = each.closest('.clock')?.querySelector('.label');
  if (label) label.hidden = Boolean(over);
}

// Silence: a ring that grows smaller, and nothing that counts.
function calm(ring, now) {
  const ends = new Date(ring.dataset.calmUntil);
  ring.dataset.from ||= String(now);
  const share = (ends - now) / Math.max(ends - Number(ring.dataset.from), 1000);
  ring.setAttribute('r', (8 + 36 * Math.max(0, Math.min(1, share))).toFixed(1));
}

// What nobody has opened yet cannot begin in the past: a late room moves the whole forecast.
function times(sheet, now) {
  const expected = [...sheet.querySelectorAll('[data-time][data-expected="1"]')];
  const late = expected.length ? Math.max(0, now - new Date(expected[0].dateTime)) : 0;
  sheet.querySelectorAll('[data-time]').forEach((each) => {
    const shift = each.dataset.expected === '1' ? late : 0;
    write(each, clock.format(new Date(new Date(each.dateTime).getTime() + shift)));
  });
}

function moveTo(line, now) {
  const from = new Date(line.dataset.from).getTime();
  const until = new Date(line.dataset.until).getTime();
  const gone = Math.min(Math.max((now - from) / Math.max(until - from, MINUTE), 0), 1);
  const part = `${(16 + 76 * gone).toFixed(1)}%`;
  line.querySelector('line').setAttribute('y2', part);
  line.querySelector('circle').setAttribute('cy', part);
}

function drifted(each, now) {
  const here = Math.max(now, each.dataset.ends ? new Date(each.dataset.ends).getTime() : 0);
  const off = Math.round((here - new Date(each.dataset.drift)) / MINUTE);
  const words = off > 0 ? each.dataset.behind : off < 0 ? each.dataset.ahead : each.dataset.onTime;
  write(each.querySelector('span'), words.replace('#', new Intl.NumberFormat(language).format(Math.abs(off))));
  each.hidden = false;
}

function write(each, words) {
  if (each.textContent !== words) each.textContent = words;
}

draw();
setInterval(draw, 1000);
document.addEventListener('live:shown', () => draw());
