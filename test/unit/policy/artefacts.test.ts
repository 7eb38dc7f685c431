import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'plist';
import { beforeAll, describe, expect, test } from 'vitest';
import { METADATA } from '../../../main/settings/metadata.ts';
import { MAC_DOMAIN } from '../../../main/settings/policy/macos.ts';
import { checkPolicyText } from '../../../main/settings/policy/policy-text.ts';
import { readRegistryValues } from '../../../main/settings/policy/windows.ts';
import { readValues } from '../../../main/settings/read-values.ts';
import { policyArtefacts, readArtefact } from '../../../scripts/policy/artefacts.ts';
import { editionOf, macManifest } from '../../../scripts/policy/mac-profile.ts';
import { formProblems } from '../../support/group-policy-form.ts';
import { elementsOf, readXml, type XmlNode } from '../../support/xml.ts';

const SETTINGS = [...METADATA.values()];
const NAMES = SETTINGS.map(({ name }) => name);
const FOR_IT = SETTINGS.filter(({ isAgentSetting }) => !isAgentSetting);
const MANIFEST = `policy/macos/${MAC_DOMAIN}.plist`;
const TODAY = new Date('2030-01-02T03:04:05.678Z');

let generated: ReadonlyMap<string, string>;
beforeAll(async () => {
  generated = await policyArtefacts(TODAY);
});

describe('the artefacts', () => {
  test('are what the schema gives rise to now (if not: npm run policy)', () => {
    const drifted = [...generated].filter(([name, text]) => readArtefact(name) !== text);
    expect(drifted.map(([name]) => name)).toEqual([]);
  });

  test('are all that there is in policy/', () => {
    const found = readdirSync('policy', { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name).replaceAll('\\', '/'));
    const inFolder = [...generated.keys()].filter((name) => name.startsWith('policy/'));
    expect(found.toSorted()).toEqual(inFolder.toSorted());
  });
});

const artefact = (name: string): string => generated.get(name) ?? '';
const admxFile = () => readXml(artefact('policy/windows/Signoff.admx'));
const admlFile = () => readXml(artefact('policy/windows/en-US/Signoff.adml'));
const attributesOf = (nodes: readonly XmlNode[], name: string) =>
  nodes.map(({ attributes }) => attributes[name]);
/** Every `$(table.id)` in the document. */
const references = (text: string, table: string): string[] =>
  [...text.matchAll(new RegExp(String.raw`\$\(${table}\.([^)]*)\)`, 'g'))].map(
    ([, id]) => id ?? '',
  );

