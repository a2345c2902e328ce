import { describe, expect, it } from 'vitest';

import { AppError } from '../../src/contracts/index.js';
import { gitSettings } from './git-settings.js';
import { parseInteger, readInteger, readList, readText } from './read-attribute.js';
import { quote } from './quote.js';
import { trimWhiteSpace } from './trim-white-space.js';
import { errorText, wrapError } from './wrapped-error.js';

describe('quoting as Go does', () => {
  it.each([
    ['alpine:latest', '"alpine:latest"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ['\u0007\b\f\n\r\t\v', '"\\a\\b\\f\\n\\r\\t\\v"'],
    ['\u0000\u007f', '"\\x00\\x7f"'],
    ['\u0085\u00a0\u200b\ufeff', '"\\u0085\\u00a0\\u200b\\ufeff"'],
    ['é日😀', '"é日😀"'],
    ['\u{e0001}', '"\\U000e0001"'],
    ['\ud800', '"\ufffd"'],
  ])('%j', (text, quoted) => {
    expect(quote(text)).toBe(quoted);
  });
});

describe('the text of errors', () => {
  it('follows the causes of classified errors and repeats no cause of wrapped ones', () => {
    const sdk = new Error('sdk');
    const classified = new AppError('INTERNAL_ERROR', 'failed', { cause: sdk });
    expect(errorText(wrapError('outer', classified))).toBe('outer: failed: sdk');
    expect(errorText(new AppError('NOT_FOUND', 'gone'))).toBe('gone');
    expect(wrapError('outer', classified).cause).toBe(classified);
  });
});

describe('attributes', () => {
  it.each([
    ['+256', 256n],
    ['007', 7n],
    ['-9223372036854775808', -9223372036854775808n],
  ])('reads the integer %s', (text, value) => {
    expect(parseInteger(text)).toBe(value);
  });

  it.each(['', ' 256', '256.0', '1_0', '1e3', '9223372036854775808', '٣'])(
    'refuses the integer "%s"',
    (text) => {
      expect(() => parseInteger(text)).toThrow();
    },
  );

  it('reads texts from numbers and lists from sets, and refuses other types', () => {
    expect(readText({ N: '256' })).toBe('256');
    expect(readText({ NULL: true })).toBe('');
    expect(readList({ SS: ['a', 'b'] })).toEqual(['a', 'b']);
    expect(readList({ L: [{ S: 'a' }, { NULL: true }] })).toEqual(['a', '']);
    expect(readList({ L: [] })).toEqual([]);
    expect(readList(undefined)).toEqual([]);
    expect(readInteger(undefined)).toBe(0n);
    expect(() => readInteger({ S: '5' })).toThrow();
    expect(() => readText({ BOOL: true })).toThrow();
    expect(() => readList({ S: 'a' })).toThrow();
  });
});

describe('white space', () => {
  it('is what Unicode calls so, at the ends only', () => {
    expect(trimWhiteSpace(' \t\u0085\u3000a b\n\r')).toBe('a b');
    expect(trimWhiteSpace('\ufeffa')).toBe('\ufeffa');
  });
});

describe('git settings', () => {
  const settings = (gitRepo: string, gitPath = '', token = '') =>
    gitSettings({ command: 'x', gitRepo, gitPath, env: { GITHUB_TOKEN: token } });

  it.each([
    ['', '/workspace/repo'],
    ['.', '/workspace/repo'],
    ['/', '/workspace/repo'],
    ['/.', '/workspace/repo'],
    ['a/b', '/workspace/repo/a/b'],
    ['/a/b/', '/workspace/repo/a/b/'],
    ['./', '/workspace/repo/./'],
    ['//a', '/workspace/repo//a'],
    ['../x', '/workspace/repo/../x'],
  ])('works in "%s" at %s', (gitPath, directory) => {
    expect(settings('https://h/r', gitPath)?.workingDirectory).toBe(directory);
  });

  it.each([
    ['https://user:p@ss@host/x', 'https://***@ss@host/x'],
    ['https://tok@host/x', 'https://***@host/x'],
    ['https://a/b@host/x', 'https://a/b@host/x'],
    ['HTTPS://tok@host/x', 'HTTPS://tok@host/x'],
    ['ssh://tok@host/x', 'ssh://tok@host/x'],
    ['git@host:x', 'git@host:x'],
    ['https://a@https://b@c', 'https://***@https://b@c'],
  ])('masks %s', (url, masked) => {
    expect(settings(url)?.maskedUrl).toBe(masked);
  });

  it('puts a token into GitHub URLs only, whatever it is made of', () => {
    expect(settings('https://github.com/o/r', '', '$&x')?.authenticatedUrl).toBe(
      'https://$&x@github.com/o/r',
    );
    expect(settings('https://GitHub.com/o/r', '', 't')?.authenticatedUrl).toBe('https://GitHub.com/o/r');
    expect(settings('https://github.com/o/r')?.authenticatedUrl).toBe('https://github.com/o/r');
    expect(settings('')).toBeUndefined();
  });
});
