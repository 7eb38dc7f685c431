import { SaxesParser } from 'saxes';

export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  readonly text: string;
}

/** Reads a document with a parser that takes nothing but well-formed XML; throws otherwise. */
export function readXml(document: string): XmlNode {
  const parser = new SaxesParser();
  const top: XmlNode[] = [];
  const open: {
    name: string;
    attributes: Record<string, string>;
    children: XmlNode[];
    text: string;
  }[] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) =>
    open.push({ name, attributes, children: [], text: '' }),
  );
  parser.on('text', (text) => {
    const node = open.at(-1);
    if (node !== undefined) node.text += text;
  });
  parser.on('closetag', () => {
    const node = open.pop();
    if (node !== undefined) (open.at(-1)?.children ?? top).push(node);
  });
  parser.write(document).close();
  const [root] = top;
  if (root === undefined) throw new Error('There is no element.');
  return root;
}
/** Every element of this name, in the order of the document. */
export function elementsOf(node: XmlNode, name: string): XmlNode[] {
  const below = node.children.flatMap((child) => elementsOf(child, name));
  return node.name === name ? [node, ...below] : below;
}
