// Makes the import table a rule of the linter.
import { relative, sep } from 'node:path';
import { faultOf, type Import, placeOf } from './walls.ts';

/** The relevant part of an import in the syntax tree. */
interface ImportNode {
  readonly source: { readonly type: string; readonly value?: unknown } | null;
  readonly importKind?: 'type' | 'value';
  readonly exportKind?: 'type' | 'value';
  readonly specifiers?: readonly Specifier[];
}

interface Specifier {
  readonly type: string;
  readonly importKind?: 'type' | 'value';
  readonly exportKind?: 'type' | 'value';
  readonly imported?: Name;
  readonly local: Name;
}

type Name = { readonly name: string } | { readonly value: string };

interface Context {
  readonly cwd: string;
  readonly filename: string;
  report(problem: { node: object; message: string }): void;
}

const SEE = 'See scripts/walls/table.ts.';

const walls = {
  create(context: Context) {
    const path = relative(context.cwd, context.filename).split(sep).join('/');
    const check = (node: ImportNode, what: Omit<Import, 'source'>): void => {
      if (typeof node.source?.value !== 'string') return;
      const message = faultOf(path, { source: node.source.value, ...what });
      if (message !== null) context.report({ node, message: `${message} ${SEE}` });
    };
    const checkNamed = (node: ImportNode): void =>
      check(node, { typesOnly: isType(node), names: namesIn(node.specifiers ?? []) });
    return {
      Program(node: object): void {
        if (placeOf(path) !== undefined) return;
        context.report({ node, message: `${path} is in no place that the walls know. ${SEE}` });
      },
      ImportDeclaration: checkNamed,
      ExportNamedDeclaration: checkNamed,
      ExportAllDeclaration: (node: ImportNode) =>
        check(node, { typesOnly: isType(node), names: 'all' }),
      ImportExpression: (node: ImportNode) => check(node, { typesOnly: false, names: 'all' }),
      TSImportType: (node: ImportNode) => check(node, { typesOnly: true, names: 'all' }),
    };
  },
};

export default { meta: { name: 'house' }, rules: { walls } };

function isType({ importKind, exportKind }: ImportNode | Specifier): boolean {
  return importKind === 'type' || exportKind === 'type';
}

function namesIn(specifiers: readonly Specifier[]): Import['names'] {
  if (specifiers.some(({ type }) => type === 'ImportNamespaceSpecifier')) return 'all';
  return specifiers
    .filter((specifier) => !isType(specifier))
    .map(({ imported, local }) => imported ?? local)
    .map((name) => ('name' in name ? name.name : name.value));
}
