import { describe, expect, test } from 'vitest';
import { isOrigin } from '../../../main/settings/addresses.ts';
import { readOrigins } from '../../../renderer/settings/origins.ts';

describe('a text with addresses', () => {
  test.each([
    { text: '', origins: [] },
    { text: ' \n\r\n', origins: [] },
    { text: 'https://a.example', origins: ['https://a.example'] },
    {
      text: 'https://b.example\r\nhttps://a.example',
      origins: ['https://b.example', 'https://a.example'],
    },
    { text: ' HTTPS://A.example:443/ ', origins: ['https://a.example'] },
    { text: 'https://a.example\nhttps://a.example/', origins: ['https://a.example'] },
    {
      text: 'http://localhost:8080\nhttp://[::1]',
      origins: ['http://localhost:8080', 'http://[::1]'],
    },
  ])('has each once, in its order ($text)', ({ text, origins }) => {
    expect(readOrigins(text)).toEqual({ ok: true, origins });
  });

  test('is turned down for its first line that is none', () => {
    expect(readOrigins('https://a.example\n b \nc')).toEqual({ ok: false, line: 'b' });
  });

  test.each([
    '*',
    'null',
    'a.example',
    'https:a.example',
    'https://',
    'https://*.example.com',
    'http://a.example',
    'https://a.example/app',
    'https://a.example?',
    'https://a.example#',
    'https://ann@a.example',
    'https://a.example https://b.example',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('has no such address: %s', (line) => {
    expect(readOrigins(line)).toEqual({ ok: false, line });
  });
});

test.each(['https://a.example', 'https://A.example:8443/', 'http://127.0.0.1', 'http://[::1]:80'])(
  'what the window takes, the setting takes (%s)',
  (line) => {
    const read = readOrigins(line);
    expect(read.ok && read.origins.every(isOrigin)).toBe(true);
  },
);
