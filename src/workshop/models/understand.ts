/**
 * A request becomes statements, a scope and acceptance examples, or a question, or a no, by what a model says of it. What it says is
 * held against the system: names that are not there go back to it, and what stays wrong is refused.
 */
import type { AcceptanceExample, Attachment, Understanding } from '#change';
import { isRefusal, type Json, type Scope } from '#kernel';
import { type SystemModel, writingText } from '#model';
import type { Piece, Understood } from '#ports';
import { type UnderstandAnswer, understandSchema } from './answers.ts';
import { ask, type Question, type Wrong } from './ask.ts';
import { exampleProblems } from './check-examples.ts';
import { regionProblems } from './check-regions.ts';
import { componentsOf, scopeOf } from './check-scope.ts';
import { dataBlock } from './data-block.ts';
import { acceptanceOf } from './hidden-examples.ts';
import { knownTests } from './known-tests.ts';
import { withMoreExamples } from './more-examples.ts';
import { outline } from './outline.ts';
import { prompt } from './prompt.ts';
import { fitting, tokensOf, within } from './tokens.ts';
import type { Work } from './work.ts';

/** What `understand` hands to `generate`. Hidden examples are no part of it. */
export interface Plan {
  readonly request: string;
  readonly statements: readonly string[];
  readonly scope: Scope;
  readonly examples: readonly Json[];
}
export const budgets = {
  system: 6_000,
  tests: 1_500,
  knowledge: 3_000,
  conversation: 1_500,
  request: 2_000,
  attached: 60_000,
  output: 32_000,
} as const;

export async function understandWith(work: Work, request: string): Promise<Understood> {
  const { model, reading, context, hiddenShare, signal } = work;
  const { aid } = context;
  const pieces = (await aid?.retrieve(request, budgets.knowledge)) ?? [];
  const stated = (aid?.request.acceptance ?? []).filter(({ hidden }) => !hidden);
  const asked = prompt('understand', {
    schema: JSON.stringify(understandSchema),
    language: writingText(),
    ...work.facts,
    system: dataBlock('the system', `${outline(reading.model, request, budgets.system)}${knownTests(reading, request, budgets.tests)}`),
    knowledge: knowledgeText(pieces, budgets.knowledge),
    conversation: conversationText(aid?.conversation ?? []),
    stated:
      Object.entries(aid?.request.regions ?? {})
        .map(
          ([formula, region]) =>
            `The asker states that ${formula} may give something else only where this holds, and it binds:\n${dataBlock('the asker', region)}\n\n`,
        )
        .join('') +
      (stated.length === 0
        ? ''
        : `Examples that the asker states, and that bind:\n${dataBlock('the asker', stated.map(({ component, example }) => JSON.stringify({ component, example })).join('\n'))}\n\n`),
    attached: attachedText(aid?.request.attachments ?? []),
    request: dataBlock('the asker', within(request, budgets.request)),
  });
  const question: Question = {
    prompt: asked,
    change: context.change,
    phase: 'understand',
    schema: understandSchema,
    maxOutputTokens: budgets.output,
    signal,
  };
  const answer = await ask(model, question, async (value) => checked(value as unknown as UnderstandAnswer, work));
  if (isRefusal(answer)) return { kind: 'refused', why: answer.why, code: answer.code };
  switch (answer.kind) {
    case 'question':
      return { kind: 'question', why: answer.why, options: answer.options };
    case 'refused':
      return { kind: 'refused', why: answer.why };
    case 'nothing-to-do':
      return { kind: 'nothing-to-do', why: answer.why, echo: answer.components.map((key) => `${key} does it.`) };
    case 'understood':
      break;
  }
  const examples = await withMoreExamples(work, question, answer);
  if (isRefusal(examples)) return { kind: 'refused', why: examples.why, code: examples.code };
  const acceptance = acceptanceOf(examples, context.change, hiddenShare);
  const visible = [...stated, ...acceptance.filter(({ hidden }) => !hidden)];
  const plan: Plan = {
    request: within(request, budgets.request),
    statements: answer.statements,
    scope: answer.scope,
    examples: visible.map(({ component, example }) => ({ component, example })),
  };
  return {
    kind: 'understood',
    echo: [...answer.statements, ...comesTo(answer.scope)],
    notes: answer.notes ?? [],
    scope: answer.scope,
    risk: isReserved(answer.scope, reading.model) ? 'high' : (answer.risk ?? 'medium'),
    plan: plan as unknown as Json,
    acceptance,
  };
}

