/** Which way the arrows point. Each comment is the sentence that a breaker of the rule needs. */
module.exports = {
  forbidden: [
    {
      name: 'src-knows-nothing-of-legacy',
      severity: 'error',
      comment:
        'src is what phase 3 leaves behind. Move the shared part to src/contracts or src/orchestrator.',
      from: { path: '^src/' },
      to: { path: '^(legacy|codemods|test)/' },
    },
    {
      name: 'contracts-depend-on-nothing',
      severity: 'error',
      comment: 'Contracts are read by every provider and every caller. Keep I/O and packages out of them.',
      from: { path: '^src/contracts/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^src/contracts/' },
    },
    {
      name: 'providers-do-not-know-their-callers',
      severity: 'error',
      comment:
        'A provider implements contracts and is handed the rest. Move what both need to src/contracts.',
      from: { path: '^src/providers/' },
      to: { path: '^src/(orchestrator|api)/' },
    },
    {
      name: 'providers-stay-apart',
      severity: 'error',
      comment:
        'Two providers share contracts, never code. Move what both need to src/providers/shared or src/contracts.',
      from: { path: '^src/providers/([^/]+)/' },
      to: { path: '^src/providers/(?!shared/)([^/]+)/', pathNot: '^src/providers/$1/' },
    },
    {
      name: 'use-cases-do-not-know-http-or-providers',
      severity: 'error',
      comment:
        'Use cases are functions over facets and repositories. Ask for what you use; let main.ts hand it in.',
      from: { path: '^src/orchestrator/' },
      to: { path: '^src/(api|providers)/' },
    },
    {
      name: 'the-supervisor-imports-no-package',
      severity: 'error',
      comment:
        'One supervisor runs beside each task: its memory counts, and it must start when packages are gone.',
      from: { path: '^src/providers/local/task-supervisor\\.ts$' },
      to: { dependencyTypesNot: ['core'] },
    },
    {
      name: 'legacy-imports-src-only',
      severity: 'error',
      comment: 'Phase 3 deletes legacy/ and codemods/ apart from each other. Neither may need the other.',
      from: { path: '^legacy/' },
      to: { path: '^(codemods|test)/' },
    },
    {
      name: 'codemods-stand-alone',
      severity: 'error',
      comment: "The engine runs on other people's code and must not know ours. Hand it the facade as input.",
      from: { path: '^codemods/' },
      to: { path: '^(src|legacy|test)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other are one idea, or hide a third file that both need.',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^test/fixtures/|^dist/)' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
