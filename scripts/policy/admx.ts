import type { SettingMetadata } from '../../main/settings/metadata.ts';
import { element, type XmlElement, xmlDocument } from './xml.ts';

const NAMESPACE = 'http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions';
const KEY = String.raw`Software\Policies\Signoff`;
const REVISION = '1.0';
const CATEGORY = 'Signoff';
const SUPPORTED = 'Supported';
const SECTIONS = { it: 'ForIt', agent: 'ForAgents' } as const;

/** The group policy definitions: each setting and its form in the registry. */
export function admx(settings: readonly SettingMetadata[]): string {
  return xmlDocument(
    element('policyDefinitions', { xmlns: NAMESPACE, revision: REVISION, schemaVersion: '1.0' }, [
      element('policyNamespaces', {}, [
        element('target', { prefix: 'signoff', namespace: 'Signoff.Policies' }),
      ]),
      element('resources', { minRequiredRevision: REVISION }),
      element('supportedOn', {}, [
        element('definitions', {}, [
          element('definition', { name: SUPPORTED, displayName: string(SUPPORTED) }),
        ]),
      ]),
      element('categories', {}, [
        element('category', { name: CATEGORY, displayName: string(CATEGORY) }),
        ...Object.values(SECTIONS).map((name) =>
          element('category', { name, displayName: string(name) }, [
            element('parentCategory', { ref: CATEGORY }),
          ]),
        ),
      ]),
      element('policies', {}, settings.map(policy)),
    ]),
  );
}

function policy(setting: SettingMetadata): XmlElement {
  const { name, kind } = setting;
  const isSwitch = kind.type === 'switch';
  return element(
    'policy',
    {
      name,
      class: 'Both',
      displayName: string(name),
      explainText: string(`${name}_Explain`),
      ...(isSwitch ? {} : { presentation: `$(presentation.${name})` }),
      key: KEY,
      ...(isSwitch ? { valueName: name } : {}),
    },
    [
      element('parentCategory', { ref: setting.isAgentSetting ? SECTIONS.agent : SECTIONS.it }),
      element('supportedOn', { ref: SUPPORTED }),
      ...(isSwitch
        ? [
            element('enabledValue', {}, [element('decimal', { value: 1 })]),
            element('disabledValue', {}, [element('decimal', { value: 0 })]),
          ]
        : [element('elements', {}, [valueElement(setting)])]),
    ],
  );
}

/** Becomes a DWORD, SZ or MULTI_SZ in the registry. Text may be empty, so it is not required. */
function valueElement({ name, kind }: SettingMetadata): XmlElement {
  const value = { id: name, valueName: name };
  switch (kind.type) {
    case 'switch':
      throw new Error('A switch is the policy itself.');
    case 'number':
      return element('decimal', {
        ...value,
        required: 'true',
        minValue: kind.least,
        maxValue: kind.most,
      });
    case 'choice':
      return element(
        'enum',
        { ...value, required: 'true' },
        kind.choices.map((choice) =>
          element('item', { displayName: string(choiceId(name, choice)) }, [
            element('value', {}, [element('string', {}, choice)]),
          ]),
        ),
      );
    case 'text':
      return element('text', { ...value, maxLength: kind.longest });
    case 'list':
      return element('multiText', { ...value, maxStrings: kind.most });
  }
}

/** The definitions' texts in English. */
export function adml(settings: readonly SettingMetadata[]): string {
  const strings: [id: string, text: string][] = [
    [CATEGORY, 'Signoff'],
    [SECTIONS.it, 'Set by IT alone'],
    [SECTIONS.agent, 'Chosen by the agent while not configured'],
    [SUPPORTED, 'Signoff 0.1 or later'],
    ...settings.flatMap(stringsOf),
  ];
  return xmlDocument(
    element(
      'policyDefinitionResources',
      { xmlns: NAMESPACE, revision: REVISION, schemaVersion: '1.0' },
      [
        element('displayName', {}, 'Signoff'),
        element('description', {}, 'Settings of Signoff that IT manages.'),
        element('resources', {}, [
          element(
            'stringTable',
            {},
            strings.map(([id, text]) => element('string', { id }, text)),
          ),
          element(
            'presentationTable',
            {},
            settings
              .filter(({ kind }) => kind.type !== 'switch')
              .map((setting) => element('presentation', { id: setting.name }, [control(setting)])),
          ),
        ]),
      ],
    ),
  );
}

function stringsOf({ name, kind, title, description }: SettingMetadata): [string, string][] {
  const choices = kind.type === 'choice' ? kind.choices : [];
  return [
    [name, title],
    [`${name}_Explain`, description.replaceAll('`', '"')],
    ...choices.map((choice): [string, string] => [choiceId(name, choice), choice]),
  ];
}

function control({ name, kind, title, default: standard }: SettingMetadata): XmlElement {
  switch (kind.type) {
    case 'switch':
      throw new Error('A switch is shown without a presentation.');
    case 'number':
      return element(
        'decimalTextBox',
        { refId: name, defaultValue: Number(standard) },
        `${title} (${kind.least} to ${kind.most})`,
      );
    case 'choice': {
      const defaultItem = kind.choices.indexOf(String(standard));
      return element('dropdownList', { refId: name, noSort: 'true', defaultItem }, title);
    }
    case 'text':
      return element('textBox', { refId: name }, [
        element('label', {}, title),
        ...(standard === '' ? [] : [element('defaultValue', {}, String(standard))]),
      ]);
    case 'list':
      return element('multiTextBox', { refId: name, defaultHeight: 5 }, `${title} (one a line)`);
  }
}

function string(id: string): string {
  return `$(string.${id})`;
}

/** Ids allow letters, digits and underscores only. */
function choiceId(name: string, choice: string): string {
  return `${name}_${choice.replaceAll(/[^A-Za-z0-9]/g, '_')}`;
}
