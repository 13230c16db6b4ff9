/** The opening doc comment of a component: what it is, why it exists, and where it came from. Lineage begins here. */
import { daysOf } from '#schema';
import type { Head } from '../reading.ts';
import type { Reporter } from './reporter.ts';

const example = '/**\n * What it is.\n *\n * why: why it exists\n * change: start\n * generator: person\n * date: 2026-01-31\n */';

export function headOf(comment: { readonly value: string; readonly start: number } | undefined, report: Reporter): Head {
  const head = { what: '', why: '', change: '', generator: '', date: '' };
  if (comment === undefined || !comment.value.startsWith('*')) {
    report(0, `the file must open with a doc comment that says what it is, and why, change, generator, date:\n${example}`);
    return head;
  }
  let part: keyof Head = 'what';
  for (const line of comment.value.slice(1).split('\n')) {
    const text = line.replace(/^\s*\*? ?/, '').trim();
    const found = /^(why|change|generator|date):\s*(.*)$/.exec(text);
    if (found !== null) {
      part = found[1] as keyof Head;
      head[part] = found[2] ?? '';
    } else if (text !== '') head[part] = head[part] === '' ? text : `${head[part]} ${text}`;
  }
  for (const name of ['what', 'why', 'change', 'generator', 'date'] as const) {
    if (head[name] === '')
      report(
        comment.start,
        name === 'what' ? 'the opening comment must say first what this is' : `the opening comment must have a line "${name}: ..."`,
      );
  }
  if (head.date !== '' && daysOf(head.date) === undefined)
    report(comment.start, `the date of the opening comment must be a date such as 2026-01-31, not ${head.date}`);
  return head;
}
