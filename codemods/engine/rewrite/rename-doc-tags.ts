import { ts } from 'ts-morph';
import { findMethod } from '../facade/facade-model.js';
import type { Carrier } from '../resolve/carrier.js';
import type { FileRewriter } from './file-rewriter.js';
import { slotTypeName } from './slot-names.js';

/** Keeps the comment of a function true whose parameter moves: one `@param` per facet, links to the facets' methods. */
export function renameDocTags(rewriter: FileRewriter, carrier: Carrier): void {
  const { declaration } = carrier;
  if (!ts.isParameter(declaration)) return;
  for (const owner of documented(declaration.parent)) {
    const { text } = rewriter.file;
    const comment = ts
      .getLeadingCommentRanges(text, owner.getFullStart())
      ?.filter(({ pos }) => text.startsWith('/**', pos))
      .at(-1);
    if (comment === undefined) continue;
    renameTags(rewriter, carrier, comment);
    renameLinks(rewriter, carrier, comment);
  }
}

/** The nodes whose comments are about a function: for a constructor its class as well. */
function documented(owner: ts.SignatureDeclaration): readonly ts.Node[] {
  if (ts.isConstructorDeclaration(owner)) return [owner, owner.parent];
  const statement = ts.isVariableDeclaration(owner.parent)
    ? ts.findAncestor(owner, ts.isVariableStatement)
    : undefined;
  return [statement ?? owner];
}

function renameTags(rewriter: FileRewriter, carrier: Carrier, { pos, end }: ts.CommentRange): void {
  const { text } = rewriter.file;
  const tag = new RegExp(`(@param[ \\t]+)${carrier.name}(?![\\w$])`).exec(text.slice(pos, end));
  if (tag === null) return;
  const start = pos + tag.index;
  const rest = text.slice(start, end);
  // A tag reaches to the next one, or to the end of the comment.
  const stop = start + (/\r?\n[ \t]*\*(?:[ \t]*@|\/)|[ \t]*\*\/$/.exec(rest)?.index ?? rest.length);
  const [head = ''] = tag;
  const following = text.slice(start + head.length, stop);
  const margin = /[ \t]*\*?[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', start) + 1, start))?.[0] ?? ' * ';
  const slots = rewriter.slotsOf(carrier) ?? [];
  rewriter.edit(carrier, {
    start,
    end: stop,
    key: 'tag',
    build: () =>
      slots
        .map((slot) => `${tag[1] ?? ''}${rewriter.nameOf(carrier, slot)}${following}`)
        .join(`${rewriter.style.newline}${margin}`),
  });
}

/** `{@link Runner.killTask}`, where the method is that of a facet that the function takes now. */
function renameLinks(rewriter: FileRewriter, carrier: Carrier, { pos, end }: ts.CommentRange): void {
  const { model, file } = rewriter;
  const slots = rewriter.slotsOf(carrier) ?? [];
  const links = new RegExp(`(\\{@link(?:code|plain)?\\s+)${model.source.name}[.#](\\w+)`, 'g');
  for (const link of file.text.slice(pos, end).matchAll(links)) {
    const [whole, head = '', member = ''] = link;
    const identity = findMethod(model, member)?.identity;
    if (identity === undefined || !slots.includes(identity.slot)) continue;
    const start = pos + link.index + head.length;
    rewriter.imports.releaseLink(pos + link.index);
    rewriter.edit(carrier, {
      start,
      end: pos + link.index + whole.length,
      key: 'link',
      build: () => `${slotTypeName(rewriter, carrier, identity.slot)}.${identity.method}`,
    });
  }
}
