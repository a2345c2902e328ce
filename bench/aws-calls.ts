// What the facets ask of AWS, beside what the monolith asked for the same calls: `npm run bench:aws-calls`.
import { awsCallCases } from './aws-call-cases.js';
import { awsCallNotes } from './aws-call-notes.js';
import { awsCallRows } from './aws-calls-table.js';
import { compareAwsCalls } from './compare-aws-calls.js';
import { table } from './statistics.js';

const comparisons = await compareAwsCalls(awsCallCases);
console.log(
  'Calls of AWS and their bytes, before (the monolith) and now (the facets), from the same scenarios\n',
);
console.log(table(awsCallRows(comparisons)));
console.log('\nThe operations of each\n');
for (const { method, situation, monolith, facets } of comparisons) {
  console.log(`${method}, ${situation}`);
  console.log(`  before  ${monolith.operations || 'none'}`);
  console.log(`  now     ${facets.operations || 'none'}`);
  const said = awsCallNotes.find((one) => one.method === method && one.situation === situation);
  if (said !== undefined) console.log(`  ${said.note}`);
}
