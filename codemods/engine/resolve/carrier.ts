import type { ts } from 'ts-morph';
import type { BoundNames } from '../inline/bound-names.js';
import type { InlinePlan } from '../inline/plan-inline.js';
import type { Cause } from '../reasons.js';

/** A declaration through which code holds a source-typed value. */
export interface Carrier {
  /** Position in the list of all carriers. */
  readonly index: number;
  readonly declaration: CarrierDeclaration;
  readonly name: string;
  readonly nameNode: ts.Identifier | ts.PrivateIdentifier;
  /** The written type, if any: what a change of the declaration replaces. */
  readonly typeNode: ts.TypeNode | undefined;
  /** Also holds `undefined` or `null`. */
  readonly isNullable: boolean;
  /** Set for the type of a method, `Runner['killTask']`: what it becomes. It holds no value. */
  readonly typeUse?: { readonly slot: number; readonly method: string } | undefined;
  /** Set for a `Pick` of methods that one facet has as well. */
  readonly pickedSlot?: number | undefined;
  /** Holds several sources, or one that is still to come: a list, a map, a promise. It is asked for one facet. */
  readonly isCollection?: boolean | undefined;
  /** A variable that gets other values after its declaration. */
  readonly isReassigned?: boolean | undefined;
  /** Set for a test double: a variable that stands for the source, whatever its type. */
  readonly double?: Double | undefined;
  /** Set for what a function or an accessor gives: the value itself, or a promise of it. */
  readonly returns?: 'value' | 'promise' | undefined;
}

/** What a test hands over in place of the source: object literals of mocks that a variable holds. */
export interface Double {
  readonly sites: readonly DoubleSite[];
  /** The members of all literals that have one method of one facet to take their place. */
  readonly members: readonly DoubleMember[];
  /** Members that no method of a facet can stand for. Where all of their facets are asked for, they may be called. */
  readonly helpers: readonly HelperMember[];
  /** The written types that name the source, of the variable and in assertions: `Mocked<Runner>`. */
  readonly typeNodes: readonly ts.TypeNode[];
  /** The variable has the type of a whole source, or of its mock, so that it needs no assertion where it is used. */
  readonly isWhole: boolean;
  /** The compiler asks for all members, as no assertion spares any. */
  readonly isComplete: boolean;
}

/** A statement that makes a double: the declaration, or an assignment in `beforeEach`. */
export interface DoubleSite {
  readonly literal: ts.ObjectLiteralExpression;
  readonly statement: ts.VariableStatement | ts.ExpressionStatement;
  readonly nameNode: ts.Identifier;
  readonly members: readonly DoubleMember[];
  readonly helpers: readonly HelperMember[];
}

/** An object literal all of whose members are doubles of the source's. */
export interface DoubleLiteral {
  readonly literal: ts.ObjectLiteralExpression;
  readonly members: readonly DoubleMember[];
  readonly helpers: readonly HelperMember[];
  /** Types of assertions that name the source. */
  readonly assertions: readonly ts.TypeNode[];
}

export interface DoubleMember {
  readonly node: DoubleProperty;
  readonly name: string;
  readonly slot: number;
  /** Name of the facet's method that takes the member's place. */
  readonly method: string;
  /** Leaving it out is the same as never calling it. */
  readonly isDroppable: boolean;
}

export interface HelperMember {
  readonly node: DoubleProperty;
  readonly name: string;
  /** The facets that a call of it asks; none where it cannot be called by what moves. */
  readonly slots: readonly number[];
}

export type DoubleProperty = ts.PropertyAssignment | ts.ShorthandPropertyAssignment | ts.MethodDeclaration;

export type CarrierDeclaration = HoldingDeclaration | ReturningDeclaration | ts.IndexedAccessTypeNode;

/** A declaration that holds the value itself. */
export type HoldingDeclaration =
  | ts.ParameterDeclaration
  | ts.PropertyDeclaration
  | ts.PropertySignature
  | ts.VariableDeclaration
  | ts.BindingElement
  | ts.PropertyAssignment
  | ts.ShorthandPropertyAssignment;

/** A function whose outcome is source-typed. */
export type ReturningDeclaration =
  | ts.FunctionDeclaration
  | ts.MethodDeclaration
  | ts.MethodSignature
  | ts.GetAccessorDeclaration
  | ts.ArrowFunction
  | ts.FunctionExpression;

/** A value on its way into a carrier. */
export interface Flow {
  /** The carrier that the value is read from; `undefined` when it comes from anything else. */
  readonly from: Carrier | undefined;
  readonly target: Carrier;
  readonly site: FlowSite;
  /** What the value is written as; a binding element for a destructuring. */
  readonly expression: ts.Expression | ts.BindingElement;
  /** Evaluating it several times is the same as once. */
  readonly isPath: boolean;
  /** The facets that a facade is made of right here: no bridge is needed. */
  readonly constructed: readonly ConstructedFacet[] | undefined;
  /** A test double that is written right here: it becomes one for each facet. */
  readonly double: DoubleLiteral | undefined;
  /** Where a constant can take over an evaluation that must not be repeated. */
  readonly hoist: HoistedSource | undefined;
  /** May be `undefined` or `null` where it does not come from a carrier. */
  readonly isNullable: boolean;
  /** May be an instance of the facade's class where it does not come from a carrier. */
  readonly mayBeFacade: boolean;
  /** It is no source as a whole, but has all that is picked of one: it goes on as it is. */
  readonly isFitting: boolean;
  /** The expression is a choice, whose branches have flows of their own. */
  readonly isChoice: boolean;
  /** It is a promise of the value that goes on, not the value. */
  readonly isPromise: boolean;
  /** Where not all facets of the target are asked for, but those of what a pattern picks. */
  readonly limitedTo?: Limit;
}

