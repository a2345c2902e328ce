import { isSameRegistry, parseImageReference } from '../../../src/providers/shared/parse-image-reference.js';
import { hasFailed, type Exchange, type RecordedCall } from '../recorded-call.js';
import {
  answering,
  askedAs,
  exchangesOf,
  isCutOff,
  notComparable,
  type NotComparable,
  type Script,
  type ScriptedExchange,
  type Translation,
} from '../script.js';
import { isDefaultSize, isTaken, marksOf, transactionOf, writesOf } from './default-marks.js';
import { rowsOf, textOf } from './image-rows.js';

/**
 * Roles, the row that may be there, the default that may be there, ECS, the row. The monolith takes marks away one by
 * one, the facade in one transaction.
 */
export const registerImage: Translation = { facade, monolith };

function facade(call: RecordedCall): Script | NotComparable {
  const beginning = beginningOf(call);
  if ('row' in beginning) return beginning;
  const { script, found, isDefault } = beginning;
  if (found !== undefined) {
    if (textOf(found, 'image_id') === '') return notComparable('registry-in-the-id');
    const { query, updates } = marksOf(call);
    if (query === undefined) return script;
    if (updates.length === 0) return [...script, query];
    if (updates.some(hasFailed)) return notComparable('one-default');
    const transaction = transactionOf(updates, undefined, textOf(found, 'image_id'));
    return transaction === undefined ? notComparable('one-default') : [...script, query, transaction];
  }
  if (!beginning.isNew) return script;
  const { definition, rest } = definitionOf(call);
  const before = [
    ...script,
    withRegistry(script, String(call.args[0])),
    ...defaultQueryOf(call),
    ...definition,
  ];
  const arn = arnOf(definition[0]);
  if (arn === undefined) return before;
  const undo = answering('ecs.DeregisterTaskDefinition', { taskDefinition: arn }, {});
  const put = rest.find(({ operation }) => operation === 'dynamodb.PutItem');
  const { query, updates } = isDefault
    ? marksOf({ ...call, exchanges: rest })
    : { query: undefined, updates: [] };
  const reread = exchangesOf({ ...call, exchanges: rest }, 'dynamodb.GetItem');
  if (reread.some((read) => hasFailed(read) || rowsOf(read).length > 0))
    return notComparable('rows-read-once');
  if (query !== undefined && put === undefined && updates.length === 0) return [...before, query, undo];
  if (put === undefined) return notComparable('one-default');
  // The monolith writes under no condition that could fail; the facade takes such a failure for a row that is there.
  if (isTaken(put)) return notComparable('no-definition-without-a-row');
  if (query === undefined) return [...before, ...stored(put, undo)];
  if (hasFailed(put) || updates.some(hasFailed)) return notComparable('one-default');
  const transaction = transactionOf(updates, put);
  return transaction === undefined ? notComparable('one-default') : [...before, query, transaction];
}

function monolith(call: RecordedCall): Script | NotComparable {
  const beginning = beginningOf(call);
  if ('row' in beginning) return beginning;
  const { script, found } = beginning;
  const writes = writesOf(call);
  if (writes === undefined) return notComparable('one-default');
  if (found !== undefined) {
    const [query] = exchangesOf(call, 'dynamodb.Query');
    if (query === undefined) return script;
    if (writes.length === 0) return [...script, query];
    return isDefaultSize(found) ? [...script, query, ...writes] : notComparable('one-default');
  }
  if (!beginning.isNew) return script;
  const { definition, rest } = definitionOf(call);
  const reads = exchangesOf({ ...call, exchanges: call.exchanges.slice(script.length) }, 'dynamodb.GetItem');
  if (reads.some((read) => hasFailed(read) || rowsOf(read).length > 0))
    return notComparable('registry-in-the-id');
  const before = [...script, ...defaultQueryOf(call), ...definition];
  const [query] = exchangesOf({ ...call, exchanges: rest }, 'dynamodb.Query');
  const put = writes.at(-1);
  if (put === undefined) return query === undefined ? before : [...before, query];
  const reread = { ...answering('dynamodb.GetItem', script.at(-1)?.input, {}) };
  return [...before, ...(query === undefined ? [] : [query]), ...writes.slice(0, -1), reread, put];
}

