import type { FacadeFinding, Grade } from './facade-findings.js';
import type { SlotOrigin } from './facet-fields.js';
import { mapParts, type ExportedName, type Template } from './template.js';

/** What the engine knows of a facade: plain data, so that it can be written to a file and read in another program. */
export interface FacadeModel {
  readonly facade: ExportedName;
  readonly source: ExportedName;
  /** The facets, in the order of the constructor: the order in which a carrier is split. */
  readonly slots: readonly FacadeSlot[];
  readonly methods: readonly MethodModel[];
  /** The function that gives the facets of any source-typed value. Without one, nothing that needs a bridge moves. */
  readonly wayBack: ExportedName | undefined;
  /** What concerns the facade as a whole and no method. */
  readonly findings: readonly FacadeFinding[];
}

export interface FacadeSlot {
  readonly name: string;
  readonly type: ExportedName;
  readonly origin: SlotOrigin;
  /** The field of the facade that holds it, where that is no member of its own name: a bag of facets, `#reader`. */
  readonly heldBy?: string | undefined;
}

export interface ParameterModel {
  readonly name: string;
  /** A constant that stands for a missing or `undefined` argument. */
  readonly defaultText: string | undefined;
  readonly isRest: boolean;
}

export interface MethodModel {
  readonly name: string;
  readonly parameters: readonly ParameterModel[];
  readonly grade: Grade;
  readonly findings: readonly FacadeFinding[];
  /** Missing when the method is refused. */
  readonly template: Template | undefined;
  readonly isAsync: boolean;
  /** The body hands all parameters on in their order: at a call, only the receiver and the name change. */
  readonly identity: { readonly slot: number; readonly method: string } | undefined;
  /** Its type parameters are those of the facet's method, in the same order: type arguments of a call stay. */
  readonly isGeneric?: boolean | undefined;
  /** Set for a property of the source: the facade has a getter, and perhaps a setter that sets a member of a facet. */
  readonly property?:
    { readonly written?: { readonly slot: number; readonly method: string } | undefined } | undefined;
}

/** The model of a method, when the facade has one. */
export function findMethod(model: FacadeModel, name: string): MethodModel | undefined {
  return model.methods.find((method) => method.name === name);
}

/** The model with every exported name in it changed: the facade, the source, the facets, what the bodies import. */
export function mapNames(model: FacadeModel, change: (name: ExportedName) => ExportedName): FacadeModel {
  const inTemplate = (template: Template): Template =>
    template.kind === 'import'
      ? { kind: 'import', imported: change(template.imported) }
      : mapParts(template, inTemplate);
  return {
    ...model,
    facade: change(model.facade),
    source: change(model.source),
    slots: model.slots.map((slot) => ({ ...slot, type: change(slot.type) })),
    methods: model.methods.map((method) => ({
      ...method,
      template: method.template && inTemplate(method.template),
    })),
    wayBack: model.wayBack && change(model.wayBack),
  };
}
