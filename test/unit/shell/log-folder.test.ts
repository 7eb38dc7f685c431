import { userInfo } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { logFolder } from '../../../main/shell/log-file.ts';

test('the log is in the person’s own folder, unless IT names another', () => {
  expect(logFolder('', '/home/ann/logs', 'ann')).toBe('/home/ann/logs');
});

test('in a folder that IT names, each person has one of their own', () => {
  expect(logFolder('/var/log/signoff', '/home/ann/logs', 'ann')).toBe(
    path.normalize('/var/log/signoff/ann'),
  );
  expect(logFolder('/var/log/signoff', '/home/ann/logs')).toBe(
    path.normalize(`/var/log/signoff/${userInfo().username}`),
  );
});

test.for<[person: string, folder: string]>([
  ['DOMAIN\\ann', '/logs/DOMAIN_ann'],
  ['../ann', '/logs/__ann'],
  ['..', '/logs/_'],
  ['jörg.müller@example.com', '/logs/jörg.müller@example.com'],
])('a name leads nowhere else: %s', ([person, folder]) => {
  expect(logFolder('/logs', '/own', person)).toBe(path.normalize(folder));
});
