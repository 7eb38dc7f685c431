import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeAtomically } from '../../../main/common/write-atomically.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('a write that fails throws what the disk says, and leaves nothing lying about', () => {
  const folder = tempFolder();
  const inTheWay = path.join(folder, 'file');
  mkdirSync(inTheWay);
  expect(() => writeAtomically(inTheWay, 'text')).toThrow(/EISDIR|EPERM|EEXIST/);
  expect(readdirSync(folder)).toEqual(['file']);
});
