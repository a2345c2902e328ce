import { describe, expect, it } from 'vitest';
import { banner } from './banner.js';

const options = {
  host: '127.0.0.1',
  port: 56_212,
  notes: ['Tasks run in bubblewrap.', 'Limits of memory are recorded, not enforced.'],
  stateDirectory: '/srv/refacet',
};

describe('the banner', () => {
  it('says where the service is, how tasks run, and where the state is', () => {
    expect(banner(options)).toBe(
      'refacet listens on http://127.0.0.1:56212/api/v1\n' +
        'State: /srv/refacet\n' +
        'Tasks run in bubblewrap.\n' +
        'Limits of memory are recorded, not enforced.\n',
    );
  });

  it('writes an IPv6 address as a browser takes it', () => {
    expect(banner({ ...options, host: '::1' })).toContain('http://[::1]:56212/api/v1');
  });

  it('shows a key, or where it is', () => {
    const email = 'admin@localhost';

    expect(
      banner({ ...options, firstAdmin: { email, key: { shown: 'here', apiKey: 'the-key' } } }),
    ).toContain('Key of admin@localhost, shown this once:\n  the-key\n');
    expect(
      banner({ ...options, firstAdmin: { email, key: { shown: 'in-file', path: '/srv/key' } } }),
    ).toContain('Key of admin@localhost: in /srv/key; delete the file once you have it.\n');
  });
});