/** The carriers that a pattern picks, where all that an object of its type is for is the pattern. */
export type Limit = readonly Carrier[] | undefined;

/** One facet of a facade that is constructed in place, as an expression of the code that constructs it. */
export interface ConstructedFacet {
  readonly expression: ts.Expression;
  /** The member of the expression that is the facet; the expression itself without one. */
  readonly member: string | undefined;
  /** The type has to be asserted, as the code did for the whole. */
  readonly isAsserted: boolean;
}

/** Constants for the facets of a source, declared from one evaluation before a statement. */
export interface HoistedSource {
  readonly statement: ts.Statement;
  /** A name for each slot; `undefined` where none is free. */
  readonly names: readonly (string | undefined)[];
}

export type FlowSite =
  | 'argument'
  | 'initializer'
  | 'assignment'
  | 'property'
  /** An attribute of a JSX element. */
  | 'attribute'
  | 'binding'
  | 'return'
  /** One of the values that an expression chooses between; the expression as a whole has a flow of its own. */
  | 'branch'
  /** A value that is put into a collection, or into what the elements of a literal get as their name. */
  | 'element'
  /** The elements of a collection under another name: a loop's variable, a callback's parameter. */
  | 'each';

/** A place where the value of a carrier, or another source-typed value, is used. */
export interface Use {
  readonly carrier: Carrier | undefined;
  /** What is replaced when the use is rewritten. */
  readonly node: ts.Node;
  /** The member that is used; `undefined` where the value as a whole is. */
  readonly member: string | undefined;
  readonly action: UseAction;
}

export type UseAction =
  | {
      readonly kind: 'inline';
      readonly plan: InlinePlan;
      /** Where the receiver is evaluated for several facets, if it must not be evaluated for each. */
      readonly hoist?: HoistedSource | undefined;
    }
  /** `facetsOf(e).slot`, or `e.slot` of a value of the facade's own class. */
  | { readonly kind: 'facet'; readonly slot: number; readonly value: ts.Expression }
  /** `runner.killTask` as a value, of a method that is the facet's own. */
  | { readonly kind: 'member'; readonly slot: number; readonly method: string; readonly value: ts.Expression }
  /** `const { killTask } = runner`: methods of one facet, picked by name. */
  | {
      readonly kind: 'picked';
      readonly slot: number;
      readonly value: ts.Expression;
      readonly members: readonly PickedMember[];
    }
  /** A member of a double, in an expectation for example, whose arguments may have to follow. */
  | {
      readonly kind: 'double';
      readonly member: DoubleMember;
      readonly value: ts.Expression;
      readonly expectation: InlinePlan | undefined;
    }
  /** A collection as a whole: only its name changes. */
  | { readonly kind: 'collection' }
  /** A check for presence: only the name changes. */
  | { readonly kind: 'presence'; readonly value: ts.Expression }
  /** The name in `Pick<Deps, 'runner'>`; for the facets of what the type's one pattern picks, where that is known. */
  | { readonly kind: 'key'; readonly literal: ts.LiteralTypeNode; readonly limitedTo: Limit }
  | { readonly kind: 'left'; readonly cause: Cause };

export interface PickedMember {
  readonly element: ts.BindingElement;
  readonly slot: number;
  readonly method: string;
}

/** Something about a carrier that keeps it from changing, apart from its uses. */
export interface Obstacle {
  readonly carrier: Carrier;
  readonly node: ts.Node;
  readonly cause: Cause;
}

/** A written type inside an expression that makes a collection: `new Map<string, Runner>()`. */
export interface ElementType {
  readonly carrier: Carrier;
  readonly node: ts.TypeNode;
}

/** Everything that the later phases need to know about the carriers of a project. */
export interface Resolution {
  readonly carriers: readonly Carrier[];
  /** Carriers that must get the same decision, in pairs. */
  readonly unions: readonly (readonly [Carrier, Carrier])[];
  readonly flows: readonly Flow[];
  /** Types that change with a collection, apart from the one that it is declared with. */
  readonly elementTypes: readonly ElementType[];
  readonly uses: readonly Use[];
  readonly obstacles: readonly Obstacle[];
  /** Members, each with a carrier that is declared by its type, `Deps['runner']`, and cannot stay where it moves. */
  readonly typedBy: readonly (readonly [Carrier, Carrier])[];
  /** Names of constants that the new code declares, by the block that holds them. */
  readonly boundNames: BoundNames;
  /** What members stand beside, in every type that has them. */
  readonly relatives: ReadonlyMap<Carrier, Relatives>;
}

/** What a member meets in the types that have it: in subclasses, in interfaces that extend its own, in spreads. */
export interface Relatives {
  readonly names: ReadonlySet<string>;
  readonly carriers: ReadonlySet<Carrier>;
}
