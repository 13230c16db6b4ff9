/**
 * A candidate, as a model writes it: from statements, visible examples, the texts in scope and what the gates said of the last one. What
 * it writes is applied by us to files of the scope alone, and completed with permanent ids. The prompt has a bound of tokens for each part.
 */
import { isRefusal, type Json, type Refusal, refuse } from '#kernel';
import { type Completed, entityById, idsIn, pathOf, writingText } from '#model';
import type { Attempt, Generated } from '#ports';
import { type GenerateAnswer, generateSchema } from './answers.ts';
import { applied, type Files, pathsOf, type Sources } from './apply-edits.ts';
import { ask, type Wrong } from './ask.ts';
import { dataBlock } from './data-block.ts';
import { disputesOf } from './disputes.ts';
import { outline } from './outline.ts';
import { type Prompt, prompt } from './prompt.ts';
import { fitting, tokensOf, within } from './tokens.ts';
import { attachedText, knowledgeText, type Plan } from './understand.ts';
import type { Work } from './work.ts';

const budgets = {
  sources: 24_000,
  neighbours: 6_000,
  system: 3_000,
  knowledge: 4_000,
  /** Of a large change each component may have its own: what is cut off here costs another attempt. */
  failures: { first: 3_000, more: 400, inAll: 12_000, each: 1_200 },
  examples: 12_000,
  /** The configuration of the model caps it further: 16,000 where nothing is said. */
  output: 200_000,
} as const;
/** Answers that one candidate may come in. */
const PARTS = 8;
/** Said to the one that is written besides the first, so that they differ. */
const ways = [
  'Write it with the fewest changed lines.',
  'Write it in the plainest way, with each decision in one place.',
  'Begin with the edge cases, and write what handles all of them.',
];

export async function generateWith(work: Work, plan: Plan): Promise<Generated | Refusal> {
  const { model, context, signal } = work;
  const { aid } = context;
  const attempts = aid?.attempts ?? [];
  const before = overlaid(context.sources, attempts.at(-1)?.files ?? {});
  const paths = pathsOf(plan.scope);
  const about = [plan.request, ...plan.statements, ...plan.scope.components].join('\n');
  const variant = aid?.variant ?? 0;
  const near = neighbours(work, plan);
  const promptFor = (shown: Sources, written: readonly string[]): Prompt =>
    prompt('generate', {
      schema: JSON.stringify(generateSchema),
      language: writingText(),
      ...work.facts,
      statements: dataBlock(
        'what was understood',
        [...plan.statements, ...regionLines(plan.scope, aid?.request.regions)].map((line) => `- ${line}`).join('\n'),
      ),
      files: paths.map((path) => `- ${path}${shown[path] === undefined ? ' (not there yet)' : ''}`).join('\n'),
      reaches: reachesText(plan.scope),
      examples: examplesText(plan.examples),
      sources: sourcesText(paths, shown, near),
      system: dataBlock('the system', outline(work.reading.model, about, budgets.system)),
      knowledge: knowledgeText(aid?.pieces ?? [], budgets.knowledge),
      attached: attachedText(aid?.request.attachments ?? []),
      attempts: attemptsText(attempts, plan.scope.components.length),
      written: writtenText(written),
      variant: variant === 0 ? '' : (ways[(variant - 1) % ways.length] ?? ''),
    });
  let shown = before;
  let written: readonly string[] = [];
  for (let part = 1; ; part++) {
    const answer = await ask(
      model,
      {
        prompt: promptFor(shown, written),
        change: context.change,
        phase: 'generate',
        schema: generateSchema,
        maxOutputTokens: budgets.output,
        signal,
      },
      (value) => checked(value as unknown as GenerateAnswer, work, plan, shown, part < PARTS),
    );
    if (isRefusal(answer)) return answer;
    if ('why' in answer) return refuse('impossible', `The model ${model.name} gave up: ${answer.why}`);
    if (!('part' in answer)) return answer;
    shown = overlaid(shown, answer.part);
    written = [...new Set([...written, ...Object.keys(answer.part)])];
  }
}

type Checked = Generated | { readonly why: string } | { readonly part: Files };

async function checked(answer: GenerateAnswer, work: Work, plan: Plan, shown: Sources, mayGoOn: boolean): Promise<Checked | Wrong> {
  if (answer.kind === 'give-up') return { why: answer.why };
  const { context, reader, generator } = work;
  const disputes = disputesOf(answer.disputes ?? [], plan.examples);
  if (isWrong(disputes)) return disputes;
  const written = applied(answer.files, plan.scope, shown, context.sources);
  if (isWrong(written)) return written;
  if (answer.more === true)
    return mayGoOn ? { part: written } : { wrong: [`${PARTS} parts are the most: give all that is missing now, without more.`] };
  const files = reverted(written, shown, context.sources, answer);
  const base = Object.fromEntries(
    Object.keys(files).flatMap((path) => (context.sources[path] === undefined ? [] : [[path, context.sources[path]]])),
  );
  const head = { change: context.change, generator, date: context.today, request: plan.request };
  const handedIn = { files: withHeads(files, plan), base, taken: idsIn(context.sources), head };
  const completed = (await reader.complete(handedIn as unknown as Json)) as unknown as Completed;
  if (completed.problems.length > 0)
    return { wrong: completed.problems.map(({ path, line, column, message }) => `${path}:${line}:${column} ${message}`) };
  return { files: completed.files, notes: answer.notes ?? [], ...(disputes.length === 0 ? {} : { disputes }) };
}
const isWrong = (value: object): value is Wrong => Array.isArray((value as Wrong).wrong);

