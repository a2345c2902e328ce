/** What phase 3 deletes, tests included. Paths from the project's root; what is missing here fails the rehearsal. */
export const goesWithLegacyAndCodemods = [
  'legacy',
  'codemods',
  'test/architecture',
  'test/aws-runner',
  'test/aws-runner',
  'test/codemods',
  'test/docs',
  'test/end-to-end',
  'test/equivalence',
  'test/facade',
  'test/fixtures',
  'test/http',
  'test/shadow',
] as const;
