// A phone's page: reading aloud, drafts that survive, a key of its own. One behaviour each.
import { listen } from './listen.js';
import { keepDrafts, forgetDraft, forgetAll } from './drafts.js';
import { freshKey } from './receipt_key.js';
import './clock.js';

listen(document);
freshKey(document);
keepDrafts(document);

const { sentActivity, wipe } = document.body.dataset;
if (sentActivity) forgetDraft(sentActivity);
if (wipe) forgetAll();
