// A phone's page: reading aloud, drafts that survive, a key of its own. One behaviour each.
import { listen } from './listen.js';
import { keepDrafts, forgetDraft, forgetAll } from './drafts.js';
import { freshKey } from './receipt_key.js';
import { rememberBallot, ballotArrived } from './ballot.js';
import { dots } from './dots.js';
import { follow } from './follow.js';
import { sending } from './sending.js';
import './clock.js';

listen(document);
freshKey(document);
keepDrafts(document);
rememberBallot(document);
dots(document);
follow(document);
sending(document);

const { sentActivity, wipe } = document.body.dataset;
if (sentActivity) {
  forgetDraft(sentActivity);
  ballotArrived(sentActivity);
}
if (wipe) forgetAll();
