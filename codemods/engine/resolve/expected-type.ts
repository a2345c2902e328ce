import { ts } from 'ts-morph';
import type { Checker } from '../checker.js';

/**
 * The type that an object literal is expected to have. An argument for a type parameter is expected to be what that
 * extends, and the first one of `run.call({ runner })` to be the `this` of `run`: asked for its context, the compiler
 * answers with the literal's own type.
 */
export function expectedType(literal: ts.ObjectLiteralExpression, checker: Checker): ts.Type | undefined {
  const call = literal.parent;
  const isArgument = (ts.isCallExpression(call) || ts.isNewExpression(call)) && call.expression !== literal;
  return (
    (isArgument ? parameterType(call, literal, checker) : undefined) ?? checker.getContextualType(literal)
  );
}

/** What is declared for an argument, where that is a type parameter. */
function parameterType(
  call: ts.CallExpression | ts.NewExpression,
  argument: ts.Expression,
  checker: Checker,
): ts.Type | undefined {
  const signature = checker.getResolvedSignature(call)?.declaration;
  const parameters = signature?.parameters.filter((one) => !isThis(one)) ?? [];
  const parameter = parameters[call.arguments?.indexOf(argument) ?? -1];
  if (parameter === undefined || !ts.isParameter(parameter)) return undefined;
  const declared = checker.getTypeAtLocation(parameter);
  if ((declared.flags & ts.TypeFlags.TypeParameter) === 0) return undefined;
  const constraint = declared.getConstraint();
  if (constraint !== undefined && (constraint.flags & ts.TypeFlags.Unknown) === 0) return constraint;
  return (
    functionsType(call, parameters, declared, checker) ??
    (call.arguments?.[0] === argument ? thisType(call.expression, checker) : undefined)
  );
}

/**
 * What a function among the arguments takes for the type parameter, as in `register(plugin, options)`: the compiler
 * infers the literal's own type, which fits it.
 */
function functionsType(
  call: ts.CallExpression | ts.NewExpression,
  parameters: readonly (ts.ParameterDeclaration | ts.JSDocParameterTag)[],
  wanted: ts.Type,
  checker: Checker,
): ts.Type | undefined {
  for (const [index, given] of (call.arguments ?? []).entries()) {
    const parameter = parameters[index];
    if (parameter === undefined) continue;
    const [declared] = checker.getTypeAtLocation(parameter).getCallSignatures();
    const position = declared?.parameters.findIndex(
      (one) => checker.getTypeOfSymbolAtLocation(one, parameter) === wanted,
    );
    const taken = checker.getTypeAtLocation(given).getCallSignatures()[0]?.parameters[position ?? -1];
    if (taken !== undefined) return checker.getTypeOfSymbolAtLocation(taken, given);
  }
  return undefined;
}

/** The `this` of a function that is called by `call`, `apply` or `bind`. */
function thisType(callee: ts.Expression, checker: Checker): ts.Type | undefined {
  if (!ts.isPropertyAccessExpression(callee) || !/^(?:call|apply|bind)$/.test(callee.name.text))
    return undefined;
  const [signature] = checker.getTypeAtLocation(callee.expression).getCallSignatures();
  const first = signature?.getDeclaration().parameters[0];
  return first !== undefined && isThis(first) ? checker.getTypeAtLocation(first) : undefined;
}

function isThis(parameter: ts.ParameterDeclaration | ts.JSDocParameterTag): boolean {
  return ts.isIdentifier(parameter.name) && parameter.name.text === 'this';
}
