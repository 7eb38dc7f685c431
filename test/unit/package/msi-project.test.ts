import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { withSignOff } from '../../../scripts/package/msi-project.ts';

const builder = path.dirname(
  createRequire(import.meta.url).resolve('electron-builder/package.json'),
);
const template = readFileSync(
  path.join(builder, '../app-builder-lib/templates/msi/template.xml'),
  'utf8',
);

test("electron-builder's project gets to sign off before an uninstallation, and not at an upgrade", () => {
  const project = withSignOff(template);
  expect(project).toMatch(/FileKey="mainExecutable" ExeCommand="quit"/);
  expect(project).toContain(
    'Before="InstallValidate"><![CDATA[REMOVE = "ALL" AND NOT UPGRADINGPRODUCTCODE]]>',
  );
  expect(project.indexOf('signOffAndQuit')).toBeLessThan(project.indexOf('</Product>'));
});

test('a project that is made otherwise is refused', () => {
  expect(() => withSignOff('<Wix/>')).toThrow('no WiX project');
});