/** The plan of what was understood in an earlier change, with the examples as they are now; those that are hidden are no part of it. */
export const planAgain = (request: string, { echo, scope }: Understanding, examples: readonly AcceptanceExample[]): Json => {
  const visible = examples.filter(({ hidden }) => !hidden).map(({ component, example }) => ({ component, example }));
  const plan: Plan = { request: within(request, budgets.request), statements: echo, scope, examples: visible };
  return plan as unknown as Json;
};

/** Said by us, whatever the statements say: who asks sees all that the change may come to. */
const comesTo = ({ reaches = [] }: Scope): readonly string[] =>
  reaches.map((key) => `May come to ${key.replace('/', ' ')}, which stays as it is.`);
/** What comes to an operation that is kept for some roles opens it to others. */
const isReserved = ({ reaches = [] }: Scope, { operations }: SystemModel): boolean =>
  operations.some(({ name, roles }) => roles.length > 0 && reaches.includes(`operation/${name}`));

type Checked =
  | Exclude<UnderstandAnswer, { kind: 'understood' }>
  | (Extract<UnderstandAnswer, { kind: 'understood' }> & { readonly scope: Scope });

async function checked(answer: UnderstandAnswer, { reading, reader, context }: Work): Promise<Checked | Wrong> {
  if (answer.kind === 'nothing-to-do') {
    const there = componentsOf(reading.model);
    const strange = answer.components.filter((key) => !there.has(key));
    return strange.length === 0 ? answer : { wrong: [`${strange.join(', ')} is not there, so it cannot do it already.`] };
  }
  if (answer.kind !== 'understood') return answer;
  const scope = scopeOf(answer, reading.model, reading.tests);
  const problems = exampleProblems(answer.examples, answer, reading.model);
  const regions = 'wrong' in scope ? [] : await regionProblems(scope, { reading, sources: context.sources, reader });
  const wrong = [...('wrong' in scope ? scope.wrong : []), ...regions, ...problems];
  return wrong.length > 0 || 'wrong' in scope ? { wrong } : { ...answer, scope };
}

export function knowledgeText(pieces: readonly Piece[], tokens: number): string {
  const { kept } = fitting(pieces, ({ text }) => text, tokens);
  return kept.length === 0 ? '' : `What is known about it:\n${kept.map(({ source, text }) => dataBlock(source, text)).join('\n')}\n\n`;
}

/** Whole as long as they fit, the shortest first: what is cut says so. JSON is written without its spaces where that makes it fit. */
export function attachedText(attachments: readonly Attachment[]): string {
  if (attachments.length === 0) return '';
  let left = budgets.attached;
  const byLength = attachments.toSorted((a, b) => a.text.length - b.text.length);
  const shown = new Map(
    byLength.map(({ name, text }, at) => {
      const share = Math.floor(left / (byLength.length - at));
      const said = within(tokensOf(text) > share ? withoutSpaces(text) : text, share);
      left -= Math.min(share, tokensOf(said));
      return [name, dataBlock(`attached/${name}`, said)] as const;
    }),
  );
  return `Attached by the asker, and what the request goes by:\n${attachments.map(({ name }) => shown.get(name) ?? '').join('\n')}\n\n`;
}
function withoutSpaces(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

function conversationText(turns: readonly { readonly request: string; readonly answer: string }[]): string {
  const { kept } = fitting(turns.toReversed(), ({ request, answer }) => request + answer, budgets.conversation);
  return kept.length === 0
    ? ''
    : `Said before, oldest first; the request goes on from there:\n${kept
        .toReversed()
        .map(({ request, answer }) => dataBlock('earlier', `asked: ${request}\nanswered: ${answer}`))
        .join('\n')}\n\n`;
}
