import { readXml, type XmlNode } from './read-xml.ts';

/**
 * Reads a property list in its XML form. Dates and data come as `{ date }` and `{ data }` with their text,
 * which no setting takes: one strange value must not take the others with it. Throws where it is none.
 * The form: https://www.apple.com/DTDs/PropertyList-1.0.dtd
 */
export function readPlist(xml: string): unknown {
  const root = readXml(xml);
  const [value, ...others] = root.children;
  if (root.name !== 'plist' || value === undefined || others.length > 0) throw notPlist();
  return valueOf(value);
}

function valueOf({ name, text, children }: XmlNode): unknown {
  switch (name) {
    case 'dict':
      return dictOf(children);
    case 'array':
      return children.map(valueOf);
    case 'string':
      return text;
    case 'integer':
    case 'real':
      return Number(text);
    case 'true':
      return true;
    case 'false':
      return false;
    case 'date':
    case 'data':
      return { [name]: text.trim() };
    default:
      throw notPlist();
  }
}

/** Keys and values in turn. */
function dictOf(children: readonly XmlNode[]): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  for (let at = 0; at < children.length; at += 2) {
    const [key, value] = children.slice(at, at + 2);
    if (key?.name !== 'key' || value === undefined) throw notPlist();
    entries.push([key.text, valueOf(value)]);
  }
  return Object.fromEntries(entries);
}

function notPlist(): Error {
  return new Error('It is no property list.');
}
