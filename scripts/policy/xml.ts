/** An XML element; text is escaped when it is written. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly XmlElement[] | string;
}

export function element(
  name: string,
  attributes: XmlElement['attributes'] = {},
  children: XmlElement['children'] = [],
): XmlElement {
  return { name, attributes, children };
}

export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${render(root, '')}`;
}

function render({ name, attributes, children }: XmlElement, indent: string): string {
  const start = [name, ...Object.entries(attributes).map(([key, value]) => attribute(key, value))];
  const head = `${indent}<${start.join(' ')}`;
  if (children.length === 0) return `${head} />\n`;
  if (typeof children === 'string') return `${head}>${escapeXml(children)}</${name}>\n`;
  const inner = children.map((child) => render(child, `${indent}  `)).join('');
  return `${head}>\n${inner}${indent}</${name}>\n`;
}

function attribute(key: string, value: string | number): string {
  return `${key}="${escapeXml(String(value)).replaceAll('"', '&quot;')}"`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
