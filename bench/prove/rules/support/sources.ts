/**
 * Sources out of what matters in them: heads, imports, permanent ids and numbers are put in here, so that a case shows
 * only what it is about. `choices: [a, b]` is written out, rows are given their type. Nothing else of a text is altered.
 */
import type { Sources } from './rule-case.ts';

const kinds = 'text integer decimal money quantity boolean date instant duration email url choice reference list json'.split(' ');
const formulas =
  'sum count average smallest largest min max percentOf divide round today addDays addMonths addYears daysBetween monthsBetween yearsBetween yearOf quarterOf monthOf dayOf weekdayOf startOfMonth endOfMonth startOfQuarter endOfQuarter startOfYear endOfYear money decimal date'.split(
    ' ',
  );

const settings = JSON.stringify({
  name: 'cases',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  locale: 'en',
  collation: 'und-x-icu',
  roles: {
    owner: { read: true, write: true, sensitive: true },
    manager: { read: true, write: true, sensitive: true },
    clerk: { read: true, write: true, sensitive: false },
  },
  policy: {},
});
export const system = (...parts: readonly Sources[]): Sources => Object.assign({ 'theseus.json': settings }, ...parts) as Sources;

const head = (what: string): string =>
  `/**\n * ${what}\n *\n * why: a case of its own\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n`;
const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function imported(text: string, first: string): string {
  const names = [...new Set([...kinds, ...formulas])].filter((name) => new RegExp(`(?<![.\\w])${name}\\(`).test(text));
  if (text.includes('Row<')) names.push('type Row');
  return `import { ${[first, ...names].join(', ')} } from 'theseus/sdk';\n`;
}

/** `fields` as in the language, without ids and numbers; `rules` are the rules that its formulas call. */
export function entity(
  name: string,
  fields: string,
  options: { readonly invariants?: string; readonly rules?: readonly string[] } = {},
): Sources {
  const short = name.toLowerCase();
  let next = 0;
  const made = fields
    .replaceAll(new RegExp(`\\b(${kinds.join('|')})\\(\\{`, 'g'), (_, kind: string) => {
      next += 1;
      return `${kind}({ id: 'f_${short}${next}', no: ${next},${kind === 'list' ? ` itemId: 'e_${short}${next}',` : ''}`;
    })
    .replaceAll(/choices: \[([^\]]*)\]/g, (_, names: string) => {
      const choices = names.split(',').map((choice) => {
        next += 1;
        return `${choice.trim()}: 'c_${short}${next}'`;
      });
      return `choices: { ${choices.join(', ')} }`;
    });
  const first = /^\s*(\w+):/.exec(fields)?.[1] ?? '';
  const invariants = options.invariants === undefined ? '' : `\n  invariants: {\n    ${options.invariants}\n  },`;
  const definition =
    `export default entity({\n  id: 'e_${short}',\n  name: '${name}',\n  plural: '${name}s',\n  title: '${first}',\n  fields: {\n    ${made.trim()}\n  },${invariants}\n});\n`.replaceAll(
      `(${name}) =>`,
      `(${name}: Row<'${name}'>) =>`,
    );
  const rules = (options.rules ?? []).map((rule) => `import ${rule} from '../rules/${kebab(rule)}.ts';\n`).join('');
  return { [`entities/${kebab(name)}.ts`]: `${head(`A ${name}.`)}${imported(definition, 'entity')}${rules}\n${definition}` };
}

/** A decision rule; `body` is the rest of its definition: `decide: ..., ensures: { ... },`. */
export function decision(name: string, on: string, governs: string, body: string): Sources {
  const definition = `export default rule({\n  id: 'r_${name.toLowerCase()}',\n  name: '${name}',\n  on: '${on}',\n  governs: '${governs}',\n  ${body.trim()}\n});\n`;
  return { [`rules/${kebab(name)}.ts`]: `${head(`It decides ${governs}.`)}${imported(definition, 'rule')}\n${definition}` };
}
export function approvalOf(name: string, on: string, body: string): Sources {
  const definition = `export default approval({\n  id: 'r_${name.toLowerCase()}',\n  name: '${name}',\n  on: '${on}',\n  by: 'manager',\n  ${body.trim()}\n});\n`;
  return { [`rules/${kebab(name)}.ts`]: `${head(`It asks for an approval.`)}${imported(definition, 'approval')}\n${definition}` };
}
