import { copyData } from '../copy-data.js';
import type { Item } from './attribute-value.js';
import { parsePath, valueAt } from './expression-scope.js';
import type { DocumentPath, ExpressionScope } from './expression-scope.js';
import { Tokens } from './expression-tokens.js';

/** What is left of an item. Only whole attributes: nothing in the project projects parts of one. */
export function parseProjection(
  expression: string | undefined,
  scope: ExpressionScope,
): (item: Item) => Item {
  if (expression === undefined) return (item) => copyData(item);
  const tokens = new Tokens(expression, 'ProjectionExpression');
  const paths: DocumentPath[] = [];
  do paths.push(parsePath(tokens, scope));
  while (tokens.takeIf(','));
  if (!tokens.isAtEnd) throw tokens.syntaxError();
  if (paths.some(({ length }) => length > 1)) throw new Error('The model projects whole attributes only.');

  return (item) =>
    Object.fromEntries(
      paths.flatMap((path) => {
        const value = valueAt(item, path);
        return value ? [[String(path[0]), copyData(value)]] : [];
      }),
    );
}
