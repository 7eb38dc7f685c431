import type { XmlNode } from '../../main/settings/policy/read-xml.ts';

export { readXml } from '../../main/settings/policy/read-xml.ts';
export type { XmlNode };

/** Every element of this name, in the order of the document. */
export function elementsOf(node: XmlNode, name: string): XmlNode[] {
  const below = node.children.flatMap((child) => elementsOf(child, name));
  return node.name === name ? [node, ...below] : below;
}
