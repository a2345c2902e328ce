import { hasFailed, type Exchange, type RecordedCall } from '../recorded-call.js';
import {
  answering,
  askedAs,
  notComparable,
  type NotComparable,
  type Script,
  type Translation,
} from '../script.js';
import { rowsOf } from './image-rows.js';

const deletableAtOnce = 10;

/** The monolith deletes all revisions of a page at once, and reads the row once more before it goes. */
export const removeImage: Translation = { facade, monolith };

function facade({ exchanges }: RecordedCall): Script | NotComparable {
  const [get, ...rest] = exchanges;
  if (get === undefined) return [];
  const reread = rest.findLastIndex(({ operation }) => operation === 'dynamodb.GetItem');
  if (reread < 0) return exchanges;
  const again = rest[reread];
  const isLast = reread === rest.length - 1;
  if (again === undefined || hasFailed(again) || rowsOf(again).length === 0 || isLast)
    return notComparable('rows-read-once');
  return [get, ...rest.toSpliced(reread, 1).flatMap(inTens)];
}

function monolith({ exchanges }: RecordedCall): Script | NotComparable {
  const [get, ...rest] = exchanges;
  if (get === undefined || rest.length === 0) return exchanges;
  const merged = rest.reduce<readonly Exchange[]>(merge, []);
  if (merged.some((one) => arnsIn(one).length > deletableAtOnce)) return notComparable('deletes-in-tens');
  return merged
    .flatMap((one) => (one.operation === 'dynamodb.DeleteItem' ? [get, one] : [one]))
    .toSpliced(0, 0, get);
}

function inTens(exchange: Exchange): readonly Exchange[] {
  const arns = arnsIn(exchange);
  if (arns.length <= deletableAtOnce) return [exchange];
  return Array.from({ length: Math.ceil(arns.length / deletableAtOnce) }, (_, index) =>
    askedAs(exchange, {
      taskDefinitions: arns.slice(index * deletableAtOnce, (index + 1) * deletableAtOnce),
    }),
  );
}

/** Deletions one after the other are of one page. */
function merge(before: readonly Exchange[], one: Exchange): readonly Exchange[] {
  const last = before.at(-1);
  if (last === undefined || arnsIn(last).length === 0 || arnsIn(one).length === 0) return [...before, one];
  const taskDefinitions = [...arnsIn(last), ...arnsIn(one)];
  return [...before.slice(0, -1), answering(one.operation, { taskDefinitions }, one.answer)];
}

function arnsIn({ operation, input }: Exchange): readonly string[] {
  if (operation !== 'ecs.DeleteTaskDefinitions') return [];
  return (input as { readonly taskDefinitions?: readonly string[] }).taskDefinitions ?? [];
}
