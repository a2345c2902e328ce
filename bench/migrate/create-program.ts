import { openProject } from '../../codemods/engine/open-project.js';

// What any typed tool pays before its first question: reading, parsing and joining all files.
openProject({ root: process.cwd() }).program.getTypeChecker();
