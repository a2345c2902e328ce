import { join } from 'node:path';
import ts from 'typescript';
import { root } from './documents.js';

/** The compiler's messages for blocks of code, each a module of its own that imports the package by its name. */
export function typeErrorsOf(blocks: readonly string[]): string[] {
  const sources = new Map(
    blocks.map((text, index) => [join(root, `docs-block-${index}.ts`), `${text}\nexport {};\n`]),
  );
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2023,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
    paths: {
      refacet: [join(root, 'src/index.ts')],
      'refacet/local': [join(root, 'src/providers/local/index.ts')],
      'refacet/aws': [join(root, 'src/providers/aws/index.ts')],
      'refacet/testing': [join(root, 'src/testing/index.ts')],
      'refacet/codemods': [join(root, 'codemods/index.ts')],
      'refacet/legacy': [join(root, 'legacy/index.ts')],
    },
  };
  const disk = ts.createCompilerHost(options);
  const host = ts.createCompilerHost(options);
  host.fileExists = (file) => sources.has(file) || disk.fileExists(file);
  host.readFile = (file) => sources.get(file) ?? disk.readFile(file);
  const program = ts.createProgram([...sources.keys()], options, host);
  return [...sources.keys()].flatMap((file) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map((one) => ts.flattenDiagnosticMessageText(one.messageText, '\n')),
  );
}