/** A component without the opening comment that says what it is gets one from what was understood. */
const withHeads = (files: Files, plan: Plan): Files =>
  Object.fromEntries(
    Object.entries(files).map(([path, text]) =>
      text === null || path.endsWith('.test.ts') || text.trimStart().startsWith('/**')
        ? [path, text]
        : [path, `/**\n * ${(plan.statements[0] ?? plan.request).replaceAll(/\s+/g, ' ').replaceAll('*/', '* /')}\n */\n${text}`],
    ),
  );

/** What an earlier attempt wrote stays where this answer says nothing of it. */
function reverted(written: Files, shown: Sources, sources: Sources, { files }: Extract<GenerateAnswer, { kind: 'candidate' }>): Files {
  const said = new Set(files.map(({ path }) => path));
  const kept = [...new Set([...Object.keys(shown), ...Object.keys(sources)])]
    .filter((path) => !said.has(path) && shown[path] !== sources[path])
    .map((path) => [path, shown[path] ?? null] as const);
  return { ...Object.fromEntries(kept), ...written };
}

function overlaid(sources: Sources, files: Attempt['files']): Sources {
  const made: { [path: string]: string } = { ...sources };
  for (const [path, text] of Object.entries(files)) {
    if (text === null) delete made[path];
    else made[path] = text;
  }
  return made;
}

/** Entities that those of the scope refer to, or that its examples speak of: their texts help most. */
function neighbours({ reading }: Work, plan: Plan): readonly string[] {
  const own = new Set<string>(plan.scope.components);
  const named = new Set([...JSON.stringify(plan.examples).matchAll(/"(?:create|on|from)":"([a-zA-Z0-9]+)"/g)].map(([, name = '']) => name));
  for (const entity of reading.model.entities.filter(({ name }) => own.has(`entity/${name}`)))
    for (const { type } of entity.fields.flatMap((field) => [field, ...(field.type.kind === 'list' ? field.type.fields : [])]))
      if (type.kind === 'reference') named.add(entityById(reading.model, type.to)?.name ?? '');
  return reading.model.entities
    .filter(({ name }) => named.has(name) && !own.has(`entity/${name}`))
    .map(({ name }) => pathOf('entity', name));
}

function sourcesText(paths: readonly string[], shown: Sources, near: readonly string[]): string {
  const block = (path: string): string => dataBlock(path, shown[path] ?? '');
  const own = paths.filter((path) => shown[path] !== undefined);
  const first = fitting(own, block, budgets.sources);
  const second = fitting(near, block, budgets.neighbours);
  const missing = first.rest.map(
    (path) => `${path} is too long to be shown (${tokensOf(shown[path] ?? '')} tokens): it can be given anew or removed, and not edited.`,
  );
  return [
    ...(first.kept.length === 0 ? [] : ['The files as they are, to be edited:', ...first.kept.map(block)]),
    ...missing,
    ...(second.kept.length === 0 ? [] : ['Neighbours, only to be read:', ...second.kept.map(block)]),
    '',
  ].join('\n');
}

/** What is held to what it gave, so that whoever writes need not find it out by being refused. */
const regionLines = (scope: Plan['scope'], stated: { readonly [formula: string]: string } = {}): readonly string[] =>
  Object.entries({ ...scope.regions, ...stated }).map(
    ([formula, region]) =>
      `${formula} gives what it gave for every row but those where ${typeof region === 'string' ? region : 'the change says so'}. This is proved.`,
  );
function reachesText({ reaches = [], tests = [], data = [] }: Plan['scope']): string {
  const called =
    reaches.length === 0
      ? 'Of the operations that are there, it may call none but those whose files you may write.'
      : `Besides those whose files you may write it may come to ${reaches.join(', ')}, and to nothing else.`;
  const touched = data.length === 0 ? 'no more of the rows than now' : `${data.join(', ')}, and no more of the rows`;
  const altered =
    tests.length === 0
      ? 'No earlier test may be altered or removed.'
      : `Of the earlier tests you may alter ${tests.join('; ')}, and no other.`;
  return `${called} Bodies may newly read and write ${touched}. ${altered}`;
}

function examplesText(examples: readonly Json[]): string {
  const { kept } = fitting(examples, (example) => JSON.stringify(example), budgets.examples);
  return kept.length === 0 ? 'None is shown.' : dataBlock('acceptance examples', kept.map((example) => JSON.stringify(example)).join('\n'));
}

const writtenText = (paths: readonly string[]): string =>
  paths.length === 0
    ? ''
    : `You have written ${paths.join(', ')} so far, as they are shown above. Write what is missing now; say "more": true again where it is not the last part.\n\n`;

/** The last attempt is what is shown as the files; of the others their number is enough. */
function attemptsText(attempts: readonly Attempt[], components: number): string {
  const last = attempts.at(-1);
  if (last === undefined) return '';
  const { kept, rest } = fitting(
    last.failures.map((failure) => within(failure, budgets.failures.each)),
    (failure) => failure,
    Math.min(budgets.failures.inAll, budgets.failures.first + budgets.failures.more * Math.max(0, components - 1)),
  );
  const more = rest.length === 0 ? '' : `\n- and ${rest.length} more`;
  return `Your last text, which is shown above as the files, did not pass (attempt ${attempts.length}). Mend the cause, with small edits to it:\n${dataBlock('the gates', kept.map((failure) => `- ${failure}`).join('\n') + more)}\n\n`;
}
