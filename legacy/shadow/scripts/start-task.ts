import type { Tag } from '@aws-sdk/client-ecs';
import { taskDefinitionFamily } from '../../../src/providers/aws/task-definition-family.js';
import { timeLimitTags } from '../../../src/providers/aws/time-limit.js';
import { looksLikeImageId } from '../../../src/providers/shared/looks-like-image-id.js';
import { hasFailed, type Exchange, type RecordedCall } from '../recorded-call.js';
import {
  answering,
  exchangesOf,
  notComparable,
  type NotComparable,
  type Script,
  type Translation,
} from '../script.js';
import { facadeLookup, hasUnreadableRow, type Lookup, monolithLookup } from './image-lookup.js';
import { type Row, rowsOf, textOf } from './image-rows.js';

const row = 'start-by-id';

/** The image is looked up, then the task is run; scripts and the sidecar's variables are not compared. */
export const startTask: Translation = { facade, monolith };

function facade(call: RecordedCall): Script | NotComparable {
  const image = imageOf(call);
  const lookup = image === '' ? byDefault(call) : facadeLookup(call, image);
  return runBehind(call, lookup, limitOf(call));
}

function monolith(call: RecordedCall): Script | NotComparable {
  const image = imageOf(call);
  const lookup = image === '' ? byDefaultReference(call) : monolithLookup(call, image);
  return runBehind(call, lookup, []);
}

function runBehind(
  call: RecordedCall,
  lookup: Lookup | NotComparable,
  limit: readonly Tag[],
): Script | NotComparable {
  if (!('script' in lookup)) return lookup;
  const { script, found } = lookup;
  const [run] = exchangesOf(call, 'ecs.RunTask');
  if (found === undefined) return run === undefined ? script : notComparable(row);
  // One found it and yet started nothing: what it read was no image, or not the image that the other one finds.
  if (run === undefined) {
    const isOfSameRow = hasUnreadableRow(call) && script.length === call.exchanges.length;
    return isOfSameRow ? script : notComparable(row);
  }
  const { taskDefinition } = run.input as { readonly taskDefinition?: string };
  // One takes the family from the row, the other makes it of the ID.
  const families = [textOf(found, 'task_definition_family'), taskDefinitionFamily(textOf(found, 'image_id'))];
  if (!families.every((family) => family === taskDefinition)) return notComparable(row);
  return [...script, { ...run, input: withLimit(run.input, limit, limitOf(call)) }];
}

/** The facade keeps a time limit with the task, where the monolith forgets it. */
function withLimit(input: unknown, limit: readonly Tag[], either: readonly Tag[]): unknown {
  const { tags = [], ...others } = input as { readonly tags?: readonly Tag[] };
  const own = tags.filter(({ key }) => !either.some((one) => one.key === key));
  return { ...others, tags: [...own, ...limit] };
}

function limitOf({ args }: RecordedCall): readonly Tag[] {
  return timeLimitTags((args[1] as { readonly timeout?: number }).timeout);
}

/** The facade starts the default by the ID of its row. */
function byDefault(call: RecordedCall): Lookup {
  const queries = exchangesOf(call, 'dynamodb.Query');
  return { script: queries, found: rowsOf(queries[0])[0] };
}

/** The monolith looks the default up once more, by its reference. */
function byDefaultReference(call: RecordedCall): Lookup | NotComparable {
  const [query] = exchangesOf(call, 'dynamodb.Query');
  const [found] = rowsOf(query);
  if (query === undefined || hasFailed(query) || found === undefined) return byDefault(call);
  if (exchangesOf(call, 'ecs.RunTask').length === 0) return notComparable(row);
  const reference = textOf(found, 'image');
  if (reference === '' || looksLikeImageId(reference)) return notComparable(row);
  return { script: [query, scanFor(query, reference, found)], found };
}

function scanFor(query: Exchange, reference: string, found: Row): Exchange {
  const { TableName } = query.input as { readonly TableName?: string };
  const input = {
    TableName,
    FilterExpression: 'image = :image',
    ExpressionAttributeValues: { ':image': { S: reference } },
    Limit: 100,
  };
  // Of several rows of one reference the monolith takes the default one, which this is.
  return answering('dynamodb.Scan', input, { Items: [found] });
}

function imageOf({ args }: RecordedCall): string {
  return (args[1] as { readonly image?: string }).image ?? '';
}
