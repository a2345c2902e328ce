import { Project } from 'ts-morph';
import { rename } from './write-project.js';

// What a careful author writes first: the library's own rename, which follows symbols.
const project = new Project({ tsConfigFilePath: 'tsconfig.json' });
const source = project.getSourceFileOrThrow('src/legacy/runner.ts').getInterfaceOrThrow('Runner');
source.getMethodOrThrow(rename.from).rename(rename.to);
project.saveSync();
