import { element, type XmlElement, xmlDocument } from './xml.ts';

export type PlistValue =
  string | number | boolean | Date | readonly PlistValue[] | { readonly [key: string]: PlistValue };

const DOCTYPE =
  '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n';

/** A property list as XML, as plist(5) has it. Numbers are whole. */
export function plist(value: PlistValue): string {
  return xmlDocument(element('plist', { version: '1.0' }, [node(value)]), DOCTYPE);
}

function node(value: PlistValue): XmlElement {
  if (typeof value === 'string') return element('string', {}, value);
  if (typeof value === 'number') return element('integer', {}, String(value));
  if (typeof value === 'boolean') return element(String(value));
  if (value instanceof Date) {
    return element('date', {}, value.toISOString().replace(/\.\d+Z$/, 'Z'));
  }
  if (isList(value)) return element('array', {}, value.map(node));
  return element(
    'dict',
    {},
    Object.entries(value).flatMap(([key, entry]) => [element('key', {}, key), node(entry)]),
  );
}

function isList(value: object): value is readonly PlistValue[] {
  return Array.isArray(value);
}