describe('the group policy definitions', () => {
  test('and their resources have what the schema asks for, nothing else, and all in its order', () => {
    expect([...formProblems(admxFile()), ...formProblems(admlFile())]).toEqual([]);
  });

  test.each([
    ['key="Software\\Policies\\Signoff" ', '', '<policy> has no key'],
    ['<decimal id="receiptDays" ', '<decimal ', '<decimal> has no id'],
    ['minValue="7"', 'minValue="7.5"', '<decimal> has minValue="7.5"'],
    ['<supportedOn ref="Supported" />', '', '<policy> has no <supportedOn>'],
    ['<categories>', '<categories also="">', '<categories> has also=""'],
    ['<policies>', '<policies><text />', '<policies> has <text> <policy>'],
  ])('are not of their form with %s as "%s"', (is, becomes, problem) => {
    const text = artefact('policy/windows/Signoff.admx');
    expect(text).toContain(is);
    expect(formProblems(readXml(text.replace(is, becomes)))).toContainEqual(
      expect.stringContaining(problem),
    );
  });

  test('have a policy for every setting, and no other', () => {
    expect(attributesOf(elementsOf(admxFile(), 'policy'), 'name')).toEqual(NAMES);
  });

  test('have all their words in the resources, and the resources no others', () => {
    const strings = elementsOf(admlFile(), 'string').map(
      ({ attributes }) => attributes['id'] ?? '',
    );
    const used = references(artefact('policy/windows/Signoff.admx'), 'string');
    expect(new Set(used)).toEqual(new Set(strings));
    expect(new Set(strings).size).toBe(strings.length);
  });

  test('have their presentations there, each with a control for every value', () => {
    const shown = elementsOf(admlFile(), 'presentation').map(({ attributes, children }) => [
      attributes['id'],
      attributesOf(children, 'refId'),
    ]);
    const asked = elementsOf(admxFile(), 'policy')
      .filter(({ attributes }) => attributes['presentation'] !== undefined)
      .map((policy) => [
        references(policy.attributes['presentation'] ?? '', 'presentation')[0],
        attributesOf(elementsOf(policy, 'elements')[0]?.children ?? [], 'id'),
      ]);
    expect(shown).toEqual(asked);
  });

  test('have their categories and what they are supported on', () => {
    const admx = admxFile();
    const named = attributesOf(
      [...elementsOf(admx, 'category'), ...elementsOf(admx, 'definition')],
      'name',
    );
    const asked = attributesOf(
      [...elementsOf(admx, 'parentCategory'), ...elementsOf(admx, 'supportedOn')],
      'ref',
    );
    expect(asked.filter((ref) => ref !== undefined && !named.includes(ref))).toEqual([]);
  });

  test('have ids of letters, digits and underscores only', () => {
    const ids = [
      ...attributesOf(elementsOf(admlFile(), 'string'), 'id'),
      ...attributesOf(elementsOf(admxFile(), 'policy'), 'name'),
    ];
    expect(ids.filter((id) => !/^\p{L}[\p{L}\p{N}_]*$/u.test(id ?? ''))).toEqual([]);
  });

  test('put into the registry what is read from there', () => {
    const lines = elementsOf(admxFile(), 'policy').flatMap((policy) =>
      policy.attributes['valueName'] === undefined
        ? (elementsOf(policy, 'elements')[0]?.children ?? []).map(registryLine)
        : [`    ${policy.attributes['valueName']}    REG_DWORD    0x1`],
    );
    const { values, problems } = readValues(readRegistryValues(lines.join('\r\n')));
    expect(problems).toEqual([]);
    expect(Object.keys(values)).toEqual(NAMES);
  });

  /** The line of a value that group policy has put there: the least, the first, or the default. */
  function registryLine(value: XmlNode): string {
    const name = value.attributes['valueName'] ?? '';
    const standard = METADATA.get(name)?.default;
    switch (value.name) {
      case 'decimal':
        return `    ${name}    REG_DWORD    0x${Number(value.attributes['minValue']).toString(16)}`;
      case 'enum':
        return `    ${name}    REG_SZ    ${elementsOf(value, 'string')[0]?.text}`;
      case 'multiText':
        return `    ${name}    REG_MULTI_SZ    ${[standard].flat().join(String.raw`\0`)}`;
      default:
        return `    ${name}    REG_SZ    ${String(standard)}`;
    }
  }
});

describe('the configuration profile', () => {
  const profile = () =>
    parse(artefact(`policy/macos/${MAC_DOMAIN}.mobileconfig`)) as Record<string, unknown>;
  const payload = () => (profile()['PayloadContent'] as [Record<string, unknown>])[0];

  test('has what every profile and payload needs', () => {
    const needed = [
      'PayloadType',
      'PayloadIdentifier',
      'PayloadUUID',
      'PayloadVersion',
      'PayloadDisplayName',
    ];
    expect(profile()).toMatchObject(
      Object.fromEntries(needed.map((key) => [key, expect.anything()])),
    );
    expect(payload()).toMatchObject(
      Object.fromEntries(needed.map((key) => [key, expect.anything()])),
    );
    expect([profile()['PayloadType'], payload()['PayloadType']]).toEqual([
      'Configuration',
      MAC_DOMAIN,
    ]);
  });

  test('has two identities of its own that never change', () => {
    expect([profile()['PayloadUUID'], payload()['PayloadUUID']]).toEqual([
      expect.stringMatching(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/),
      expect.not.stringMatching(String(profile()['PayloadUUID'])),
    ]);
  });

  test('sets what is IT’s alone to its default, and leaves the rest to the agent', () => {
    const settings = Object.fromEntries(
      Object.entries(payload()).filter(([key]) => !key.startsWith('Payload')),
    );
    expect(settings).toEqual(
      Object.fromEntries(FOR_IT.map((setting) => [setting.name, setting.default])),
    );
    expect(readValues(settings).problems).toEqual([]);
  });
});

