import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { writeAtomically } from '../../../main/common/write-atomically.ts';
import { tempFolder } from '../../support/temp-folder.ts';

vi.mock('node:fs', { spy: true });
beforeEach(() => vi.resetAllMocks());

const refuse = (code: string) => (): never => {
  throw Object.assign(new Error(code), { code });
};

test('a write that fails throws what the disk says, and leaves nothing lying about', () => {
  const folder = tempFolder();
  const inTheWay = path.join(folder, 'file');
  mkdirSync(inTheWay);
  expect(() => writeAtomically(inTheWay, 'text')).toThrow(/EISDIR|EPERM|EEXIST/);
  expect(readdirSync(folder)).toEqual(['file']);
});

test('a virus scanner that has the temporary file open, or the old one, is waited for', () => {
  const file = path.join(tempFolder(), 'file');
  vi.mocked(writeFileSync).mockImplementationOnce(refuse('EBUSY'));
  vi.mocked(renameSync).mockImplementationOnce(refuse('EBUSY'));
  writeAtomically(file, 'text');
  expect(readFileSync(file, 'utf8')).toBe('text');
});

test('what is thrown is why it failed, not that what is left cannot be removed', () => {
  vi.mocked(renameSync).mockImplementation(refuse('ENOSPC'));
  vi.mocked(rmSync).mockImplementationOnce(refuse('EBUSY'));
  expect(() => writeAtomically(path.join(tempFolder(), 'file'), 'text')).toThrow('ENOSPC');
});
