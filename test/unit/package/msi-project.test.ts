import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { extendProject } from '../../../scripts/package/msi-project.ts';
import { elementsOf, readXml } from '../../support/xml.ts';

const builder = path.dirname(
  createRequire(import.meta.url).resolve('electron-builder/package.json'),
);
const template = readFileSync(
  path.join(builder, '../app-builder-lib/templates/msi/template.xml'),
  'utf8',
);
/** As for an installation for the machine that shows nothing, without the template's own language. */
const project = () => readXml(extendProject(template).replaceAll(/\{\{.*?\}\}/gs, ''));

test("electron-builder's project gets to sign off before an uninstallation, and not at an upgrade", () => {
  const action = elementsOf(project(), 'CustomAction').find(
    ({ attributes }) => attributes['Id'] === 'signOffAndQuit',
  );
  expect(action?.attributes).toMatchObject({
    FileKey: 'mainExecutable',
    ExeCommand: 'quit',
    Return: 'ignore',
  });
  const custom = elementsOf(project(), 'Custom').find(
    ({ attributes }) => attributes['Action'] === 'signOffAndQuit',
  );
  expect(custom?.attributes['Before']).toBe('InstallValidate');
  // Before InstallValidate, REMOVE is ALL only where the command line says so.
  expect(extendProject(template)).toContain(
    '<![CDATA[Installed AND NOT UPGRADINGPRODUCTCODE AND (REMOVE ~= "ALL" OR &ProductFeature = 2)]]>',
  );
  expect(template).toContain('<Feature Id="ProductFeature"');
});

test("electron-builder's project announces an upgrade before the app is closed for it", () => {
  const action = elementsOf(project(), 'CustomAction').find(
    ({ attributes }) => attributes['Id'] === 'prepareUpdate',
  );
  expect(action?.attributes).toMatchObject({
    // The newer product's own file is not there yet.
    Directory: 'APPLICATIONFOLDER',
    ExeCommand: '"[APPLICATIONFOLDER]Signoff.exe" prepare-update',
    Return: 'ignore',
  });
  const custom = elementsOf(project(), 'Custom').find(
    ({ attributes }) => attributes['Action'] === 'prepareUpdate',
  );
  expect(custom?.attributes['Before']).toBe('InstallValidate');
  expect(extendProject(template)).toContain(
    '<![CDATA[(WIX_UPGRADE_DETECTED OR REINSTALL) AND NOT REMOVE]]>',
  );
});

test("electron-builder's project gets the command on the machine's PATH, which goes with the product", () => {
  const [components] = elementsOf(project(), 'ComponentGroup');
  const [entry, ...others] = components === undefined ? [] : elementsOf(components, 'Environment');
  expect(others).toEqual([]);
  expect(entry?.attributes).toMatchObject({
    Name: 'PATH',
    Value: '[APPLICATIONFOLDER]bin',
    Action: 'set',
    Part: 'last',
    Permanent: 'no',
    System: 'yes',
  });
});

test("electron-builder's project gets a start at everybody's login, which goes with the product", () => {
  const [components] = elementsOf(project(), 'ComponentGroup');
  const [value, ...others] =
    components === undefined ? [] : elementsOf(components, 'RegistryValue');
  expect(others).toEqual([]);
  expect(value?.attributes).toEqual({
    Root: 'HKLM',
    Key: String.raw`Software\Microsoft\Windows\CurrentVersion\Run`,
    Name: 'Signoff',
    Type: 'string',
    Value: '"[#mainExecutable]" --hidden --at-login',
    // A component that is known by it is removed with it.
    KeyPath: 'yes',
  });
});

test.each([
  '<Wix/>',
  '<Wix><Product/></Wix>',
  '<Product></Product>',
  '<ComponentGroup></ComponentGroup>',
])('a project that is made otherwise is refused (%s)', (other) => {
  expect(() => extendProject(other)).toThrow('no WiX project');
});
