// At the door: reading aloud, and a key of one's own. Nothing more is fetched before somebody is in.
import { listen } from './listen.js';
import { freshKey } from './receipt_key.js';

listen(document);
freshKey(document);
if (document.querySelector('[data-leave-fast]')) import('./leave_fast.js'); // where the subject is sensitive
