import type { Cause } from './reasons.js';

/** What a person reads about a reason: what was seen, and what to do about it. */
export interface Explanation {
  readonly seen: string;
  readonly next: string;
}

/** Puts a reason into words. Exhaustive, so that a new reason cannot be left without them. */
export function explain({ reason, detail }: Cause): Explanation {
  const about = detail === undefined ? '' : ` (${detail})`;
  const say = (seen: string, next: string): Explanation => ({ seen: `${seen}${about}.`, next });
  switch (reason) {
    case 'evaluation-order':
      return say(
        'The arguments would be evaluated in another order',
        'Put the argument with the effect into a const before the call.',
      );
    case 'dropped-effect':
      return say(
        'The facade does not use an argument whose evaluation has an effect',
        'Move the effect into a statement of its own.',
      );
    case 'repeated-argument':
      return say(
        'The facade uses an argument twice that must be evaluated once',
        'Put it into a const before the call.',
      );
    case 'conditional-argument':
      return say(
        'The facade would evaluate an argument only sometimes',
        'Put it into a const before the call.',
      );
    case 'binding-loses-type':
      return say(
        'A const for the argument would have another type',
        'Declare the const with its type and pass it.',
      );
    case 'argument-loses-type':
      return say(
        'A function among the arguments would get parameters of other types from the facet',
        'Write the types of its parameters.',
      );
    case 'default-applies-at-run-time':
      return say(
        'Whether the default applies is only known at run time',
        'Resolve the default before the call.',
      );
    case 'spread-argument':
      return say('The arguments are spread', 'Write them out.');
    case 'argument-count':
      return say('The call has more arguments than the method has parameters', 'Remove the extra ones.');
    case 'result-type-differs':
      return say(
        'The facet returns another type, and the call has no written type to hold it to',
        'Write the type of the variable.',
      );
    case 'type-arguments':
      return say('The call has type arguments', 'Remove them where they are inferred.');
    case 'comment-cannot-move':
      return say(
        'A comment among the arguments has no place in the new call',
        'Move the comment before the statement.',
      );
    case 'async-facade-at-unawaited-call':
      return say(
        'The facade method is async and the call is not awaited at once',
        'Make the facade method a plain one that returns the promise.',
      );
    case 'optional-call-of-helper':
      return say(
        'The call is optional, and its replacement is a function that takes several facets',
        'Check for presence before the call.',
      );
    case 'optional-method-call':
      return say('The method itself may be absent', 'Call it without `?.`.');
    case 'receiver-not-a-path':
      return say('The receiver is computed', 'Put it into a variable and run again.');
    case 'receiver-is-accessor':
      return say('The receiver is a getter, which may answer differently each time', 'Read it into a const.');
    case 'carrier-reassigned':
      return say(
        'The receiver may change while the arguments are evaluated',
        'Read it into a const before the call.',
      );
    case 'no-facade-method':
      return say('The facade has no such member', 'Add it to the facade: a method, or a getter.');
    case 'refused-method':
      return say("The facade's member cannot be inlined", 'See `refacet check`.');
    case 'import-cycle':
      return say('Importing the helper would close a cycle of modules', 'Move the helper out of the cycle.');
    case 'facet-not-importable':
      return say('The file cannot import it', 'Let its package export it, and install that package here.');
    case 'receiver-is-any':
      return say(
        'The receiver has type any, so nothing ties the member to the source',
        'Annotate it and run again.',
      );
    case 'receiver-is-union':
      return say('The receiver may be something else than the source', 'Narrow it before the call.');
    case 'receiver-is-generic':
      return say('The receiver has a type that is made from the source', 'Give it the type of a facet.');
    case 'dynamic-member':
      return say('A member is chosen at run time', 'Call the member by its name.');
    case 'accessor-write':
      return say('A member is written to', 'Set it on the facet.');
    case 'method-reference':
      return say('A method is handed on without being called', 'Hand on a function that calls it.');
    case 'indirect-call':
      return say('The method is called by call, apply or bind', 'Call it directly.');
    case 'method-destructured':
      return say('Methods are taken out by destructuring', 'Call them on the value.');
    case 'type-level-use':
      return say('A type is made from the source or from the name of a carrier', "Write the facet's type.");
    case 'identity-or-shape-use':
      return say(
        'The value is compared, inspected or copied as a whole',
        'Do this with a facet, or leave it with the source.',
      );
    case 'spied-member':
      return say("The value's own method is replaced or watched", 'Watch the method of the facet.');
    case 'positional-expectation':
      return say('A test looks at arguments by their position', "Expect the facet's call.");
    case 'facade-test':
      return say('This tests the facade itself', 'Nothing: it goes with the facade.');
    case 'test-double':
      return say(
        'A test double for the source stays',
        'Nothing: it is called through the way back as before.',
      );
    case 'super-call':
      return say('A subclass calls the method of its base', 'Move the override to the facet.');
    case 'implements-source':
      return say(
        'This is part of an implementation of the source',
        'Nothing: implementations are bridged where they are used.',
      );
    case 'reads-whole-value':
      return say('All facets are taken at once', 'Take the ones that are needed.');
    case 'flows-to-unknown-type':
      return say(
        'The value goes to something with another type',
        'Give the place it goes to the type of a facet.',
      );
    case 'returns-source':
      return say('The value is returned', 'Return a facet instead.');
    case 'collection-of-source':
      return say('The value is kept in a collection', 'Keep facets instead.');
    case 'callback-parameter':
      return say(
        'The parameter belongs to a function that others call by its type',
        'Change the type of the function.',
      );
    case 'function-escapes':
      return say(
        'The function is handed on, and whoever calls it passes the source',
        'Wrap it in a function that passes facets.',
      );
    case 'uses-arguments-object':
      return say('The function reads `arguments`', 'Name its parameters.');
    case 'spread-into-carrier':
      return say('A call spreads its arguments over the parameter', 'Write them out.');
    case 'optional-carrier-needs-several':
      return say('The value may be absent and several facets are used of it', 'Pass the facets one by one.');
    case 'variable-reassigned':
      return say('The variable is set more than once', 'Use a const.');
    case 'exported-variable':
      return say('The variable is exported', 'Export the facets.');
    case 'assignment-in-expression':
      return say('The value is assigned inside an expression', 'Assign it in a statement.');
    case 'destructured-with-default':
      return say('The value has a default', 'Pass it always, or default the facets.');
    case 'source-not-a-path':
      return say(
        'Several facets are needed of a value that is computed here',
        'Put it into a const and run again.',
      );
    case 'source-is-nullable':
      return say('The value that comes in may be absent', 'Check for presence first.');
    case 'carrier-unused':
      return say('Nothing that was found uses the value', 'Remove it, or leave it.');
    case 'name-taken':
      return say('The names for the facets are taken', 'Rename what has them.');
    case 'facet-already-present':
      return say('A facet of the same type is already there', 'Finish by hand: use the one that is there.');
    case 'no-way-back':
      return say(
        'The facade has no way back, and a value that is no facade comes in',
        'Export a function that gives the facets of any source.',
      );
    case 'way-back-lossy':
      return say(
        "The way back cannot rebuild this method's arguments, and a value that is no facade comes in",
        'Let the facade use every parameter, and write out arguments that it has a default for.',
      );
    case 'part-of-the-way-back':
      return say('This is part of the way back', 'Nothing: it goes with the facade.');
    case 'facade-module':
      return say('This is part of the facade', 'Nothing: it goes with the facade.');
    case 'generated-file':
      return say('The file is generated', 'Change its generator.');
    case 'outside-the-project':
      return say('The declaration is outside the project', 'Nothing can be changed there.');
    case 'symbolic-link':
      return say('The file is a link to another one of the project', 'Nothing: the other one is migrated.');
    case 'read-only-file':
      return say('The file must not be written', 'Make it writable and run again.');
    case 'unknown-encoding':
      return say('The file is not encoded in UTF-8', 'Convert it to UTF-8 and run again.');
    case 'syntax-error':
      return say('The file has a syntax error', 'Mend it and run again.');
    case 'other-facet':
      return say('Other facets than the one of --only are needed here', 'Run again without --only.');
    case 'out-of-scope':
      return say('This is outside the paths that were given', 'Run again with more paths.');
    case 'not-a-module':
      return say('The file is no module, so nothing can be imported', 'Add an import or export.');
    case 'unchecked-javascript':
      return say(
        'The file is JavaScript that is not type-checked',
        'Add // @ts-check or move it to TypeScript.',
      );
    case 'jsdoc-carrier':
      return say('The type stands in a JSDoc comment', 'Write the type of the facet.');
    case 'decorated-carrier':
      return say('A decorator decides what is injected', 'Register the facets and inject them.');
    case 'unsupported-declaration':
      return say('This form of declaration is not supported', 'Declare it plainly.');
    case 'public-api':
      return say('This is part of the public API', 'Change it in a major version.');
    case 'would-not-compile':
      return say('The change would not compile', 'See the message of the compiler.');
    case 'would-bind-differently':
      return say('A name would mean something else', 'Rename it.');
    case 'blocked-by':
      return say('The use could move, but its carrier has to stay', 'See what blocks it.');
  }
}
