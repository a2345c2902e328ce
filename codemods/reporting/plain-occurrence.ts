import { ts } from 'ts-morph';
import { innermostNode } from '../engine/innermost-node.js';
import { occurrenceOutsideCode, ownerOfDeclaration, type Occurrence } from './occurrence-kinds.js';

/**
 * Tells what names are in files that hold no value of the source, as far as that can be told without types: comments,
 * strings, declarations, and members of what the file itself declares. `undefined` where somebody must look closer.
 */
export class PlainOccurrences {
  #declarations: ReadonlyMap<string, readonly ts.Node[]> | undefined;

  constructor(
    private readonly file: ts.SourceFile,
    private readonly root: string,
  ) {}

  read(position: number, name: string): Occurrence | undefined {
    const node = innermostNode(this.file, position);
    const outside = occurrenceOutsideCode(node, name);
    if (outside !== undefined) return outside;
    const declaration = this.#declarationOf(node as ts.Identifier | ts.PrivateIdentifier);
    return declaration && { kind: 'unrelated', owner: ownerOfDeclaration(declaration, this.root) };
  }

  #declarationOf(node: ts.Identifier | ts.PrivateIdentifier): ts.Node | undefined {
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
      const type = this.#typeNameOf(parent.expression);
      return type === undefined ? undefined : this.#memberOf(type, node.text);
    }
    if ((parent as ts.NamedDeclaration).name !== node || !ts.isExternalModule(this.file)) return undefined;
    if (ts.isFunctionDeclaration(parent) || ts.isVariableDeclaration(parent) || ts.isParameter(parent))
      return parent;
    const holder = parent.parent;
    // A method of a literal is its own; a property may be a pattern's, and name what something else declares.
    if (ts.isObjectLiteralExpression(holder)) return ts.isMethodDeclaration(parent) ? parent : undefined;
    return isNamedHolder(holder) ? this.#memberOf(holder.name.text, node.text) : undefined;
  }

  /** The name of the type of a value that says it itself, or whose every declaration of its name says the same. */
  #typeNameOf(value: ts.Expression): string | undefined {
    if (!ts.isIdentifier(value)) return undefined;
    const types = (this.#all().get(value.text) ?? []).map((one) => {
      const isTyped = ts.isParameter(one) || ts.isVariableDeclaration(one);
      const type = isTyped ? one.type : undefined;
      const isPlain = type !== undefined && ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName);
      return isPlain ? type.typeName.text : undefined;
    });
    const [first] = types;
    return types.every((one) => one === first) ? first : undefined;
  }

  /** A member that the only declaration of a type's name has itself. */
  #memberOf(type: string, name: string): ts.Node | undefined {
    const [holder, another] = this.#all().get(type) ?? [];
    if (holder === undefined || another !== undefined || !isNamedHolder(holder)) return undefined;
    if (holder.parent !== this.file || !ts.isExternalModule(this.file)) return undefined;
    const members: readonly ts.Node[] = holder.members;
    return members.find((one) => (one as ts.NamedDeclaration).name?.getText(this.file) === name);
  }

  /** What declares each name in the file, wherever. */
  #all(): ReadonlyMap<string, readonly ts.Node[]> {
    if (this.#declarations !== undefined) return this.#declarations;
    const found = new Map<string, ts.Node[]>();
    const visit = (node: ts.Node): void => {
      const name = declaredName(node);
      if (name !== undefined) {
        const known = found.get(name);
        if (known === undefined) found.set(name, [node]);
        else known.push(node);
      }
      ts.forEachChild(node, visit);
    };
    visit(this.file);
    return (this.#declarations = found);
  }
}

type NamedHolder = (ts.ClassDeclaration | ts.InterfaceDeclaration) & { readonly name: ts.Identifier };

function isNamedHolder(node: ts.Node): node is NamedHolder {
  return (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node)) && node.name !== undefined;
}

/** The name that a node gives a meaning to in some scope; members are in none. */
function declaredName(node: ts.Node): string | undefined {
  const isMember =
    ts.isClassElement(node) ||
    ts.isTypeElement(node) ||
    ts.isObjectLiteralElement(node) ||
    ts.isEnumMember(node);
  if (isMember || ts.isPropertyAccessExpression(node)) return undefined;
  const { name } = node as { readonly name?: ts.Node };
  return name !== undefined && ts.isIdentifier(name) ? name.text : undefined;
}
