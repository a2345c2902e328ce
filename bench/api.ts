// What the API costs, in one run, as ratios: `npm run bench:api`.
import { compareFacadeWithFacets } from './facade-against-facets.js';
import { compareServers } from './compare-servers.js';
import { measureTasks } from './local-tasks.js';
import { table } from './statistics.js';

const ratio = (one: number, other: number): string => `${(one / other).toFixed(2)} ×`;
const fixed = (value: number): string => value.toFixed(value < 10 ? 2 : 0);

console.log(
  'The existing API on the facade, beside bare Express 5 with the same JSON (medians of 5 rounds in turn)\n',
);
const comparisons = await compareServers('bare-express.js', 'facade-api.js', {
  status: 4_000,
  list: 2_000,
  run: 2_000,
});
console.log(
  table([
    ['request', 'CPU µs bare', 'CPU µs API', 'CPU', 'req/s bare', 'req/s API', 'p99 ms bare', 'p99 ms API'],
    ...comparisons.map(({ request, peer, api }) => [
      request,
      fixed(peer.cpuMicroseconds),
      fixed(api.cpuMicroseconds),
      ratio(api.cpuMicroseconds, peer.cpuMicroseconds),
      fixed(peer.requestsPerSecond),
      fixed(api.requestsPerSecond),
      fixed(peer.p99Milliseconds),
      fixed(api.p99Milliseconds),
    ]),
  ]),
);

console.log(
  '\nA call by the facade, beside the same call of the facet (awaited, over facets that answer at once)\n',
);
const calls = await compareFacadeWithFacets();
console.log(
  table([
    ['method', 'ns facet', 'ns facade', 'facade'],
    ...calls.map(({ method, facade, facet }) => [method, fixed(facet), fixed(facade), ratio(facade, facet)]),
  ]),
);

console.log('\nTasks of the local provider, without a sandbox\n');
const costs = await measureTasks();
console.log(
  table([
    ['start, until the command is known to run', `${fixed(costs.startMilliseconds)} ms`],
    [
      'resident memory of a supervisor',
      costs.supervisorMebibytes === undefined ? 'not known here' : `${fixed(costs.supervisorMebibytes)} MiB`,
    ],
    ['memory added by streaming a log of a million lines', `${fixed(costs.logMebibytes)} MiB`],
    ['lines read a second', fixed(costs.logLinesPerSecond)],
  ]),
);
process.exit(0);
