/** Values that somebody with bad intentions puts where a name or an ID is expected, encoded for a path. */
export const hostileSegments: readonly string[] = [
  '..',
  '.',
  '%2e%2e',
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e%2f%2e%2e%2fusers',
  '..%5c..%5cwindows',
  '%00',
  'x%00.json',
  '%0d%0aX-Injected:%201',
  '%E2%80%AE',
  '%F0%9F%92%A9',
  '%C0%AE%C0%AE',
  "'%20OR%201=1--",
  '";DROP%20TABLE%20users;--',
  '*',
  '%25',
  '%2525252e',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  '$(touch%20hacked)',
  '%60id%60',
  '-rf',
  '%7B%7B7*7%7D%7D',
  'a'.repeat(10_000),
  '%41'.repeat(3_000),
  '/'.repeat(500),
  ';a=b',
  ':id',
];

/** Percent signs with something else than two hex digits behind them, and bytes that are no UTF-8. */
export const badlyEncodedSegments: readonly string[] = ['%', '%2', '%zz', '%E0%A4%A', '%u0041', 'ok%'];

/** Each route with a parameter, as a function of the parameter. */
export const parameterRoutes: readonly (readonly [string, (segment: string) => string])[] = [
  ['GET', (segment) => `/claim/${segment}`],
  ['GET', (segment) => `/executions/${segment}/status`],
  ['GET', (segment) => `/executions/${segment}/logs`],
  ['DELETE', (segment) => `/executions/${segment}`],
  ['GET', (segment) => `/images/${segment}`],
  ['DELETE', (segment) => `/images/${segment}`],
  ['GET', (segment) => `/trace/${segment}`],
  ['GET', (segment) => `/secrets/${segment}`],
  ['PUT', (segment) => `/secrets/${segment}`],
  ['DELETE', (segment) => `/secrets/${segment}`],
  ['GET', (segment) => `/executions?limit=${segment}`],
  ['GET', (segment) => `/executions?status=${segment}`],
  ['GET', (segment) => `/${segment}`],
];

/** Bodies that are JSON, and yet no request that anybody would write. */
export const hostileBodies: readonly (readonly [string, string, string])[] = [
  ['POST', '/run', '{"__proto__":{"command":"true"}}'],
  ['POST', '/run', '{"constructor":{"prototype":{"command":"true"}}}'],
  ['POST', '/users/create', '{"__proto__":{"email":"a@example.com","role":"admin"}}'],
  ['POST', '/users/create', '{"email":"a@example.com","role":"__proto__"}'],
  ['POST', '/users/create', '{"email":"a@example.com\\u0000","role":"viewer\\u0000"}'],
  ['POST', '/users/create', `{"email":"${'a'.repeat(100_000)}","role":"viewer"}`],
  ['POST', '/users/create', `{"email":"${'<'.repeat(50_000)}","role":"viewer"}`],
  ['POST', '/users/create', `{"email":"${'"\\\\" '.repeat(10_000).replaceAll('"', '\\"')}","role":"viewer"}`],
  ['POST', '/users/revoke', '{"email":"__proto__"}'],
  ['POST', '/users/revoke', '{"email":"%\' OR 1=1 --"}'],
  ['POST', '/images/register', '{"__proto__":{"image":"x:1"}}'],
  ['POST', '/secrets', '[{"name":"x"}]'],
  ['POST', '/run', `{"command":"","a":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`],
  ['POST', '/run', `{"command":"",${'"k":1,'.repeat(100_000)}"z":1}`],
];
