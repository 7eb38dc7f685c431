import type { XmlNode } from './xml.ts';

/**
 * What may stand where in group policy's definitions and their resources, as Microsoft documents its schema:
 * attributes, then children in their order. What has a `!` has to be there. An element that has two forms
 * is named with what it stands in.
 * https://learn.microsoft.com/previous-versions/windows/desktop/Policy/schema-root
 */
const FORM: Readonly<Record<string, readonly [attributes: string, children: string]>> = {
  policyDefinitions: [
    'xmlns revision! schemaVersion!',
    'policyNamespaces! resources! supportedOn categories policies',
  ],
  policyNamespaces: ['', 'target!'],
  target: ['prefix! namespace!', ''],
  'policyDefinitions > resources': ['minRequiredRevision!', ''],
  'policyDefinitions > supportedOn': ['', 'definitions'],
  definitions: ['', 'definition!'],
  definition: ['name! displayName!', ''],
  categories: ['', 'category'],
  category: ['name! displayName! explainText', 'parentCategory'],
  parentCategory: ['ref!', ''],
  policies: ['', 'policy'],
  policy: [
    'name! class! displayName! explainText presentation key! valueName',
    'parentCategory supportedOn! enabledValue disabledValue elements',
  ],
  'policy > supportedOn': ['ref!', ''],
  enabledValue: ['', 'decimal!'],
  disabledValue: ['', 'decimal!'],
  elements: ['', 'decimal enum text multiText'],
  decimal: ['value!', ''],
  'elements > decimal': ['id! valueName! required minValue maxValue', ''],
  enum: ['id! valueName! required', 'item'],
  item: ['displayName!', 'value!'],
  value: ['', 'string!'],
  'value > string': ['', ''],
  text: ['id! valueName! required maxLength', ''],
  multiText: ['id! valueName! required maxLength maxStrings', ''],

  policyDefinitionResources: [
    'xmlns revision! schemaVersion!',
    'displayName! description resources!',
  ],
  displayName: ['', ''],
  description: ['', ''],
  'policyDefinitionResources > resources': ['', 'stringTable presentationTable'],
  stringTable: ['', 'string!'],
  'stringTable > string': ['id!', ''],
  presentationTable: ['', 'presentation!'],
  presentation: ['id!', 'decimalTextBox dropdownList textBox multiTextBox'],
  decimalTextBox: ['refId! defaultValue', ''],
  dropdownList: ['refId! noSort defaultItem', ''],
  textBox: ['refId!', 'label! defaultValue'],
  multiTextBox: ['refId! defaultHeight', ''],
  label: ['', ''],
  defaultValue: ['', ''],
};

const VERSION = /^\d{1,4}\.\d{1,5}$/;
const BOOLEAN = /^(?:true|false)$/;
const UNSIGNED = /^\d{1,9}$/;
/** What the value of an attribute is, where it is no text. */
const TYPES: Readonly<Record<string, RegExp>> = {
  revision: VERSION,
  schemaVersion: VERSION,
  minRequiredRevision: VERSION,
  class: /^(?:User|Machine|Both)$/,
  required: BOOLEAN,
  noSort: BOOLEAN,
  value: UNSIGNED,
  minValue: UNSIGNED,
  maxValue: UNSIGNED,
  maxLength: UNSIGNED,
  maxStrings: UNSIGNED,
  defaultValue: UNSIGNED,
  defaultItem: UNSIGNED,
  defaultHeight: UNSIGNED,
};

/** Where a document of group policy's is not of its form, in words. */
export function formProblems(node: XmlNode, within = ''): string[] {
  const { name, attributes, children } = node;
  const form = FORM[`${within} > ${name}`] ?? FORM[name];
  if (form === undefined) return [`<${within}> has <${name}>`];
  const mayHave = readNames(form[0]);
  const inOrder = readNames(form[1]);
  const given = Object.entries(attributes);
  const childNames = children.map((child) => child.name);
  const places = childNames.map((child) => inOrder.findIndex((known) => known.name === child));
  const isInOrder = places.every((place, n) => place >= (places[n - 1] ?? 0));
  return [
    ...missing(mayHave, Object.keys(attributes)).map((key) => `<${name}> has no ${key}`),
    ...given
      .filter(
        ([key, value]) =>
          TYPES[key]?.test(value) === false || !mayHave.some((known) => known.name === key),
      )
      .map(([key, value]) => `<${name}> has ${key}="${value}"`),
    ...missing(inOrder, childNames).map((child) => `<${name}> has no <${child}>`),
    ...(isInOrder ? [] : [`<${name}> has ${childNames.map((child) => `<${child}>`).join(' ')}`]),
    ...children.flatMap((child) => formProblems(child, name)),
  ];
}

interface Name {
  readonly name: string;
  readonly isRequired: boolean;
}

function readNames(form: string): Name[] {
  return form
    .split(' ')
    .filter((name) => name !== '')
    .map((name) => ({ name: name.replace('!', ''), isRequired: name.endsWith('!') }));
}

function missing(form: readonly Name[], found: readonly string[]): string[] {
  return form
    .filter(({ name, isRequired }) => isRequired && !found.includes(name))
    .map(({ name }) => name);
}
