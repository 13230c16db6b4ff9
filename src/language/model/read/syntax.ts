/**
 * From text to the one default export call of a component file. Here alone oxc-parser is loaded. Only imports, types,
 * top-level constants and functions (operations) and one `export default kind({...})` may stand in a file.
 */
import { parseSync } from 'oxc-parser';
import type { CallExpression, Expression, ObjectExpression, Program } from 'oxc-parser';
import type { Reporter } from './reporter.ts';
import { sdkNames, typeNames } from '../sdk-names.ts';

export type { CallExpression, Expression, ObjectExpression };

export interface Syntax {
  readonly program: Program;
  readonly call: CallExpression;
  readonly kind: string;
  readonly callStart: number;
  readonly exportStart: number;
  /** Local name to the name in 'theseus/sdk'. */
  readonly sdk: ReadonlyMap<string, string>;
  /** Local name of a default import to the path inside the system that it names. */
  readonly imports: ReadonlyMap<string, { readonly path: string; readonly start: number }>;
  readonly importSpan?: { readonly start: number; readonly end: number };
  readonly comment?: { readonly value: string; readonly start: number; readonly end: number };
}

/** The syntax of a component file, or undefined after reporting what is wrong. `helpers`: whether constants and functions may stand beside the export. */
export function syntaxOf(path: string, text: string, kinds: readonly string[], helpers: boolean, report: Reporter): Syntax | undefined {
  const result = parseSync(path, text, { lang: 'ts', sourceType: 'module', astType: 'ts', preserveParens: false });
  const error = result.errors.find((candidate) => candidate.severity === 'Error') ?? result.errors[0];
  if (error !== undefined) {
    report(error.labels[0]?.start ?? 0, `this is not TypeScript: ${error.message}`);
    return undefined;
  }
  const program = result.program;
  const sdk = new Map<string, string>();
  const imports = new Map<string, { path: string; start: number }>();
  let importStart = -1;
  let importEnd = -1;
  let found: { call: CallExpression; kind: string; exportStart: number } | undefined;
  for (const statement of program.body) {
    if (statement.type === 'ImportDeclaration') {
      if (importStart < 0) importStart = statement.start;
      importEnd = statement.end;
      const from = statement.source.value;
      if (from === 'theseus/sdk') {
        for (const specifier of statement.specifiers) {
          if (specifier.type !== 'ImportSpecifier' || specifier.imported.type !== 'Identifier')
            report(specifier.start, "import names from 'theseus/sdk' one by one: import { entity, text } from 'theseus/sdk';");
          else if (specifier.imported.name !== specifier.local.name)
            report(specifier.start, `import ${specifier.imported.name} under its own name: a reader must see what it is`);
          else if (!sdkNames.has(specifier.imported.name))
            report(
              specifier.start,
              `'theseus/sdk' has no ${specifier.imported.name}; of types it has ${typeNames.join(', ')}, and the types of parameters may be left out`,
            );
          else sdk.set(specifier.local.name, specifier.imported.name);
        }
      } else if (from.startsWith('./') || from.startsWith('../')) {
        const target = resolved(path, from);
        const only = statement.specifiers[0];
        if (target === undefined)
          report(
            statement.source.start,
            `${from} leaves the system or names no .ts file; import a component such as '../rules/order-discount.ts'`,
          );
        else if (statement.specifiers.length !== 1 || only?.type !== 'ImportDefaultSpecifier')
          report(statement.start, `import the component itself: import name from '${from}';`);
        else imports.set(only.local.name, { path: target, start: statement.source.start });
      } else
        report(statement.source.start, `a component imports only 'theseus/sdk' and other components by a relative path, not '${from}'`);
    } else if (statement.type === 'ExportDefaultDeclaration') {
      const value = statement.declaration;
      if (found !== undefined) report(statement.start, 'a file has one default export; remove the other');
      if (value.type === 'CallExpression' && value.callee.type === 'Identifier')
        found = { call: value, kind: value.callee.name, exportStart: statement.start };
      else report(statement.start, `the default export must be one call: export default ${kinds[0]}({ ... });`);
    } else if (statement.type === 'TSTypeAliasDeclaration' || statement.type === 'TSInterfaceDeclaration') {
      if (!helpers) report(statement.start, 'only imports and one default export stand here');
    } else if (
      helpers &&
      (statement.type === 'FunctionDeclaration' || (statement.type === 'VariableDeclaration' && statement.kind === 'const'))
    ) {
      /* allowed beside an operation; walked with its body */
    } else if (statement.type !== 'EmptyStatement') {
      report(
        statement.start,
        helpers
          ? 'only imports, constants, functions, types and one default export stand in a component'
          : 'only imports and one default export stand in a component; it is data, and nothing here is executed',
      );
    }
  }
  if (found === undefined) {
    report(0, `the file has no default export; write: export default ${kinds[0]}({ ... });`);
    return undefined;
  }
  const { call, kind, exportStart } = found;
  if (!kinds.includes(kind) || sdk.get(kind) !== kind) {
    report(call.start, `the default export here must be a call of ${kinds.join(' or ')}, imported from 'theseus/sdk'`);
    return undefined;
  }
  const comment = result.comments[0];
  return {
    program,
    call,
    kind,
    callStart: call.start,
    exportStart,
    sdk,
    imports,
    ...(importStart < 0 ? {} : { importSpan: { start: importStart, end: importEnd } }),
    ...(comment === undefined || comment.type !== 'Block' || text.slice(0, comment.start).trim() !== '' ? {} : { comment }),
  };
}

/** The path inside the system that a relative import names, or undefined where it leaves the system or is no .ts file. */
function resolved(from: string, relative: string): string | undefined {
  const parts = from.split('/').slice(0, -1);
  for (const part of relative.split('/')) {
    if (part === '.') continue;
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else parts.push(part);
  }
  const path = parts.join('/');
  return /^[a-z]+\/[a-z0-9-]+\.ts$/.test(path) ? path : undefined;
}
