/** Texts of components and tests: head and imports are put in here, and edits that must find what they alter. */
export type Files = { readonly [path: string]: string | null };
export type Sources = { readonly [path: string]: string };

const names =
  'approval access boolean choice date decimal duration email entity example examples instant integer job json list money operation property quantity reaction reference refuse rule text url view addDays addMonths average count daysBetween divide largest max min percentOf round smallest sum today'.split(
    ' ',
  );

/** The import of the SDK that this text needs, in the place of the one that it has. */
export function imported(text: string): string {
  const body = text.replace(/^import .* from 'theseus\/sdk';\n\n?/m, '');
  const used = names.filter((name) => new RegExp(`(?<![.\\w])${name}\\(`).test(body));
  if (body.includes('Row<')) used.push('type Row');
  const line = `import { ${used.join(', ')} } from 'theseus/sdk';\n`;
  const end = body.startsWith('/**') ? body.indexOf('*/\n') + 3 : 0;
  const rest = body.slice(end);
  return `${body.slice(0, end)}${line}${rest.startsWith('import ') ? '' : '\n'}${rest}`;
}

/** A component: its head, its imports, and `export default` before the definition. `rules` are imported by their names. */
export function component(what: string, definition: string, rules: readonly string[] = []): string {
  const head = `/**\n * ${what}\n *\n * why: it was asked for\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n`;
  const more = rules.map((rule) => `import ${rule} from '../rules/${kebab(rule)}.ts';\n`).join('');
  return imported(`${head}${more}${more === '' ? '' : '\n'}export default ${definition.trim()};\n`);
}
/** A file of examples. */
export const tests = (...examples: readonly string[]): string =>
  imported(`export default examples([\n  ${examples.map((one) => one.trim()).join(',\n  ')},\n]);\n`);
/** The tests as they stand, with more examples at their end. */
export const withMore = (before: string, ...examples: readonly string[]): string =>
  imported(before.replace(/\]\);\s*$/, `  ${examples.map((one) => one.trim()).join(',\n  ')},\n]);\n`));
/** One example: a name, and its steps as text. */
export const shown = (name: string, ...steps: readonly string[]): string => `example('${name}', [\n    ${steps.join(',\n    ')},\n  ])`;

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The file with each first text replaced by the second; a text that is not there is a slip of this corpus. */
export function altered(files: Files, path: string, ...changes: readonly (readonly [from: string, to: string])[]): Files {
  let text = files[path];
  if (typeof text !== 'string') throw new Error(`${path} is not there`);
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
    text = text.replaceAll(from, () => to);
  }
  return { ...files, [path]: imported(text) };
}
/** A file of the base, altered. */
export const edited = (base: Sources, path: string, ...changes: readonly (readonly [from: string, to: string])[]): Files => ({
  [path]: altered(base, path, ...changes)[path] ?? null,
});

/** theseus.json of a base: its name and what its roles may do. */
export const settingsOf = (name: string, roles: object): string =>
  `${JSON.stringify({ name, currency: 'EUR', timeZone: 'Europe/Berlin', locale: 'en', collation: 'und-x-icu', roles, policy: { ask: ['owner'], approve: ['owner'], rollback: ['owner'], freeze: ['owner'] } }, null, 2)}\n`;
