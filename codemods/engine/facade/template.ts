/** A name that a module exports, in both spellings that a caller may need. */
export interface ExportedName {
  readonly name: string;
  /** Absolute path of the module that the facade imports it from, or of the facade's own module. */
  readonly module: string;
  /** How the facade spells that module; a package specifier is used as it is. */
  readonly specifier: string | undefined;
  /** How code of other packages imports it, where the facade's package exports it. Known while a model is written. */
  readonly published?: PublishedName | undefined;
}

/** A name as a package gives it out: `TaskExecutor` of `refacet`. */
export interface PublishedName {
  readonly specifier: string;
  readonly name: string;
}

/** The body of a facade's method as plain data: what a call of the method turns into. */
export type Template =
  | { readonly kind: 'parameter'; readonly index: number }
  | { readonly kind: 'slot'; readonly slot: number }
  | { readonly kind: 'import'; readonly imported: ExportedName }
  | { readonly kind: 'global'; readonly name: string }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'object'; readonly members: readonly TemplateMember[] }
  | { readonly kind: 'array'; readonly elements: readonly Template[] }
  | {
      readonly kind: 'call';
      readonly callee: Template;
      readonly arguments: readonly Template[];
      readonly isOptional: boolean;
      readonly isNew: boolean;
      /** How many arguments the target cannot do without. */
      readonly minimumArguments: number;
    }
  | {
      readonly kind: 'member';
      readonly object: Template;
      readonly name: string;
      readonly isOptional: boolean;
    }
  | { readonly kind: 'prefix'; readonly operator: string; readonly operand: Template }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Template;
      readonly right: Template;
    }
  | {
      readonly kind: 'conditional';
      readonly condition: Template;
      readonly whenTrue: Template;
      readonly whenFalse: Template;
    }
  | { readonly kind: 'spread'; readonly operand: Template };

/** One member of an object literal. */
export type TemplateMember =
  | {
      readonly kind: 'property';
      readonly key: string;
      readonly value: Template;
      /** The target's property may be absent and may be `undefined`: leaving it out means the same. */
      readonly isOptional: boolean;
    }
  | { readonly kind: 'spread'; readonly operand: Template };

/** The direct parts of a template, in the order in which they are evaluated. */
export function partsOf(template: Template): readonly Template[] {
  switch (template.kind) {
    case 'parameter':
    case 'slot':
    case 'import':
    case 'global':
    case 'literal':
      return [];
    case 'object':
      return template.members.map((member) => (member.kind === 'property' ? member.value : member.operand));
    case 'array':
      return template.elements;
    case 'call':
      return [template.callee, ...template.arguments];
    case 'member':
      return [template.object];
    case 'prefix':
    case 'spread':
      return [template.operand];
    case 'binary':
      return [template.left, template.right];
    case 'conditional':
      return [template.condition, template.whenTrue, template.whenFalse];
  }
}

/** The template with its direct parts changed. */
export function mapParts(template: Template, change: (part: Template) => Template): Template {
  switch (template.kind) {
    case 'parameter':
    case 'slot':
    case 'import':
    case 'global':
    case 'literal':
      return template;
    case 'object':
      return {
        kind: 'object',
        members: template.members.map((member) =>
          member.kind === 'property'
            ? { ...member, value: change(member.value) }
            : { ...member, operand: change(member.operand) },
        ),
      };
    case 'array':
      return { kind: 'array', elements: template.elements.map(change) };
    case 'call':
      return { ...template, callee: change(template.callee), arguments: template.arguments.map(change) };
    case 'member':
      return { ...template, object: change(template.object) };
    case 'prefix':
    case 'spread':
      return { ...template, operand: change(template.operand) };
    case 'binary':
      return { ...template, left: change(template.left), right: change(template.right) };
    case 'conditional':
      return {
        kind: 'conditional',
        condition: change(template.condition),
        whenTrue: change(template.whenTrue),
        whenFalse: change(template.whenFalse),
      };
  }
}

/** The slots that a template reads, each once, in ascending order. */
export function slotsIn(template: Template): readonly number[] {
  const slots = new Set<number>();
  const visit = (part: Template): void => {
    if (part.kind === 'slot') slots.add(part.slot);
    for (const inner of partsOf(part)) visit(inner);
  };
  visit(template);
  return [...slots].sort((left, right) => left - right);
}
