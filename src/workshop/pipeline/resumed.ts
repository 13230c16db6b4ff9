/**
 * Goes on from a question about examples, as the asker answered it: with the scope and the examples that were understood, one of them
 * kept, altered or dropped, and with what was written already. Nothing is understood again, and the first look costs no call of a model.
 * An answer in other words is no such answer: it is understood like any request.
 */
import type { AcceptanceExample, Candidate, ChangeRequest, Understanding } from '#change';
import type { Digest, Json } from '#kernel';
import { type Example, pathOf, printTests, type SystemReading, testPathOf } from '#model';
import type { CodeReader, Dispute, Generator } from '#ports';
import type { GateInput } from '#gates';
import { dropOption, keepOption } from './answers-about-examples.ts';
import { applied } from './binding-examples.ts';
import { type ChangeParts, bindingExamples, exampleName, nameOf } from './parts.ts';
import { rebased } from './rebased.ts';

export interface Resumed {
  /** What was first asked for: the answer alone says it no more. */
  readonly text: string;
  readonly generator: string;
  readonly understanding: Understanding;
  readonly candidate: Candidate;
  readonly before: readonly AcceptanceExample[];
  readonly binding: readonly AcceptanceExample[];
  /** By name: what the asker has answered to keep, and that is not asked about again. */
  readonly kept: readonly string[];
  readonly disputes: readonly Dispute[];
}

export async function resumedFrom(request: ChangeRequest, log: ChangeParts['log']): Promise<Resumed | null> {
  if (request.continues === undefined || request.proposal !== undefined || request.kind === 'check') return null;
  const [earlier, events] = await Promise.all([log.request(request.continues), log.events(request.continues)]);
  const ended = events.findLast((event) => event.kind === 'ended');
  const understood = events.findLast((event) => event.kind === 'understood');
  if (earlier === null || ended?.outcome !== 'question' || understood === undefined) return null;
  const question = questionIn(ended.evidence);
  const candidate = question === undefined ? null : await log.candidate(question.candidate);
  if (question === undefined || candidate === null || candidate.change !== earlier.id) return null;
  const before = bindingExamples(earlier, understood.understanding.acceptance);
  const asked = before.filter((example) => question.names.includes(nameOf(example)));
  // With examples of their own the asker alters: the words of the request are then those of the earlier one, whatever they say.
  const isAltered = request.acceptance !== undefined && (request.text === earlier.text || request.text === question.request);
  const isAnswer = request.acceptance === undefined;
  const dropped = isAnswer ? asked.find((example) => dropOption(example, before).sentence === request.text) : undefined;
  const isKept = isAnswer && keepOption(asked, before).sentence === request.text;
  if (!isAltered && !isKept && dropped === undefined) return null;
  // Whoever did not ask may not even know what a hidden example says.
  if (dropped?.hidden === true && request.by !== earlier.by) return null;
  const binding = bindingExamples(request, before).filter((example) => dropped === undefined || nameOf(example) !== nameOf(dropped));
  const isSame = (name: string): boolean =>
    binding.some((one) => nameOf(one) === name && before.some((then) => nameOf(then) === name && alike(then.example, one.example)));
  return {
    text: question.request,
    generator: candidate.generator,
    understanding: understood.understanding,
    candidate,
    before,
    binding,
    kept: [...new Set([...question.kept, ...(isKept ? question.names : [])])].filter(isSame),
    // Of several that were asked about, the others still are.
    disputes: isKept ? [] : question.disputes.filter((one) => isSame(`${one.component} ${one.name}`)),
  };
}

/** The generator that goes on: it has understood, and offers first what it wrote before, as far as that still fits what serves. */
export async function resuming(resumed: Resumed, generator: Generator, parts: ChangeParts, base: Digest): Promise<Generator> {
  const { understanding, binding, candidate } = resumed;
  const planAgain = generator.planAgain;
  if (planAgain === undefined) return generator;
  const from = await parts.base(candidate.base);
  const offered = candidate.base === base ? candidate : rebased(candidate, from, await parts.base(base));
  const written = offered === undefined ? undefined : await withoutBinding(offered.files, resumed.before, from, parts.engines.reader);
  return {
    ...generator,
    tries: { repairs: generator.tries?.repairs ?? 0, variants: 1 },
    understand: async () => ({
      kind: 'understood',
      ...understanding,
      plan: planAgain(resumed.text, understanding, binding),
      acceptance: binding,
    }),
    generate: async (plan, context) =>
      written !== undefined && (context.aid?.attempts ?? []).length === 0
        ? { files: written, notes: [], disputes: resumed.disputes }
        : generator.generate(plan, context),
  };
}

/** A candidate as it was written, before the examples that bound it were put in: what whoever writes may be shown. */
async function withoutBinding(
  files: Candidate['files'],
  binding: readonly AcceptanceExample[],
  base: GateInput,
  reader: CodeReader,
): Promise<Candidate['files'] | undefined> {
  const reading = (await reader.read(applied(base.files, files))) as unknown as SystemReading;
  if (!reading.ok) return undefined;
  const made: { [path: string]: string | null } = { ...files };
  for (const path of new Set(binding.map(testsOf))) {
    const names = new Set(binding.filter((example) => testsOf(example) === path).map(exampleName));
    const there = reading.tests.find((tests) => tests.path === path);
    if (there === undefined || typeof files[path] !== 'string') continue;
    const earlier: readonly Example[] = base.reading.tests.find((tests) => tests.path === path)?.examples ?? [];
    const own = there.examples.flatMap((example) =>
      names.has(example.name) ? earlier.filter(({ name }) => name === example.name) : [example],
    );
    if (own.length === 0 && there.properties.length === 0 && base.files[path] === undefined) delete made[path];
    else made[path] = printTests({ examples: own, properties: there.properties }, reading.model);
  }
  return made;
}
const testsOf = ({ component }: AcceptanceExample): string => {
  const [kind = '', name = ''] = component.split('/');
  return testPathOf(pathOf(kind as Parameters<typeof pathOf>[0], name));
};

/** Both were read from the database, which keeps members in one order. */
const alike = (one: Json, other: Json): boolean => JSON.stringify(one) === JSON.stringify(other);

interface Question extends Pick<Resumed, 'kept' | 'disputes'> {
  readonly candidate: string;
  readonly request: string;
  readonly names: readonly string[];
}
function questionIn(evidence: Json | undefined): Question | undefined {
  if (!isObject(evidence)) return undefined;
  const { candidate, request, disputes, kept } = evidence;
  if (typeof candidate !== 'string' || typeof request !== 'string' || !Array.isArray(disputes) || !Array.isArray(kept)) return undefined;
  const asked = (disputes as readonly Json[]).filter(isObject).map(({ component, statement, saidByTheWriter }) => ({
    component: String(component),
    name: String(statement),
    why: typeof saidByTheWriter === 'string' ? saidByTheWriter : '',
  }));
  return {
    candidate,
    request,
    names: asked.map(({ component, name }) => `${component} ${name}`),
    kept: (kept as readonly Json[]).map(String),
    disputes: asked.filter(({ why }) => why !== ''),
  };
}
const isObject = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
