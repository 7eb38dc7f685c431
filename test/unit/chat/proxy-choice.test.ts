import { describe, expect, test } from 'vitest';
import {
  type Hop,
  bypassesProxy,
  proxyName,
  readProxyAnswer,
  readProxySetting,
} from '../../../main/chat/proxy-choice.ts';

/** A hop in words, for comparing. */
function inWords(hop: Hop | null): string {
  if (hop === null) return 'system';
  if (hop.kind === 'proxy') return `${hop.url.protocol}${proxyName(hop.url)}`;
  return hop.kind === 'direct' ? 'direct' : `unsupported ${hop.host}`;
}

test.for([
  ['DIRECT', ['direct']],
  ['', ['direct']],
  [' ; ', ['direct']],
  ['PROXY a.example.com:8080', ['http:a.example.com:8080']],
  ['proxy a.example.com', ['http:a.example.com:80']],
  ['PROXY a:1; HTTPS b:443;DIRECT', ['http:a:1', 'https:b:443', 'direct']],
  ['PROXY [2001:db8::1]:3128', ['http:[2001:db8::1]:3128']],
  ['SOCKS5 s:1080; DIRECT', ['unsupported s:1080', 'direct']],
  ['PROXY not a:host:port:', ['http:not:80']],
  ['PROXY ', ['direct']],
] as const)('the answer %j is read as %j', ([answer, hops]) => {
  expect(readProxyAnswer(answer).map(inWords)).toEqual(hops);
});

test.for([
  ['system', 'system'],
  ['direct', 'direct'],
  ['http://proxy.example.com:8080', 'http:proxy.example.com:8080'],
  ['https://proxy.example.com', 'https:proxy.example.com:443'],
  ['socks5://proxy.example.com:1080', 'system'],
  ['nonsense', 'system'],
] as const)('the setting %j is read as %s', ([setting, hop]) => {
  expect(inWords(readProxySetting(setting))).toBe(hop);
});

describe('credentials', () => {
  test.for([
    ['http://ann:pass@p:1', 'ann:pass'],
    ['http://ann:p%40%3Ass@p:1', 'ann:p@:ss'],
    ['http://ann:100%25%@p:1', 'ann:100%25%'],
    ['http://ann@p:1', 'ann:'],
    ['http://p:1', null],
  ] as const)('of %s are read, and taken out of the URL', ([setting, credentials]) => {
    const hop = readProxySetting(setting);
    expect(hop).toMatchObject({ credentials });
    expect(hop?.kind === 'proxy' && hop.url.href).toBe('http://p:1/');
  });
});

test.for([
  ['localhost', true],
  ['app.localhost', true],
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['[::1]', true],
  ['notlocalhost', false],
  ['127.0.0.1.example.com', false],
  ['10.0.0.1', false],
] as const)('%s is this machine itself: %s', ([hostname, expected]) => {
  expect(bypassesProxy(hostname)).toBe(expected);
});
