import type { ts } from 'ts-morph';
import type { Checker } from '../checker.js';
import type { MethodModel } from './facade-model.js';
import { placeOf } from './place-of.js';

/** Models of the source's members that the facade has no body for: no use of them can be inlined. */
export function missingMethods(
  checker: Checker,
  source: ts.InterfaceDeclaration,
  methods: readonly MethodModel[],
): readonly MethodModel[] {
  return checker
    .getTypeAtLocation(source)
    .getProperties()
    .filter(({ name }) => !methods.some((method) => method.name === name))
    .map((property) => {
      const declaration = property.valueDeclaration ?? source;
      return {
        name: property.name,
        parameters: [],
        grade: 'refused',
        findings: [
          {
            code: isCallable(checker, property, declaration) ? 'method-missing' : 'property-missing',
            subject: property.name,
            ...placeOf(declaration),
          },
        ],
        template: undefined,
        isAsync: false,
        identity: undefined,
      };
    });
}

function isCallable(checker: Checker, property: ts.Symbol, at: ts.Node): boolean {
  const type = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(property, at));
  return type.getCallSignatures().length > 0;
}