describe('the manifest for profile editors', () => {
  const manifest = () => parse(artefact(MANIFEST)) as Record<string, unknown>;

  test('has what the format asks for', () => {
    expect(manifest()).toMatchObject({
      pfm_description: expect.any(String),
      pfm_domain: MAC_DOMAIN,
      pfm_format_version: 1,
      pfm_last_modified: expect.any(Date),
      pfm_title: 'Signoff',
      pfm_unique: true,
      pfm_version: expect.any(Number),
    });
  });

  test('has every setting, of its form and with its default', () => {
    const keys = (manifest()['pfm_subkeys'] as Record<string, unknown>[]).filter(
      (key) => !String(key['pfm_name']).startsWith('Payload'),
    );
    const types = {
      switch: 'boolean',
      number: 'integer',
      choice: 'string',
      text: 'string',
      list: 'array',
    };
    expect(keys.map((key) => [key['pfm_name'], key['pfm_type'], key['pfm_default']])).toEqual(
      SETTINGS.map(({ name, kind, default: standard }) => [name, types[kind.type], standard]),
    );
  });

  test('has profile editors hide what is secret, and nothing else', () => {
    const keys = manifest()['pfm_subkeys'] as Record<string, unknown>[];
    expect(
      keys.filter((key) => key['pfm_sensitive'] === true).map((key) => key['pfm_name']),
    ).toEqual(['browserHandInToken']);
  });

  test('becomes the next edition, of today, only when it changes', async () => {
    const edition = { version: 7, modified: new Date('2029-12-31T00:00:00Z') };
    expect(editionOf(macManifest(SETTINGS, edition))).toEqual(edition);
    expect(editionOf(artefact(MANIFEST)).modified).not.toEqual(TODAY);
  });
});

describe('the files for Linux and for editors', () => {
  test('hold an example that is right', () => {
    expect(checkPolicyText(artefact('policy/linux/policy.json'))).toEqual([]);
  });

  test('hold a schema that has every setting, in words', () => {
    const { properties } = JSON.parse(artefact('policy/policy.schema.json')) as {
      properties: Record<string, { title?: string; description?: string; default?: unknown }>;
    };
    const { $schema: _, ...settings } = properties;
    expect(settings).toMatchObject(
      Object.fromEntries(
        SETTINGS.map(({ name, title, description, default: standard }) => [
          name,
          { title, description, default: standard },
        ]),
      ),
    );
  });
});

test.each([
  { name: 'browserOrigins', most: 20 },
  { name: 'allowedServers', most: 100 },
])('a list has its own bound, in group policy too ($name)', ({ name, most }) => {
  const list = elementsOf(admxFile(), 'multiText').find(
    ({ attributes }) => attributes['valueName'] === name,
  );
  expect([METADATA.get(name)?.kind, list?.attributes['maxStrings']]).toEqual([
    { type: 'list', most },
    String(most),
  ]);
});

test.each(SETTINGS)(
  '$name is told of in the reference, also what becomes of it when left out',
  (setting) => {
    expect(artefact('docs/policy-reference.md')).toContain(`### ${setting.name}\n`);
    expect(setting.title).not.toBe('');
    expect(setting.description).toMatch(/Where it is left out/);
  },
);