/** Up to the row that may be there: alike in both. */
function beginningOf(call: RecordedCall):
  | NotComparable
  | {
      readonly script: readonly Exchange[];
      readonly found?: ReturnType<typeof rowsOf>[number] | undefined;
      readonly isNew: boolean;
      readonly isDefault: boolean;
    } {
  const [image, wanted, , , , , platform] = call.args as readonly [string, boolean | undefined, ...unknown[]];
  const { tag, registry } = parseImageReference(image);
  if (tag === '') return notComparable('one-parser');
  if (platform === 'linux/arm64' || platform === 'linux/amd64') return notComparable('oci-platforms');
  if (exchangesOf(call, 'dynamodb.Query').some(isListOfMarksCutOff)) return notComparable('pages-to-the-end');
  const roles = exchangesOf(call, 'iam.GetRole');
  const [get] = exchangesOf(call, 'dynamodb.GetItem');
  const script = get === undefined ? roles : [...roles, get];
  const [found] = rowsOf(get);
  if (found !== undefined && !isSameRegistry(textOf(found, 'image_registry'), registry))
    return notComparable('registry-in-the-id');
  const isNew = get !== undefined && !hasFailed(get) && found === undefined;
  const [query] = defaultQueryOf(call);
  const isDefault = wanted ?? (query !== undefined && !hasFailed(query) && rowsOf(query).length === 0);
  return { script, found, isNew, isDefault };
}

/** A look for one default is meant to end early. */
function isListOfMarksCutOff(query: Exchange): boolean {
  return (query.input as { readonly Limit?: number }).Limit === undefined && isCutOff(query);
}

/** The look whether there is a default; only where nobody said whether this is to be it. */
function defaultQueryOf(call: RecordedCall): Script {
  const [query] = call.args[1] === undefined ? exchangesOf(call, 'dynamodb.Query') : [];
  return query === undefined ? [] : [query];
}

/** The task definition with its tags, and what comes after them. */
function definitionOf({ exchanges }: RecordedCall): { definition: Script; rest: readonly Exchange[] } {
  const isOfDefinition = ({ operation }: Exchange): boolean =>
    operation === 'ecs.RegisterTaskDefinition' || operation === 'ecs.TagResource';
  const last = exchanges.findLastIndex(isOfDefinition);
  return {
    definition: exchanges.filter(isOfDefinition),
    rest: last < 0 ? [] : exchanges.slice(last + 1),
  };
}

function arnOf(registered: Exchange | undefined): string | undefined {
  const answer = registered?.answer as { taskDefinition?: { taskDefinitionArn?: string } } | undefined;
  return answer?.taskDefinition?.taskDefinitionArn;
}

/** The ID that the image would have beside one of another registry: only the facade gives it, so it is not taken. */
function withRegistry(script: Script, image: string): ScriptedExchange {
  const { name, tag } = parseImageReference(image);
  const first = script.at(-1)?.input as { readonly TableName?: string; readonly Key?: unknown } | undefined;
  return {
    ...answering('dynamodb.GetItem', first, {}),
    accepts: (input) => {
      const { TableName, Key } = input as { TableName?: string; Key?: { image_id?: { S?: string } } };
      const isOfImage = Key?.image_id?.S?.startsWith(`${name}:${tag}-`) === true;
      return TableName === first?.TableName && isOfImage;
    },
  };
}

/** A row that is stored under the condition that there is none; a definition without one is taken back. */
function stored(put: Exchange, undo: Exchange): Script {
  const input = { ...(put.input as object), ConditionExpression: 'attribute_not_exists(image_id)' };
  return hasFailed(put) ? [askedAs(put, input), undo] : [askedAs(put, input)];
}
