import type { ts } from 'ts-morph';
import type { FacadeModel } from './facade-model.js';

/** A facade in an open program: the model, and the declarations that identity is decided by. */
export interface Facade {
  readonly model: FacadeModel;
  readonly facadeDeclaration: ts.ClassDeclaration;
  readonly sourceDeclaration: ts.InterfaceDeclaration;
  readonly wayBackDeclaration: ts.FunctionDeclaration | undefined;
}
