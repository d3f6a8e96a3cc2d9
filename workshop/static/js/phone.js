// A phone's page: reading aloud, drafts that survive, a key of its own, words that wait. One behaviour each.
import { here } from './here.js';
import { installed } from './installed.js';
import { leaving } from './leaving.js';
import { listen } from './listen.js';
import { keepDrafts, forgetDraft } from './drafts.js';
import { freshKey } from './receipt_key.js';
import { tellHowMany } from './count.js';
import { rememberBallot, ballotArrived } from './ballot.js';
import { dots } from './dots.js';
import { follow } from './follow.js';
import { moved, sentMedia } from './media_lines.js';
import { chip, onItsWay, told } from './on_its_way.js';
import { sending } from './sending.js';
import { steps } from './steps.js';
import { submitting } from './submitting.js';
import { unsent } from './unsent.js';
import './clock.js';

here(document);
listen(document);
freshKey(document);
keepDrafts(document);
rememberBallot(document);
dots(document);
follow(document);
installed(document);
if (document.querySelector('[data-pot]')) import('./basket.js').then(({ basket }) => basket(document));
if (window.indexedDB) { // without it the forms go by themselves
  submitting(document);
  steps(document);
  onItsWay(document);
  leaving(document);
  sending(document, { told, moved, counted });
  if (document.querySelector('[data-draft] [data-own-media]')) import('./telling.js').then(({ telling }) => telling(document));
}
if (document.querySelector('[data-ranking]')) import('./ranking.js').then(({ ranking }) => ranking(document));
if (document.querySelector('dialog[data-tablet]')) import('./tablet.js'); // on shared tablets alone
if (document.querySelector('[data-leave-fast]')) import('./leave_fast.js'); // where the subject is sensitive

function counted(items, media) {
  chip(document, items, media);
  unsent(document);
  sentMedia(document);
  tellHowMany(document);
}

const { sentActivity } = document.body.dataset;
if (sentActivity) {
  forgetDraft(sentActivity);
  ballotArrived(sentActivity);
}
