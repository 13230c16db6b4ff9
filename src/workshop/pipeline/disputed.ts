/**
 * Examples that bind a change and that may be wrong: those of which whoever writes the code says that they cannot hold, and hidden ones
 * at which different texts fail while they pass all else. They become a question to the asker. Nothing passes by it and no example
 * is altered by it; one that does not fail is not spoken of, and one that the asker has kept is not asked about again. Pure.
 */
import type { AcceptanceExample, Candidate } from '#change';
import { isBarred } from '#gates';
import type { Evidence, Json } from '#kernel';
import { pathOf, testPathOf } from '#model';
import type { Dispute } from '#ports';
import { dropOption, keepOption, plain, titleOf } from './answers-about-examples.ts';
import type { Ended } from './changing.ts';
import { exampleName, nameOf } from './parts.ts';

/** What was written, what it says of its examples, and what the gates say of it. */
export interface Looked {
  readonly candidate: Candidate;
  readonly evidence: readonly Evidence[];
  readonly disputes: readonly Dispute[];
}
export interface Failing {
  readonly example: AcceptanceExample;
  /** The gate's own words: what was expected and what it answered. */
  readonly answered: string;
}

const most = { why: 500, answered: 400, asked: 10 } as const;

/** The examples of `binding` that fail; `alone` where nothing else speaks against the candidate. */
export function failingOf(
  evidence: readonly Evidence[],
  binding: readonly AcceptanceExample[],
): { readonly failing: readonly Failing[]; readonly alone: boolean } {
  const bad = evidence.filter(({ verdict }) => verdict === 'fail');
  const findings = bad.flatMap(({ gate, findings: all }) =>
    all.filter(({ verdict }) => verdict === 'fail').map((finding) => ({ gate, finding })),
  );
  const failing: Failing[] = [];
  let others = bad.length === 0 ? 1 : 0;
  for (const { gate, finding } of findings) {
    const example = gate === 'examples' ? binding.find((one) => speaksOf(finding, one)) : undefined;
    if (example === undefined) others += 1;
    else failing.push({ example, answered: answeredIn(finding) });
  }
  // What stayed open beside a failure was left off since something failed; without one it speaks for itself.
  return { failing, alone: others === 0 && evidence.some(isBarred) };
}

type Finding = Evidence['findings'][number];
function speaksOf({ statement, witness }: Finding, one: AcceptanceExample): boolean {
  const [kind = '', name = ''] = one.component.split('/');
  const path = testPathOf(pathOf(kind as Parameters<typeof pathOf>[0], name));
  const called = exampleName(one);
  return (
    called !== '' && memberOf(witness, 'path') === path && (statement.startsWith(`${called}: `) || statement.startsWith(`${called}, step `))
  );
}
function answeredIn({ statement, witness }: Finding): string {
  const [expected, actual] = [memberOf(witness, 'expected'), memberOf(witness, 'actual')];
  const said =
    expected === undefined && actual === undefined
      ? statement
      : `expected ${JSON.stringify(expected ?? null)}, and it answered ${JSON.stringify(actual ?? null)}`;
  return plain(said, most.answered);
}
const memberOf = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { readonly [member: string]: Json })[name] : undefined;

/** The question, where all that fails is disputed; `last` where the tries are over, and what fails besides matters no more. */
export function questionOf(
  looked: readonly Looked[],
  {
    binding,
    kept,
    request,
    last,
  }: {
    readonly binding: readonly AcceptanceExample[];
    /** By name: what the asker has answered to keep. */
    readonly kept: readonly string[];
    readonly request: string;
    readonly last: boolean;
  },
): Ended | undefined {
  const now = looked.at(-1);
  if (now === undefined) return undefined;
  const { failing, alone } = failingOf(now.evidence, binding);
  const open = failing.filter(({ example }) => !kept.includes(nameOf(example)));
  // What was said of an example once stands, as long as it fails.
  const said = looked.toReversed().flatMap(({ disputes }) => disputes);
  const disputed = open.flatMap((one) => {
    const { component } = one.example;
    const why = one.example.hidden
      ? undefined
      : said.find((each) => each.component === component && each.name === exampleName(one.example))?.why;
    return why === undefined ? [] : [{ ...one, why: plain(why, most.why) }];
  });
  if (disputed.length > 0 && (last || (alone && disputed.length === failing.length)))
    return asking(now, disputed, alone, { binding, kept, request });
  return last && alone && open.length === failing.length && open.every(({ example }) => example.hidden) && oftenSo(looked, failing, binding)
    ? asking(now, open, alone, { binding, kept, request })
    : undefined;
}

/** Whether another text of this change failed at the same examples, and at nothing else. */
function oftenSo(looked: readonly Looked[], failing: readonly Failing[], binding: readonly AcceptanceExample[]): boolean {
  const now = looked.at(-1);
  const names = failing
    .map(({ example }) => nameOf(example))
    .sort()
    .join('\n');
  return looked.slice(0, -1).some((earlier) => {
    const then = failingOf(earlier.evidence, binding);
    return (
      then.alone &&
      then.failing
        .map(({ example }) => nameOf(example))
        .sort()
        .join('\n') === names &&
      JSON.stringify(earlier.candidate.files) !== JSON.stringify(now?.candidate.files)
    );
  });
}

type Asked = Failing & { readonly why?: string };
function asking(
  { candidate }: Looked,
  all: readonly Asked[],
  alone: boolean,
  {
    binding,
    kept,
    request,
  }: { readonly binding: readonly AcceptanceExample[]; readonly kept: readonly string[]; readonly request: string },
): Ended {
  const asked = all.slice(0, most.asked);
  return {
    outcome: 'question',
    why: [
      asked.length === 1 ? 'An example that must hold may be wrong.' : `${asked.length} examples that must hold may be wrong.`,
      ...asked.map(({ example, why, answered }) =>
        why === undefined
          ? `${titleOf(example, binding)}, which whoever writes the code does not see, failed in different texts that passed all else.`
          : `${titleOf(example, binding)} says otherwise than what was written: ${answered}. Whoever writes the code says in its own words: “${why}”.`,
      ),
      ...(alone ? [] : ['Other checks failed as well.']),
      'Keep it, drop it, or alter its values and ask again with them? Nothing was changed.',
    ].join(' '),
    options: [
      ...asked.flatMap(({ example }) => [dropOption(example, binding)]),
      keepOption(
        asked.map(({ example }) => example),
        binding,
      ),
    ],
    evidence: {
      candidate: candidate.id,
      request,
      // `statement` and `witness` as findings have them: of a hidden example both are kept from those who may not know it.
      disputes: asked.map(({ example, why, answered }) => ({
        component: example.component,
        statement: exampleName(example),
        hidden: example.hidden,
        witness: answered,
        ...(why === undefined ? {} : { saidByTheWriter: why }),
      })),
      kept: [...kept],
    },
  };
}
