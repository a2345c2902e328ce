import { exchangesOf, isCutOff, notComparable, type Translation } from '../script.js';
import { type Lookup, facadeLookup, monolithLookup } from './image-lookup.js';
import type { NotComparable, Script } from '../script.js';
import type { RecordedCall } from '../recorded-call.js';

/** Both scan the whole table; the monolith stops after a page. */
export const listImages: Translation = { facade: onePage, monolith: onePage };

function onePage(call: RecordedCall): Script | NotComparable {
  return call.exchanges.some(isCutOff) ? notComparable('pages-to-the-end') : call.exchanges;
}

/** The default is found alike; everything else is looked up. */
export const getImage: Translation = {
  facade: (call) => getBy(call, facadeLookup),
  monolith: (call) => getBy(call, monolithLookup),
};

function getBy(
  call: RecordedCall,
  lookUp: (call: RecordedCall, image: string) => Lookup | NotComparable,
): Script | NotComparable {
  const image = String(call.args[0]);
  if (image === '') return exchangesOf(call, 'dynamodb.Query');
  const lookup = lookUp(call, image);
  return 'script' in lookup ? lookup.script : lookup;
}
