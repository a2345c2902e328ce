/** What phase 3 deletes, tests included. Paths from the project's root; what is missing here fails the rehearsal. */
export const goesWithLegacyAndCodemods = [
  'legacy',
  'codemods',
  'test/architecture',
  'test/aws-runner',
  'test/codemods',
  'test/demo',
  'test/docs',
  'test/dogfood',
  'test/end-to-end/existing-api.test.ts',
  'test/equivalence',
  'test/facade',
  'test/fixtures',
  'test/both-apis',
  'test/http/legacy.test.ts',
  'test/http/start-legacy.ts',
  'test/shadow',
] as const;
