import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.js';

describe('settings', () => {
  it('have a default each', () => {
    expect(readSettings({})).toEqual({
      port: 56_212,
      host: '127.0.0.1',
      home: `${process.cwd()}/.refacet`,
      provider: 'local',
      isolation: 'auto',
      adminEmail: 'admin@localhost',
      adminKey: undefined,
      encryptionKey: undefined,
      corsAllowedOrigins: [],
      requestTimeoutMs: 60_000,
      logLevel: 'info',
      killGraceMs: 10_000,
      publicUrl: undefined,
    });
  });

  it('are what the environment says', () => {
    const settings = readSettings({
      PORT: '0',
      HOST: '::1',
      REFACET_HOME: '/srv/refacet',
      REFACET_PROVIDER: 'aws',
      REFACET_ISOLATION: 'none',
      REFACET_ADMIN_EMAIL: 'Root <root@example.com>',
      REFACET_ADMIN_KEY: 'a-key-of-sixteen',
      REFACET_ENCRYPTION_KEY: 'k',
      REFACET_CORS_ALLOWED_ORIGINS: 'https://a.example/, http://localhost:5173 ,',
      REFACET_REQUEST_TIMEOUT: '0',
      REFACET_LOG_LEVEL: 'silent',
      REFACET_KILL_GRACE: '1500ms',
      REFACET_PUBLIC_URL: 'https://run.example.com/tools',
      HOME: '/root',
    });

    expect(settings).toEqual({
      port: 0,
      host: '::1',
      home: '/srv/refacet',
      provider: 'aws',
      isolation: 'none',
      adminEmail: 'Root <root@example.com>',
      adminKey: 'a-key-of-sixteen',
      encryptionKey: 'k',
      corsAllowedOrigins: ['https://a.example/', 'http://localhost:5173'],
      requestTimeoutMs: 0,
      logLevel: 'silent',
      killGraceMs: 1_500,
      publicUrl: 'https://run.example.com/tools',
    });
  });

  it.each([
    ['90', 90_000],
    ['0.5', 500],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['250ms', 250],
  ])('take %s for %d ms', (text, expected) => {
    expect(readSettings({ REFACET_REQUEST_TIMEOUT: text }).requestTimeoutMs).toBe(expected);
  });

  it('take an empty variable for none', () => {
    expect(readSettings({ PORT: '', REFACET_ADMIN_KEY: '', REFACET_LOG_LEVEL: '' })).toMatchObject({
      port: 56_212,
      adminKey: undefined,
      logLevel: 'info',
    });
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80a'],
    ['REFACET_PROVIDER', 'gcp'],
    ['REFACET_ISOLATION', 'yes'],
    ['REFACET_ADMIN_EMAIL', 'nobody'],
    ['REFACET_ADMIN_KEY', 'short'],
    ['REFACET_CORS_ALLOWED_ORIGINS', 'example.com'],
    ['REFACET_CORS_ALLOWED_ORIGINS', 'https://example.com/path'],
    ['REFACET_REQUEST_TIMEOUT', '1 day'],
    ['REFACET_REQUEST_TIMEOUT', '-5'],
    ['REFACET_REQUEST_TIMEOUT', '1000h'],
    ['REFACET_LOG_LEVEL', 'loud'],
    ['REFACET_KILL_GRACE', 'soon'],
    ['REFACET_PUBLIC_URL', 'run.example.com'],
  ])('refuse %s=%s by name, and without its value', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(
      new RegExp(`^The settings cannot be used:\n  ${name} must `),
    );
    expect(() => readSettings({ [name]: value })).not.toThrow(`"${value}"`);
  });

  it('name every problem at once', () => {
    expect(() => readSettings({ PORT: 'x', REFACET_LOG_LEVEL: 'loud' })).toThrow(
      'The settings cannot be used:\n' +
        '  PORT must be a number from 0 to 65535\n' +
        '  REFACET_LOG_LEVEL must be one of: trace, debug, info, warn, error, fatal, silent',
    );
  });
});
