import type { ts } from 'ts-morph';

/** The comments that belong to one argument, in their order. */
export interface ArgumentComments {
  readonly leading: readonly string[];
  readonly trailing: readonly string[];
  /** On lines of their own after the last argument. */
  readonly below: readonly string[];
}

export const noComments: ArgumentComments = { leading: [], trailing: [], below: [] };

/** All comments of an argument. */
export function allComments({ leading, trailing, below }: ArgumentComments): readonly string[] {
  return [...leading, ...trailing, ...below];
}

/**
 * Tells which comments of an argument list belong to which argument: what stands before an argument is its own, and so
 * is what follows it on the same line, before or after the comma.
 */
export function commentsOfArguments(call: ts.CallExpression): readonly ArgumentComments[] {
  const text = call.getSourceFile().text;
  const owned = call.arguments.map(() => ({
    leading: [] as string[],
    trailing: [] as string[],
    below: [] as string[],
  }));
  call.arguments.forEach((argument, index) => {
    const previous = call.arguments[index - 1];
    const from = previous?.end ?? call.arguments.pos;
    for (const comment of commentsBetween(text, from, argument.getStart())) {
      const isTrailing = previous !== undefined && (!comment.isAfterComma || comment.endsLine);
      if (isTrailing && !text.slice(previous.end, comment.start).includes('\n')) {
        owned[index - 1]?.trailing.push(comment.text);
      } else {
        owned[index]?.leading.push(comment.text);
      }
    }
  });
  const last = call.arguments.at(-1);
  if (last !== undefined) {
    for (const comment of commentsBetween(text, last.end, call.end - 1)) {
      const isBelow = text.slice(last.end, comment.start).includes('\n');
      owned.at(-1)?.[isBelow ? 'below' : 'trailing'].push(comment.text);
    }
  }
  return owned;
}

/** Whether an argument list without arguments holds a comment. */
export function hasLooseComment(call: ts.CallExpression): boolean {
  const text = call.getSourceFile().text;
  return call.arguments.length === 0 && commentsBetween(text, call.arguments.pos, call.end - 1).length > 0;
}

/** Whether a comment only names the parameter that its argument is for: `/* isDefault *\/`, `/* isDefault= *\/`. */
export function isNameComment(comment: string, names: readonly string[]): boolean {
  const named = /^\/\*\s*(\w+)\s*[=:]?\s*\*\/$/.exec(comment)?.[1];
  return named !== undefined && names.includes(named);
}

interface Comment {
  readonly text: string;
  readonly start: number;
  readonly isAfterComma: boolean;
  readonly endsLine: boolean;
}

/** The comments in a stretch that holds nothing but space, comments and commas. */
function commentsBetween(text: string, from: number, to: number): readonly Comment[] {
  const comments: Comment[] = [];
  let isAfterComma = false;
  for (let position = from; position < to;) {
    if (text.startsWith('//', position)) {
      const lineEnd = text.indexOf('\n', position);
      const end = lineEnd < 0 || lineEnd > to ? to : lineEnd;
      comments.push({
        text: text.slice(position, end).trimEnd(),
        start: position,
        isAfterComma,
        endsLine: true,
      });
      position = end;
    } else if (text.startsWith('/*', position)) {
      const end = text.indexOf('*/', position) + 2;
      const endsLine = /^[ \t]*\r?\n/.test(text.slice(end));
      comments.push({ text: text.slice(position, end), start: position, isAfterComma, endsLine });
      position = end;
    } else {
      if (text[position] === ',') isAfterComma = true;
      position += 1;
    }
  }
  return comments;
}
